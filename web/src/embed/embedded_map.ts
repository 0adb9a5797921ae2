/** The map of a frame, once somebody wants it: the parts of the page that fit, drawn from one scene of the public's view. */

import '../css/apart/embed_map.css';
import { Answers } from '../api/answers';
import { fetchMeta, fetchRatings, fetchStyle, fetchTileJson, json, speak } from '../api/client';
import type { TileJson } from '../api/types';
import { learnWords } from '../i18n/catalogue';
import { canDraw } from '../map/ability';
import { type Extent, UNCOVERED } from '../map/framing';
import type { MapContent } from '../map/map_style';
import type { SafetyMap } from '../map/safety_map';
import { mapContentOf, namesHere, outlinedExtent } from '../parts/map/map_content';
import { region } from '../parts/elements/dom';
import { effect } from '@preact/signals-core';
import { type Child, draw, element } from '../parts/elements/element';
import { Insets } from '../page/insets';
import { type PageState, sceneOver, showView, stateFrom } from '../page/state';
import { legendParts } from '../parts/legend/legend';
import { NO_PREVIEW, periodText, type Scene } from '../parts/scene';
import { PointedAt } from '../parts/map/tools';
import { type Camera, changedView, filterOf, readView, type View } from '../view/view';
import { pickOn } from './open_map';
import type { Poster } from './poster';
import { readingParts } from './reading';
import type { FrameOptions } from './options';
import { embedWords, type Say } from './words';

/** What a frame needs before its map can be drawn. */
interface Prepared {
  state: PageState;
  tiles: TileJson;
}

async function prepared(options: FrameOptions): Promise<Prepared> {
  speak(options.lang);
  const [meta, style] = await Promise.all([fetchMeta(), fetchStyle(options.scheme), learnWords(options.lang)]);
  // The frame speaks the language that its site chose, whatever the browser's.
  const view: View = { ...readView(options.fragment, meta), mode: 'map', lang: options.lang };
  const filter = filterOf(view);
  const [ratings, tiles] = await Promise.all([fetchRatings(view.level, filter), fetchTileJson('map', filter)]);
  const state = stateFrom({ meta, view, style });
  state.ratings.value = ratings;
  state.tiles.value = { json: tiles, key: '', edition: view.edition, level: view.level };
  state.explanation.value = 'missing';
  return { state, tiles };
}

/** The interactive map of a frame: the public's view, with its legend and the sentence of a chosen area. */
export class EmbeddedMap {
  private map: SafetyMap | null = null;
  private extent: Extent | null = null;
  private readonly scene: Scene;
  private readonly insets: Insets;
  /** Until the reader moves the map, the whole province stays in view, however high the frame becomes. */
  private readonly stay = new ResizeObserver(() => void this.fit());
  private readonly pointed = new PointedAt(region('pointed'));

  private constructor(
    private readonly state: PageState,
    private readonly tiles: TileJson,
    private readonly say: Say,
  ) {
    this.scene = sceneOver(state, {
      answers: new Answers(json),
      preview: NO_PREVIEW,
      change: (change) => this.change(change),
      announce: () => undefined,
    });
    this.insets = new Insets(this.scene, () => UNCOVERED);
  }

  /** Draws the map of `options` in place of its poster; where the browser cannot, beside it. */
  static async open(options: FrameOptions, poster: Poster): Promise<void> {
    const { state, tiles } = await prepared(options);
    const opened = new EmbeddedMap(state, tiles, embedWords(options.lang));
    opened.mountParts();
    if (canDraw()) await opened.drawMap(poster);
    else poster.stay();
    document.documentElement.dataset['state'] = 'ready';
  }

  private async drawMap(poster: Poster): Promise<void> {
    const { scene, say, insets } = this;
    const library = import('../map/safety_map');
    [this.extent] = await Promise.all([outlinedExtent(scene), namesHere(scene)]);
    const stage = region('map');
    stage.hidden = false;
    if (this.extent) await insets.plan(this.extent, scene);
    const gestureHints = { key: say('gesture.key'), mac: say('gesture.mac'), touch: say('gesture.touch') };
    const frame = { extent: this.extent, camera: scene.view.camera, gestureHints };
    const { SafetyMap } = await library;
    this.map = await SafetyMap.draw(stage, scene.style, this.content(), frame, {
      picked: (area) => this.change({ area }),
      pointedAt: (code, point) => this.pointed.show(this.scene, code, point),
      moved: (camera) => this.moved(camera),
      zoomed: () => undefined,
      covered: () => ({ ...UNCOVERED, boxes: insets.boxes() }),
    });
    this.map.name(scene.messages.say('map.label'));
    await this.map.settled();
    poster.remove();
    insets.follow();
    effect(() => this.map?.show(this.content(), scene.style));
    if (scene.view.camera === null) this.stay.observe(stage);
    pickOn(this.map.map, region('stage'));
  }

  private content(): MapContent {
    return { ...mapContentOf(this.scene, this.tiles), ...this.insets.onMap() };
  }

  private async fit(): Promise<void> {
    if (this.extent) await this.insets.plan(this.extent, this.scene);
    this.map?.frame(this.extent);
  }

  /** Insets belong to the whole province alone; where the reader looks after that is nobody's question. */
  private moved(camera: Camera): void {
    this.stay.disconnect();
    if (this.scene.view.camera === null) this.change({ camera });
  }

  private change(change: Partial<View>): void {
    showView(this.state, changedView(this.state.view.peek(), change, this.scene.meta));
  }

  private mountParts(): void {
    const { scene, say } = this;
    effect(() => draw(region('headline'), ...headlineParts(scene, say)));
    effect(() => draw(region('reading'), ...readingParts(scene, say)));
    effect(() => draw(region('legend'), ...legendParts(scene)));
    region('headline').classList.remove('unseen');
    for (const id of ['reading', 'legend']) region(id).hidden = false;
  }
}

function headlineParts(scene: Scene, say: Say): Child[] {
  const { name, days } = periodText(scene);
  const period = [name, days].filter(Boolean).join(': ');
  return [
    element('strong', {}, scene.messages.say(`layer.${scene.view.theme}`)),
    ` · ${period} `,
    scene.ratings?.sample === true && element('span', { class: 'sample' }, say('sample')),
  ];
}
