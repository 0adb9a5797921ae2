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
import { element, icon, refill } from '../elements/element';
import { areasOf, type Scene } from '../scene';
import { Brush } from './brush';
import { Chart } from './chart';
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

/** What a run stands on: when it changes, the run ends. */
function groundOf({ view, meta }: Scene): string {
  const { mode, edition, level, categories, minSeverity, scheme, lang } = view;
  return JSON.stringify([meta.epoch, mode, edition, level, categories, minSeverity, scheme, lang]);
}

/** Whether the classes of the theme's colours are fitted to the areas on show. */
function isFitted(scene: Scene): boolean {
  const { theme } = scene.view;
  const [fitted, written] = [fillColour(scene.style, theme, areasOf(scene)), fillColour(scene.style, theme, [])];
  return JSON.stringify(fitted) !== JSON.stringify(written);
}

export class Timeline {
  private scene: Scene | null = null;
  private step: Step | null = null;
  private speed = 2;
  private domain: { span: Span; step: Step; edition: string } | null = null;
  /** The period while it moves; the view does not know it yet. */
  private draft: Span | null = null;
  /** The ratings that the map previews. */
  private frame: Ratings | null = null;
  private points: SeriesPoint[] = [];
  private pointed: string | null = null;
  private ground = '';
  private run: Span[] = [];
  private busy = false;
  /** A run that waits for its classes of colours. */
  private starting: object | null = null;
  /** Whether the last run ended because a step could not be had. */
  private isBroken = false;
  private resting: ReturnType<typeof setTimeout> | undefined;
  private readonly buttons = element('div', { class: 'time-buttons' });
  private readonly options = element('div', { class: 'time-options' });
  private readonly now = element('div', { class: 'time-now' });
  private readonly why = element('p', { class: 'time-why quiet' });
  private readonly more = element('div', { class: 'time-more' });
  private readonly chart = new Chart();
  private readonly brush = new Brush(this.chart, {
    grid: () => this.grid(),
    span: () => this.span(),
    step: () => this.stepNow(),
    domain: () => this.shownDomain(),
    proposed: (span, by) => this.proposed(span, by),
    released: () => this.rest(),
    pointedAt: (day) => this.point(day),
  });
  private readonly playback = new Playback({
    show: (period) => this.scene?.preview.show(period) ?? Promise.resolve(null),
    warm: (periods) => this.scene?.preview.warm(periods),
    moved: (index, shown) => this.moved(index, shown as Ratings),
    stopped: (index, why) => this.stopped(index, why),
  });

  constructor(private readonly root: HTMLElement) {
    root.append(this.buttons, this.options, this.chart.root, this.now, this.more, this.why);
  }

  show(scene: Scene): void {
    this.scene = scene;
    this.step ??= this.firstStep();
    const ground = groundOf(scene);
    if (ground !== this.ground && this.isRunning) this.pause();
    this.ground = ground;
    this.root.hidden = this.span() === null;
    if (!this.root.hidden) this.draw();
  }

  private firstStep(): Step {
    const span = this.span();
    return FIRST_STEPS.find(([days]) => span !== null && lengthOf(span) <= days)?.[1] ?? 'month';
  }

  /** The length of a step: of the public's always a year, as released. */
  private stepNow(): Step {
    return this.scene && mayFilterFreely(this.scene.meta) ? (this.step ?? 'month') : 'year';
  }

  private span(): Span | null {
    const { scene } = this;
    return this.draft ?? (scene && (spanOf(scene.view.period, scene.meta.windows) ?? scene.ratings?.window ?? null));
  }

  private shownDomain(): Span {
    const { scene, domain } = this;
    const span = this.span();
    if (!scene || !span) return { from: '', to: '' };
    const step = this.stepNow();
    const kept = domain && domain.step === step && domain.edition === scene.view.edition ? domain.span : null;
    const extent = extentOf(choosable(scene.meta), span) ?? span;
    const shown = domainOf(extent, step, span, kept);
    this.domain = { span: shown, step, edition: scene.view.edition };
    return shown;
  }

  private grid(): Grid {
    const { scene } = this;
    if (!scene) return { bounds: [] };
    if (!mayFilterFreely(scene.meta)) return { windows: choosable(scene.meta) };
    return { bounds: boundaries(this.shownDomain(), this.stepNow(), yearStart(scene.meta.windows)) };
  }

  private draw(): void {
    const { scene } = this;
    if (!scene) return;
    const code = scene.view.area ?? provinceCode(scene);
    const course = code === null ? null : courseOf(scene, code, this.stepNow());
    // The bars stay until others are here.
    if (course && course.state !== 'waiting') this.points = course.points;
    const domain = this.shownDomain();
    this.chart.draw(scene, this.points, domain, this.stepNow(), chartText(scene, this.points, domain, this.stepNow()));
    this.why.textContent = this.remark(scene);
    refill(this.more, this.unfolding(scene));
    this.drawControls();
    this.drawPeriod();
  }

  private remark({ messages, meta }: Scene): string {
    if (this.isBroken) return messages.say('time.failed');
    return mayFilterFreely(meta) ? '' : messages.say('hidden.windows');
  }

  /** On a narrow screen the bars lie behind one button. */
  private unfolding({ messages }: Scene): HTMLElement {
    const turn = (): void => {
      this.root.classList.toggle('unfolded');
      this.draw();
    };
    const isOpen = this.root.classList.contains('unfolded');
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
    const span = this.span();
    if (!scene || !span) return;
    const [step, domain] = [this.stepNow(), this.shownDomain()];
    const state: ControlState = {
      playing: this.isRunning ? 'playing' : 'resting',
      step,
      speed: this.speed,
      canPlay: scene.view.mode === 'map' && runFrom(scene, span, step, domain).length > 1,
      canGoBack: beside(scene, span, step, -1) !== null,
      canGoOn: beside(scene, span, step, 1) !== null,
      steps: mayFilterFreely(scene.meta) ? 'free' : 'released',
    };
    const actions = {
      play: () => (this.isRunning ? this.pause() : void this.play()),
      go: (count: number) => this.go(count),
      choose: (chosen: Step) => this.choose(chosen),
      hurry: (speed: number) => void (this.speed = speed),
    };
    refill(this.buttons, ...buttonParts(scene, state, actions));
    refill(this.options, ...optionParts(scene, state, actions));
  }

  private drawPeriod(): void {
    const { scene } = this;
    const span = this.span();
    if (!scene || !span) return;
    const [from, to] = [scene.numbers.day(span.from), scene.numbers.period(span.from, span.to).split(' – ')[1] ?? ''];
    const { name } = periodNamed(scene, span);
    const named = (text: string): string => [text, name].filter(Boolean).join('; ');
    this.chart.mark(span);
    this.brush.draw(span, this.shownDomain(), {
      start: scene.messages.say('time.start'),
      end: scene.messages.say('time.end'),
      startText: named(scene.messages.say('time.from', { day: from })),
      endText: named(scene.messages.say('time.until', { day: to })),
    });
    refill(this.now, ...nowParts(scene, span, { points: this.points, frame: this.frame, pointed: this.pointed }));
  }

  private choose(step: Step): void {
    this.step = step;
    this.draw();
  }

  private point(day: string | null): void {
    this.pointed = day;
    this.drawPeriod();
  }

  /** A step to the side. */
  private go(count: number): void {
    const { scene } = this;
    const span = this.span();
    const next = scene && span && beside(scene, span, this.stepNow(), count);
    if (!scene || !next) return;
    scene.change({ period: periodOf(next, choosable(scene.meta)) });
    this.sayPeriod(next);
  }

  private sayPeriod(span: Span): void {
    if (!this.scene) return;
    const { name, days } = periodNamed(this.scene, span);
    this.scene.announce([name, days].filter(Boolean).join(': '));
  }

  private proposed(span: Span, by: 'pointer' | 'key'): void {
    const { scene } = this;
    if (!scene) return;
    if (this.isRunning) this.pause();
    const within = by === 'key' ? 0 : Math.min(SNAP_PX * this.chart.daysPerPx, SNAP_PART * lengthOf(span));
    const window = snapped(span, choosable(scene.meta), Math.floor(within));
    const next = window ? { from: window.from, to: window.to } : span;
    clearTimeout(this.resting);
    if (by === 'key') this.resting = setTimeout(() => this.rest(), KEY_REST_MS);
    if (this.draft && isSameSpan(this.draft, next)) return;
    this.draft = next;
    this.drawPeriod();
    void this.preview();
  }

  /** Shows the draft; while one answer is on its way no further one is asked for but the last. */
  private async preview(): Promise<void> {
    const { scene, draft } = this;
    if (!scene || !draft || this.busy || scene.view.mode !== 'map') return;
    this.busy = true;
    const shown = await scene.preview.show(periodOf(draft, choosable(scene.meta))).catch(() => null);
    this.busy = false;
    if (shown && this.draft) {
      this.frame = shown;
      this.drawPeriod();
    }
    if (this.draft && !isSameSpan(this.draft, draft)) void this.preview();
  }

  /** The period stays where it is: the view takes it over. */
  private rest(): void {
    const { scene, draft } = this;
    clearTimeout(this.resting);
    if (!scene || !draft) return;
    this.draft = this.frame = null;
    scene.preview.rest(periodOf(draft, choosable(scene.meta)));
    this.sayPeriod(draft);
  }

  private get isRunning(): boolean {
    return this.starting !== null || this.playback.isPlaying;
  }

  private pause(): void {
    this.starting = null;
    this.playback.pause();
    this.drawControls();
  }

  private async play(): Promise<void> {
    const { scene } = this;
    const span = this.span();
    if (!scene || !span) return;
    const start = (this.starting = {});
    this.isBroken = false;
    this.drawControls();
    this.run = runFrom(scene, span, this.stepNow(), this.shownDomain());
    const periods = this.run.map((step) => periodOf(step, choosable(scene.meta)));
    if (isFitted(scene)) await scene.preview.hold(periods).catch(() => undefined);
    if (this.starting !== start) return scene.preview.rest(scene.view.period);
    this.starting = null;
    const played = this.playback.play(periods, () => 1000 / this.speed);
    this.drawControls();
    await played;
  }

  private moved(index: number, shown: Ratings): void {
    this.draft = this.run[index] ?? null;
    this.frame = shown;
    const isBeyond = this.draft !== null && this.domain !== null && this.draft.to > this.domain.span.to;
    if (isBeyond) this.draw();
    else this.drawPeriod();
  }

  private stopped(index: number, why: 'ended' | 'paused' | 'failed'): void {
    this.draft = this.run[index] ?? this.draft;
    this.isBroken = why === 'failed';
    this.draw();
    this.rest();
    if (this.isBroken) this.scene?.announce(this.scene.messages.say('time.failed'));
  }
}
