/**
 * The wall: the map for a screen that is read from across a room. Large type, the hour, how old the numbers are, and a walk
 * through layers or areas. Nothing to press: Escape leaves, and a moved pointer shows a button that does the same.
 */

import '../../css/apart/wall.css';
import { effect, signal } from '@preact/signals-core';
import { overviewSentences } from '../../view/text/overview';
import { areaSentence } from '../../view/text/sentence';
import type { View } from '../../view/view';
import { areaStops, isStale, layerStops, nextStop } from '../../view/wall/stops';
import { node } from '../elements/dom';
import { type Child, draw, type Drawn, element } from '../elements/element';
import { keyOf } from '../legend/legend_keys';
import { swatch } from '../legend/swatch';
import { newsNow } from '../news/news_mark';
import { areasOf, editionOf, periodText, scaleOf, type Scene, selectedArea } from '../scene';
import { ScreenLock } from './screen_lock';

/** What the wall needs of the page. */
export interface WallSurroundings {
  /** Draws the map so many times as large as on the page, and frames all of it again. */
  enlarge(times: number): void;
}

/** The letters of the map are made for an arm's length: so many times larger they are read from three metres. */
const TIMES = 2.5;
const CLOCK_MS = 1000;
const BUTTON_MS = 4000;
/** More names than these would push the rest off the screen. */
const NAMED = 3;

/** The wall while the view asks for it. */
export class WallScreen {
  private readonly root = node('section', { id: 'wall' });
  private readonly now = signal(new Date());
  private readonly isPointed = signal(false);
  private readonly isOn = signal(false);
  private readonly lock = new ScreenLock();
  private timers: ReturnType<typeof setInterval>[] = [];
  private pointedTimer: ReturnType<typeof setTimeout> | undefined;
  /** Where the walk began, to be left as it was found. */
  private before: Pick<View, 'theme' | 'area'> | null = null;

  constructor(
    private readonly scene: Scene,
    private readonly page: WallSurroundings,
  ) {
    document.body.append(this.root);
    addEventListener('pointermove', () => this.pointed());
    effect(() => {
      this.root.hidden = !this.isOn.value;
      if (this.isOn.value) draw(this.root, ...this.parts());
    });
  }

  enter(): void {
    if (this.isOn.peek()) return;
    const { view } = this.scene;
    this.before = { theme: view.theme, area: view.area };
    this.isOn.value = true;
    this.page.enlarge(TIMES);
    this.lock.hold();
    const everyMs = 1000 * (view.wall?.everyS ?? 0);
    this.timers = [setInterval(() => (this.now.value = new Date()), CLOCK_MS), setInterval(() => this.step(), everyMs)];
  }

  leave(): void {
    if (!this.isOn.peek()) return;
    this.isOn.value = false;
    for (const timer of this.timers) clearInterval(timer);
    this.lock.release();
    this.page.enlarge(1);
    if (this.before) this.scene.change(this.before);
    this.before = null;
  }

  /** Goes on to the next stop; what nobody sees waits. */
  private step(): void {
    const { view, change } = this.scene;
    if (document.hidden || !view.wall) return;
    const areas = areasOf(this.scene);
    const next =
      view.wall.walk === 'layers'
        ? nextStop(layerStops(areas), ({ theme }) => theme === view.theme)
        : nextStop(areaStops(areas), ({ area }) => area === view.area);
    if (next) change(next);
  }

  private pointed(): void {
    if (!this.isOn.peek()) return;
    this.isPointed.value = true;
    clearTimeout(this.pointedTimer);
    this.pointedTimer = setTimeout(() => (this.isPointed.value = false), BUTTON_MS);
  }

  private parts(): Child[] {
    const { scene } = this;
    const leave = element(
      'button',
      { id: 'wall-leave', type: 'button', click: () => scene.change({ wall: null }) },
      scene.messages.say('wall.leave'),
    );
    return [
      element('header', {}, ...headParts(scene, this.now.value)),
      element('div', { class: 'wall-side' }, ...sideParts(scene)),
      freshnessLine(scene, this.now.value),
      this.isPointed.value && leave,
    ];
  }
}

function headParts(scene: Scene, now: Date): Drawn[] {
  const { messages, numbers, meta } = scene;
  const { name, days } = periodText(scene);
  const today = `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`;
  const what = [name, days].filter(Boolean).join(': ');
  return [
    element(
      'div',
      { class: 'wall-title' },
      element('h2', {}, `${messages.say(`layer.${scene.view.theme}`)} · ${messages.say('panel.province')}`),
      element(
        'p',
        {},
        meta.sample && element('b', { class: 'sample' }, messages.say('sample')),
        [what, messages.pick(editionOf(scene)?.name)].filter(Boolean).join(' · '),
      ),
    ),
    element('p', { class: 'wall-clock' }, element('time', {}, numbers.time(now)), element('span', {}, numbers.day(today))),
  ];
}

/** The selected area in its sentence, or the whole map in five; below it what the colours mean. */
function sideParts(scene: Scene): Child[] {
  const area = selectedArea(scene);
  const said = area
    ? element(
        'div',
        { class: 'wall-area', key: area.code },
        element('h3', {}, swatch(scene, 'grade', area), area.name),
        element('p', {}, areaSentence(area, scaleOf(scene), scene)),
      )
    : overviewPart(scene);
  return [said, element('div', { class: 'wall-key' }, ...keyOf(scene))];
}

function overviewPart(scene: Scene): Drawn {
  const incidents = scene.ratings?.totals?.incidents ?? null;
  const sentences = overviewSentences({ areas: areasOf(scene), incidents, named: NAMED }, scene);
  return element('ul', { class: 'wall-sentences' }, ...sentences.map((sentence) => element('li', {}, sentence)));
}

/** From when the numbers are, and aloud when the server has not been heard since. */
function freshnessLine(scene: Scene, now: Date): Drawn {
  const { messages, numbers, meta, freshness } = scene;
  const { loadedAt, heardAt } = freshness;
  const release = meta.release
    ? messages.say('legend.release', { number: numbers.count(meta.release.number), day: numbers.day(meta.release.made_on) })
    : '';
  const time = loadedAt ? numbers.moment(loadedAt) : '–';
  const stale = isStale(freshness, now);
  const key = stale ? 'wall.stale' : 'wall.fresh';
  const said = messages.say(key, { time, heard: heardAt ? numbers.moment(heardAt) : '–' });
  return element(
    'p',
    { class: 'wall-fresh', 'data-stale': stale ? '' : null, role: 'status' },
    [said, newsNow(scene), release, stale ? '' : messages.say('wall.source')].filter(Boolean).join(' · '),
  );
}
