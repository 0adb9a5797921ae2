/** The map of a frame, once somebody wants it: the parts of the page that fit, drawn from one scene of the public's view. */

import '../css/apart/embed_map.css';
import { Answers } from '../api/answers';
import { fetchMeta, fetchRatings, fetchStyle, fetchTileJson, json, speak } from '../api/client';
import type { TileJson } from '../api/types';
import { learnWords } from '../i18n/catalogue';
import { messagesIn } from '../i18n/messages';
import { numbersIn } from '../i18n/numbers';
import { canDraw } from '../map/ability';
import type { SafetyMap } from '../map/safety_map';
import { lookOf } from '../parts/map/map_content';
import { place } from '../page/regions';
import { element, refill } from '../parts/elements/element';
import { legendParts } from '../parts/legend/legend';
import { editionOf, NO_PREVIEW, periodText, type Scene } from '../parts/scene';
import { PointedAt } from '../parts/map/tools';
import { changedView, filterOf, readView, type View } from '../view/view';
import type { Poster } from './poster';
import { readingParts } from './reading';
import type { Wish } from './options';
import { embedWords, type Say } from './words';

/** The scene of the wish, and the tiles to draw it from. */
async function sceneOf(wish: Wish, change: Scene['change'], redraw: () => void): Promise<{ scene: Scene; tiles: TileJson }> {
  speak(wish.lang);
  const [meta, style] = await Promise.all([fetchMeta(), fetchStyle(wish.scheme), learnWords(wish.lang)]);
  const view: View = { ...readView(wish.fragment, meta), mode: 'map' };
  const filter = filterOf(view);
  const [ratings, tiles] = await Promise.all([fetchRatings(view.level, filter), fetchTileJson('map', filter)]);
  const scene: Scene = {
    meta,
    view,
    style,
    ratings,
    detail: null,
    explanation: 'missing',
    attribution: tiles.attribution ?? '',
    answers: new Answers(json, redraw),
    run: null,
    preview: NO_PREVIEW,
    messages: messagesIn(view.lang),
    numbers: numbersIn(view.lang),
    change,
    announce: () => undefined,
  };
  return { scene, tiles };
}

export class EmbeddedMap {
  private map: SafetyMap | null = null;
  /** Until the reader moves the map, the whole province stays in sight, however high the frame becomes. */
  private readonly stay = new ResizeObserver(() => this.map?.frame(editionOf(this.scene)?.bounds ?? null));
  private readonly pointed = new PointedAt(place('pointed'));

  private constructor(
    private scene: Scene,
    private readonly tiles: TileJson,
    private readonly say: Say,
  ) {}

  /** Draws the map of `wish` in place of its poster; where the browser cannot, beside it. */
  static async open(wish: Wish, poster: Poster): Promise<void> {
    let opened: EmbeddedMap | null = null;
    const { scene, tiles } = await sceneOf(
      wish,
      (change) => opened?.change(change),
      () => opened?.drawParts(),
    );
    opened = new EmbeddedMap(scene, tiles, embedWords(wish.lang));
    opened.drawParts();
    if (canDraw()) await opened.drawMap(poster);
    else poster.stay();
    document.documentElement.dataset['state'] = 'ready';
  }

  private async drawMap(poster: Poster): Promise<void> {
    const { SafetyMap } = await import('../map/safety_map');
    const { scene, say } = this;
    const stage = place('map');
    stage.hidden = false;
    const gestureHints = { key: say('gesture.key'), mac: say('gesture.mac'), touch: say('gesture.touch') };
    const frame = { bounds: editionOf(scene)?.bounds ?? null, camera: scene.view.camera, gestureHints };
    this.map = await SafetyMap.draw(stage, scene.style, lookOf(scene, this.tiles), frame, {
      picked: (area) => this.change({ area }),
      pointedAt: (code, point) => this.pointed.show(this.scene, code, point),
      moved: () => this.stay.disconnect(),
      zoomed: () => undefined,
      coveredBelowPx: () => 0,
    });
    this.map.name(scene.messages.say('map.label'));
    await this.map.settled();
    poster.remove();
    if (scene.view.camera === null) this.stay.observe(stage);
  }

  private change(change: Partial<View>): void {
    this.scene = { ...this.scene, view: changedView(this.scene.view, change, this.scene.meta) };
    this.map?.show(lookOf(this.scene, this.tiles), this.scene.style);
    this.drawParts();
  }

  private drawParts(): void {
    const { scene, say } = this;
    const { name, days } = periodText(scene);
    const headline = [scene.messages.say(`layer.${scene.view.theme}`), [name, days].filter(Boolean).join(': ')];
    const sample = scene.ratings?.sample === true && element('span', { class: 'sample' }, say('sample'));
    refill(place('headline'), element('strong', {}, headline[0]), ` · ${headline[1] ?? ''} `, sample);
    refill(place('reading'), ...readingParts(scene, say));
    refill(place('legend'), ...legendParts(scene));
    for (const id of ['headline', 'reading', 'legend']) place(id).hidden = false;
  }
}
