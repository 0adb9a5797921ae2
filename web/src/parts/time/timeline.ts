/**
 * The timeline under the map: what the filter counts over time, and in it the period on show, to be dragged, stepped and
 * played. While it moves the map previews; when it rests the view changes.
 */

import type { SeriesPoint } from '../../api/series';
import type { Ratings } from '../../api/types';
import { fillColour } from '../../map/map_style';
import type { Grid } from '../../view/time/brush';
import {
  boundaries,
  choosable,
  domainOf,
  extentOf,
  isSameSpan,
  lengthOf,
  periodOf,
  snapped,
  type Span,
  spanOf,
  type Step,
  yearStart,
} from '../../view/time/time';
import { mayFilterFreely } from '../../view/view';
import { courseOf, provinceCode } from './course';
import { batch, computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals-core';
import { node } from '../elements/dom';
import { draw, type Drawn, element, icon } from '../elements/element';
import { areasOf, type Scene } from '../scene';
import { Brush } from './brush';
import { type Bars, Chart } from './chart';
import { buttonParts, type ControlState, optionParts } from './controls';
import { Playback } from './playback';
import { beside, runFrom } from './run';
import { chartText, nowParts, periodNamed } from './words';

/** A drag snaps to a window whose ends lie within so many pixels. */
const SNAP_PX = 8;
/** But never over more than this part of the period. */
const SNAP_PART = 0.25;
/** A period moved by keys comes to rest when no key was pressed for so long. */
const KEY_REST_MS = 450;
/** Periods up to so many days begin with steps of that length. */
const FIRST_STEPS: [days: number, step: Step][] = [
  [6, 'day'],
  [190, 'week'],
];

/** What a run stands on, in one text. */
function runBasis({ view, meta }: Scene): string {
  const { mode, edition, level, categories, minSeverity, scheme, lang } = view;
  return JSON.stringify([meta.epoch, mode, edition, level, categories, minSeverity, scheme, lang]);
}

/** Whether the classes of the theme's colours are fitted to the areas on show. */
function isFitted(scene: Scene): boolean {
  const { theme } = scene.view;
  const [fitted, written] = [fillColour(scene.style, theme, areasOf(scene)), fillColour(scene.style, theme, [])];
  return JSON.stringify(fitted) !== JSON.stringify(written);
}

/** The counts behind the bars; those of another area or filter stay drawn until its own are here. */
interface Counts {
  points: SeriesPoint[];
  owner: 'shown' | 'before';
}

/** Whose counts the bars are, beside their days: in one text. */
function countsBasis({ view }: Scene, code: string | null, step: Step): string {
  return JSON.stringify([code, step, view.edition, view.categories, view.minSeverity, view.scheme]);
}

type Domain = { span: Span; step: Step; edition: string };

/** The timeline in its region; what moves is a draft until it rests. */
export class Timeline {
  private readonly chosenStep = signal<Step | null>(null);
  private readonly speed = signal(2);
  /** The period while the reader drags or plays; the view does not know it yet. */
  private readonly draft = signal<Span | null>(null);
  /** The day under the pointer. */
  private readonly pointed = signal<string | null>(null);
  private readonly running = signal(false);
  private readonly unfolded = signal(false);
  /** Whether the last run ended because a step could not be had. */
  private readonly isBroken = signal(false);
  private run: Span[] = [];
  private busy = false;
  /** A run that waits for its classes of colours. */
  private starting: object | null = null;
  private resting: ReturnType<typeof setTimeout> | undefined;
  private readonly buttons = node('div', { class: 'time-buttons' });
  private readonly options = node('div', { class: 'time-options' });
  private readonly now = node('div', { class: 'time-now' });
  private readonly why = node('p', { class: 'time-why quiet' });
  private readonly more = node('div', { class: 'time-more' });
  private readonly chart = new Chart();
  private readonly brush = new Brush(this.chart, {
    grid: () => this.grid(),
    span: () => this.span.peek(),
    step: () => this.step.peek(),
    domain: () => this.domain.peek(),
    proposed: (span, by) => this.proposed(span, by),
    released: () => this.rest(),
    pointedAt: (day) => (this.pointed.value = day),
  });
  private readonly playback = new Playback({
    show: (period) => this.scene.preview.show(period),
    warm: (periods) => this.scene.preview.warm(periods),
    moved: (index) => (this.draft.value = this.run[index] ?? null),
    stopped: (index, why) => this.stopped(index, why),
  });
  /** The length of a step: of the public's always a year, as released. */
  private readonly step: ReadonlySignal<Step>;
  /** The period whose numbers are shown. */
  private readonly viewSpan: ReadonlySignal<Span | null>;
  /** The period that was asked for: where the brush lies at rest. */
  private readonly askedSpan: ReadonlySignal<Span | null>;
  private readonly span: ReadonlySignal<Span | null>;
  private readonly domain: ReadonlySignal<Span>;
  private readonly counts: ReadonlySignal<Counts>;

  constructor(
    private readonly scene: Scene,
    private readonly root: HTMLElement,
  ) {
    root.append(this.buttons, this.options, this.chart.root, this.now, this.more, this.why);
    this.viewSpan = computed(() => spanOf(scene.view.period, scene.meta.windows) ?? scene.ratings?.window ?? null);
    this.askedSpan = computed(() => spanOf(scene.asked.period, scene.meta.windows) ?? this.viewSpan.value);
    this.span = computed(() => this.playedSpan() ?? this.draft.value ?? this.askedSpan.value);
    this.step = computed(() => (mayFilterFreely(scene.meta) ? (this.chosenStep.value ?? 'month') : 'year'));
    this.domain = this.followedDomain();
    this.counts = this.followedCounts();
    this.mount();
  }

  /** The step of a run that is on the map: named in the moment in which it is drawn. */
  private playedSpan(): Span | null {
    const { frame, meta } = this.scene;
    return this.running.value && frame ? spanOf(frame.period, meta.windows) : null;
  }

  private mount(): void {
    const { scene, root } = this;
    this.chosenStep.value = this.firstStep();
    this.endRunsOnOtherBasis();
    effect(() => {
      root.hidden = this.span.value === null;
      root.classList.toggle('unfolded', this.unfolded.value);
    });
    effect(() => {
      // Before anything is released the public has no period.
      if (this.span.value === null) return;
      const bars = this.bars();
      const isOwn = this.counts.value.owner === 'shown';
      this.chart.root.classList.toggle('pending', !isOwn);
      const spoken = isOwn ? chartText(scene, bars.points, bars.domain, bars.step) : scene.messages.say('state.loading');
      this.chart.draw(scene, bars, spoken);
    });
    effect(() => {
      this.why.textContent = this.remark(scene);
    });
    effect(() => draw(this.more, this.unfolding(scene)));
    effect(() => this.drawControls());
    effect(() => this.drawPeriod());
  }

  private firstStep(): Step {
    const span = this.span.peek();
    return FIRST_STEPS.find(([days]) => span !== null && lengthOf(span) <= days)?.[1] ?? 'month';
  }

  /** What is on show of the calendar: it moves along only when the period would leave it. */
  private followedDomain(): ReadonlySignal<Span> {
    const { scene } = this;
    let kept: Domain | null = null;
    return computed(() => {
      const [span, step] = [this.span.value, this.step.value];
      if (!span) return { from: '', to: '' };
      const { edition } = scene.view;
      const before = kept?.step === step && kept.edition === edition ? kept.span : null;
      const shown = domainOf(extentOf(choosable(scene.meta), span) ?? span, step, span, before);
      // The same days stay the same object, so that nothing is drawn for them again.
      kept = { span: before && isSameSpan(before, shown) ? before : shown, step, edition };
      return kept.span;
    });
  }

  /** The counts behind the bars; those on show stay until others are here. */
  private followedCounts(): ReadonlySignal<Counts> {
    const { scene } = this;
    let kept: SeriesPoint[] = [];
    let owner = '';
    return computed(() => {
      const code = scene.view.area ?? provinceCode(scene);
      const basis = countsBasis(scene, code, this.step.value);
      const course = code === null ? null : courseOf(scene, code, this.step.value);
      if (course && course.state !== 'waiting') [kept, owner] = [course.points, basis];
      return { points: kept, owner: owner === basis ? 'shown' : 'before' };
    });
  }

  private bars(): Bars {
    return { points: this.counts.value.points, domain: this.domain.value, step: this.step.value };
  }

  /** The numbers of the period that the timeline names: what the map previews, or what is shown; none while they are on their way. */
  private ratingsOf(span: Span): Ratings | null {
    const { frame, ratings, meta } = this.scene;
    const shown = frame ? spanOf(frame.period, meta.windows) : this.viewSpan.value;
    return shown && isSameSpan(shown, span) ? (frame?.ratings ?? ratings) : null;
  }

  /** What a run stands on: when it changes, the run ends. */
  private endRunsOnOtherBasis(): void {
    let before = runBasis(this.scene);
    effect(() => {
      const basis = runBasis(this.scene);
      if (basis === before) return;
      before = basis;
      untracked(() => this.running.value && this.pause());
    });
  }

  private grid(): Grid {
    const { scene } = this;
    if (!mayFilterFreely(scene.meta)) return { windows: choosable(scene.meta) };
    return { bounds: boundaries(this.domain.peek(), this.step.peek(), yearStart(scene.meta.windows)) };
  }

  private remark({ messages, meta }: Scene): string {
    if (this.isBroken.value) return messages.say('time.failed');
    return mayFilterFreely(meta) ? '' : messages.say('hidden.windows');
  }

  /** On a narrow screen the bars lie behind one button. */
  private unfolding({ messages }: Scene): Drawn {
    const isOpen = this.unfolded.value;
    const turn = (): void => void (this.unfolded.value = !isOpen);
    const label = messages.say(isOpen ? 'time.fold' : 'time.unfold');
    const attributes = {
      id: 'time-more',
      type: 'button',
      class: 'icon',
      'aria-label': label,
      title: label,
      'aria-expanded': String(isOpen),
    };
    return element('button', { ...attributes, click: turn }, icon(isOpen ? 'M6 9l6 6 6-6' : 'M6 15l6-6 6 6'));
  }

  private drawControls(): void {
    const { scene } = this;
    const [span, step, domain] = [this.span.value, this.step.value, this.domain.value];
    if (!span) return;
    const isRunning = this.running.value;
    const state: ControlState = {
      playing: isRunning ? 'playing' : 'resting',
      step,
      speed: this.speed.value,
      canPlay: scene.view.mode === 'map' && runFrom(scene, span, step, domain).length > 1,
      canGoBack: beside(scene, span, step, -1) !== null,
      canGoOn: beside(scene, span, step, 1) !== null,
      steps: mayFilterFreely(scene.meta) ? 'free' : 'released',
    };
    const actions = {
      play: () => (isRunning ? this.pause() : void this.play()),
      go: (count: number) => this.go(count),
      choose: (chosen: Step) => void (this.chosenStep.value = chosen),
      hurry: (speed: number) => void (this.speed.value = speed),
    };
    draw(this.buttons, ...buttonParts(scene, state, actions));
    draw(this.options, ...optionParts(scene, state, actions));
  }

  private drawPeriod(): void {
    const { scene } = this;
    const [span, bars] = [this.span.value, this.bars()];
    if (!span) return;
    const [from, to] = [scene.numbers.day(span.from), scene.numbers.period(span.from, span.to).split(' – ')[1] ?? ''];
    const { name } = periodNamed(scene, span);
    const named = (text: string): string => [text, name].filter(Boolean).join('; ');
    this.chart.mark(span, bars);
    this.brush.draw(span, bars.domain, {
      start: scene.messages.say('time.start'),
      end: scene.messages.say('time.end'),
      startText: named(scene.messages.say('time.from', { day: from })),
      endText: named(scene.messages.say('time.until', { day: to })),
    });
    const points = this.counts.value.owner === 'shown' ? bars.points : [];
    const ratings = this.ratingsOf(span);
    this.now.classList.toggle('pending', scene.isPending && ratings === null);
    draw(this.now, ...nowParts(scene, span, { points, ratings, pointed: this.pointed.value }));
  }

  /** A step to the side. */
  private go(count: number): void {
    const { scene } = this;
    const span = this.span.peek();
    const next = span && beside(scene, span, this.step.peek(), count);
    if (!next) return;
    scene.change({ period: periodOf(next, choosable(scene.meta)) });
    this.sayPeriod(next);
  }

  private sayPeriod(span: Span): void {
    const { name, days } = periodNamed(this.scene, span);
    this.scene.announce([name, days].filter(Boolean).join(': '));
  }

  private proposed(span: Span, by: 'pointer' | 'key'): void {
    const { scene } = this;
    if (this.running.value) this.pause();
    const within = by === 'key' ? 0 : Math.min(SNAP_PX * this.chart.daysPerPx, SNAP_PART * lengthOf(span));
    const window = snapped(span, choosable(scene.meta), Math.floor(within));
    const next = window ? { from: window.from, to: window.to } : span;
    clearTimeout(this.resting);
    if (by === 'key') this.resting = setTimeout(() => this.rest(), KEY_REST_MS);
    const draft = this.draft.value;
    if (draft && isSameSpan(draft, next)) return;
    this.draft.value = next;
    void this.preview();
  }

  /** Shows the draft; while one answer is on its way no further one is asked for but the last. */
  private async preview(): Promise<void> {
    const { scene } = this;
    const draft = this.draft.value;
    if (!draft || this.busy || scene.view.mode !== 'map') return;
    this.busy = true;
    await scene.preview.show(periodOf(draft, choosable(scene.meta))).catch(() => null);
    this.busy = false;
    const latest = this.draft.value;
    if (latest && !isSameSpan(latest, draft)) void this.preview();
  }

  /** The period stays where it is: the view takes it over. */
  private rest(): void {
    const { scene } = this;
    const draft = this.draft.value;
    clearTimeout(this.resting);
    if (!draft) return;
    batch(() => {
      this.draft.value = null;
      scene.preview.rest(periodOf(draft, choosable(scene.meta)));
    });
    this.sayPeriod(draft);
  }

  private pause(): void {
    this.starting = null;
    this.playback.pause();
    this.running.value = false;
  }

  private async play(): Promise<void> {
    const { scene } = this;
    const span = this.span.peek();
    if (!span) return;
    const start = (this.starting = {});
    batch(() => {
      this.isBroken.value = false;
      this.running.value = true;
    });
    this.run = runFrom(scene, span, this.step.peek(), this.domain.peek());
    const periods = this.run.map((step) => periodOf(step, choosable(scene.meta)));
    if (isFitted(scene)) await scene.preview.hold(periods).catch(() => undefined);
    if (this.starting !== start) return scene.preview.rest(scene.view.period);
    this.starting = null;
    await this.playback.play(periods, () => 1000 / this.speed.peek());
  }

  private stopped(index: number, why: 'ended' | 'paused' | 'failed'): void {
    batch(() => {
      this.running.value = false;
      this.isBroken.value = why === 'failed';
      this.draft.value = this.run[index] ?? this.draft.value;
    });
    this.rest();
    if (why === 'failed') this.scene.announce(this.scene.messages.say('time.failed'));
  }
}
