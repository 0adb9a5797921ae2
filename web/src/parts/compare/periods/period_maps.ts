/**
 * The maps of two periods: one on the other with a divider between, or one map of what changed. At most two drawings
 * are alive, and none once the comparison is left. Without WebGL the server's pictures stand side by side.
 */

import type { Map as MapLibre } from 'maplibre-gl';
import { type Change, pictureAddress } from '../../../api/comparison';
import { fetchTileJson } from '../../../api/client';
import { pictureAt } from '../../../api/pictures';
import type { TileJson } from '../../../api/types';
import { canDraw } from '../../../map/ability';
import { UNCOVERED } from '../../../map/framing';
import type { MapContent } from '../../../map/map_style';
import type { SafetyMap } from '../../../map/safety_map';
import { mapContentOf, namesHere } from '../../map/map_content';
import type { PeriodPair } from '../../../view/time/periods';
import { filterOf } from '../../../view/view';
import { signal, untracked } from '@preact/signals-core';
import { node } from '../../elements/dom';
import { draw, type Drawn, element, heldElement } from '../../elements/element';
import { keyOf } from '../../legend/legend_keys';
import { extentOf, sayToReader, type Scene } from '../../scene';
import { BORROWED, differenceLegend, differenceStyle } from './difference';
import { Divider } from './divider';
import { periodName } from '../texts';

const KINDS = ['swipe', 'difference'] as const;
type Kind = (typeof KINDS)[number];

interface Shown {
  scene: Scene;
  pair: PeriodPair;
  changes: Change[];
  /** What the maps depend on beside style, ratings and changes. */
  key: string;
}

/** The scene as it stands: what is drawn later is compared with it. */
function frozen(scene: Scene): Scene {
  return untracked(() => ({ ...scene, view: { ...scene.view } }));
}

/** All that the maps read of the view, in one text; reading it here makes the comparison follow it. */
function keyOfMaps({ view, meta }: Scene): string {
  return JSON.stringify([meta.epoch, view.lang, view.level, view.theme, view.overlays, view.area, filterOf(view).toString()]);
}

const PICTURE = { width: 640, height: 560, scale: 2 };

/** Moves every map of `maps` as the one that the reader moves. */
function together(maps: MapLibre[]): void {
  let leader: MapLibre | null = null;
  for (const map of maps)
    map.on('move', () => {
      if (leader !== null) return;
      leader = map;
      const camera = { center: map.getCenter(), zoom: map.getZoom() };
      for (const other of maps) if (other !== map) other.jumpTo(camera);
      leader = null;
    });
}

/** The maps of the two periods; they live on while the parts around them are drawn again. */
export class PeriodMaps {
  private readonly kind = signal<Kind>('swipe');
  /** Asked once: each question costs a drawing context. */
  private readonly isAble = canDraw();
  private latest: Shown | null = null;
  /** What is drawn; anything else than the latest is out of date. */
  private drawn: (Shown & { kind: Kind }) | null = null;
  private maps: SafetyMap[] = [];
  private divider: Divider | null = null;
  private work: Promise<void> = Promise.resolve();
  private readonly tiles = new Map<string, Promise<TileJson>>();
  private readonly bar = node('div', { class: 'maps-bar' });
  private readonly stage = node('div', { class: 'maps-stage' });
  private readonly said = node('p', { class: 'maps-said' });
  private readonly key = node('div', { class: 'maps-key' });

  /** The section of the maps for a scene; they draw themselves once it stands in the document. */
  show(scene: Scene, pair: PeriodPair, changes: Change[]): Drawn {
    this.latest = { scene: frozen(scene), pair, changes, key: keyOfMaps(scene) };
    draw(this.bar, this.isAble && this.kindSwitch(scene));
    draw(this.key, ...this.legend(scene));
    this.say(scene.view.area);
    this.later();
    return heldElement('section', { class: 'period-maps' }, this.hold);
  }

  /** Puts the maps into their section; they are the same whenever it is described anew. */
  private readonly hold = (section: Element | null): void => {
    if (section && this.bar.parentElement !== section) section.append(this.bar, this.stage, this.said, this.key);
  };

  /** Gives back what the maps hold. */
  leave(): void {
    this.latest = null;
    this.later();
  }

  private kindSwitch(scene: Scene): Drawn {
    const { messages } = scene;
    const buttons = KINDS.map((kind) =>
      element(
        'button',
        {
          id: `compare-map-${kind}`,
          type: 'button',
          'aria-pressed': String(kind === this.kind.value),
          click: () => (this.kind.value = kind),
        },
        messages.say(`comparison.map.${kind}`),
      ),
    );
    return element('div', { class: 'switch small', role: 'group', 'aria-label': messages.say('comparison.map') }, ...buttons);
  }

  private legend(scene: Scene): Drawn[] {
    if (this.kind.value === 'difference') return [differenceLegend(scene)];
    return [element('p', { class: 'what' }, sayToReader(scene, `legend.${scene.view.theme}.what`)), ...keyOf(scene)];
  }

  /** What changed in the area under the pointer, or in the selected one. */
  private say(code: string | null): void {
    const { latest } = this;
    const change = latest?.changes.find((item) => item.code === code);
    const hint = latest && this.isAble ? latest.scene.messages.say('comparison.map.hint') : '';
    this.said.textContent = latest && change ? latest.scene.messages.pick(change.sentence) : hint;
  }

  private later(): void {
    this.work = this.work.then(() => this.update()).catch(() => this.stage.classList.add('failed'));
  }

  private async update(): Promise<void> {
    const { latest } = this;
    const kind = this.kind.peek();
    if (!latest) return this.dispose();
    if (!this.isNew(latest, kind)) return;
    const isOther = this.drawn === null || this.drawn.kind !== kind;
    this.drawn = { ...latest, kind };
    this.stage.dataset['state'] = 'drawing';
    if (!this.isAble) await this.drawPictures(latest);
    else if (isOther) await this.begin(latest, kind);
    else await this.exchange(latest, kind);
    await Promise.all(this.maps.map((map) => map.settled()));
    this.stage.dataset['state'] = 'ready';
  }

  private isNew({ scene, pair, changes, key }: Shown, kind: Kind): boolean {
    const { drawn } = this;
    if (drawn === null || drawn.kind !== kind) return true;
    const isSame = drawn.scene.style === scene.style && drawn.scene.ratings === scene.ratings && drawn.key === key;
    const isSamePair = JSON.stringify(drawn.pair) === JSON.stringify(pair);
    const isSameChange = drawn.changes === changes || (drawn.changes.length === 0 && changes.length === 0);
    return !isSame || !isSamePair || !isSameChange;
  }

  private dispose(): void {
    for (const map of this.maps) map.map.remove();
    this.maps = [];
    this.drawn = null;
    this.stage.replaceChildren();
  }

  private async begin(shown: Shown, kind: Kind): Promise<void> {
    for (const map of this.maps) map.map.remove();
    this.maps = [];
    const containers = this.containers(shown, kind);
    const contents = await this.contents(shown, kind);
    const { SafetyMap } = await import('../../../map/safety_map');
    const { scene } = shown;
    const frame = { extent: extentOf(scene), camera: scene.view.camera };
    const style = this.styleOf(shown, kind);
    for (const [index, content] of contents.entries()) {
      const container = containers[index];
      if (container) this.maps.push(await SafetyMap.draw(container, style, content, frame, this.listener()));
    }
    for (const [index, map] of this.maps.entries()) map.name(this.nameOf(shown, kind, index));
    together(this.maps.map(({ map }) => map));
    // The one handle for tests and for the browser's console.
    Object.assign(globalThis, { binhyenPeriods: this.maps.map(({ map }) => map) });
  }

  private async exchange(shown: Shown, kind: Kind): Promise<void> {
    this.labels(shown);
    const contents = await this.contents(shown, kind);
    contents.forEach((content, index) => this.maps[index]?.show(content, this.styleOf(shown, kind)));
  }

  private containers(shown: Shown, kind: Kind): HTMLElement[] {
    if (kind === 'difference') {
      const only = node('div', { class: 'maps-map' });
      this.stage.replaceChildren(only);
      return [only];
    }
    const [under, over] = [node('div', { class: 'maps-map' }), node('div', { class: 'maps-map' })];
    const divider = new Divider(this.stage, over);
    const captions = [node('p', { class: 'maps-caption' }), node('p', { class: 'maps-caption right' })];
    this.stage.replaceChildren(under, over, ...captions, divider.handle);
    this.divider = divider;
    this.labels(shown);
    return [under, over];
  }

  private labels({ scene, pair }: Shown): void {
    const names = [periodName(scene, pair.earlier), periodName(scene, pair.later)];
    this.stage.querySelectorAll('.maps-caption').forEach((caption, index) => (caption.textContent = names[index] ?? ''));
    this.divider?.name(scene.messages.say('comparison.divider'), (share) =>
      scene.messages.say('comparison.divider.at', {
        earlier: names[0] ?? '',
        later: names[1] ?? '',
        share: scene.numbers.wholePercent(share / 100),
      }),
    );
  }

  private nameOf({ scene, pair }: Shown, kind: Kind, index: number): string {
    const period = index === 0 ? pair.earlier : pair.later;
    return kind === 'difference'
      ? scene.messages.say('comparison.map.difference')
      : scene.messages.say('comparison.map.label', { period: periodName(scene, period) });
  }

  private styleOf({ scene, changes }: Shown, kind: Kind): Scene['style'] {
    return kind === 'difference' ? differenceStyle(scene, changes) : scene.style;
  }

  /** Both periods are drawn with the classes of the later one, so that a colour means the same on both sides. */
  private async contents({ scene, pair }: Shown, kind: Kind): Promise<MapContent[]> {
    const periods = kind === 'difference' ? [pair.later] : [pair.earlier, pair.later];
    const [tiles] = await Promise.all([
      Promise.all(periods.map((period) => this.tilesOf(scene, filterOf(scene.view, period)))),
      namesHere(scene),
    ]);
    const contents = tiles.map((item) => mapContentOf(scene, item));
    return kind === 'difference' ? contents.map((content) => ({ ...content, theme: BORROWED, overlays: [] })) : contents;
  }

  private tilesOf(scene: Scene, filter: URLSearchParams): Promise<TileJson> {
    const key = `${scene.meta.epoch} ${filter.toString()}`;
    const known = this.tiles.get(key) ?? fetchTileJson('map', filter);
    this.tiles.set(key, known);
    known.catch(() => this.tiles.delete(key));
    return known;
  }

  private listener(): Parameters<typeof SafetyMap.draw>[4] {
    return {
      picked: (code) => this.latest?.scene.change({ area: code }),
      pointedAt: (code) => this.say(code ?? this.latest?.scene.view.area ?? null),
      moved: () => undefined,
      zoomed: () => undefined,
      covered: () => UNCOVERED,
    };
  }

  private async drawPictures({ scene, pair }: Shown): Promise<void> {
    const { messages, view } = scene;
    const theme = document.documentElement.dataset['scheme'] ?? 'light';
    const choice = { level: view.level, layer: view.theme, lang: view.lang, theme, ...PICTURE };
    const pictures = await Promise.all(
      [pair.earlier, pair.later].map(async (period) => {
        const source = await pictureAt(pictureAddress('png', filterOf(view, period), choice));
        const name = periodName(scene, period);
        const picture = source && node('img', { src: source, alt: messages.say('comparison.map.label', { period: name }) });
        const instead = picture || node('p', { class: 'quiet' }, messages.say('state.nowebgl'));
        return node('figure', {}, instead, node('figcaption', {}, name));
      }),
    );
    this.stage.classList.add('pictures');
    this.stage.replaceChildren(...pictures);
  }
}
