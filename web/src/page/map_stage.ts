/** The map on its stage: loads the drawing library when there is something to draw, and keeps the one map of the page. */

import { address, withAbsoluteTiles } from '../api/client';
import type { Bounds, TileJson } from '../api/types';
import { canDraw } from '../map/ability';
import type { Look } from '../map/dressing';
import type { MapListener, SafetyMap } from '../map/safety_map';
import { editionOf, formerEdition, type Scene } from '../parts/scene';
import { place } from './places';

/** The tiles of the former districts, where the reader wants to see those. */
async function formerTiles(scene: Scene): Promise<TileJson | null> {
  const edition = scene.view.overlays.includes('districts') ? formerEdition(scene) : null;
  if (!edition) return null;
  const url = address('tiles/map', new URLSearchParams({ edition: edition.id, properties: 'code,name,level' }));
  const answer = await scene.answers.later<TileJson>(url).catch(() => null);
  return answer && withAbsoluteTiles(answer, url);
}

/** The look of the map for a scene. */
export function lookOf(scene: Scene, tiles: TileJson, former: TileJson | null = null): Look {
  const { view, ratings } = scene;
  return {
    tiles,
    level: view.level,
    theme: view.theme,
    overlays: view.overlays,
    lang: view.lang,
    selected: view.area,
    edition: view.edition,
    group: view.group,
    former,
    areas: ratings?.areas ?? [],
  };
}

export class MapStage {
  private first: Promise<SafetyMap> | null = null;
  private map: SafetyMap | null = null;
  private shown = 0;

  constructor(private readonly listener: MapListener) {}

  /** Draws the scene. */
  async draw(scene: Scene, tiles: TileJson): Promise<'drawn' | 'overtaken' | 'unable'> {
    if (!canDraw()) {
      place('stage').classList.add('undrawn');
      return 'unable';
    }
    const shown = (this.shown += 1);
    const look = lookOf(scene, tiles, await formerTiles(scene));
    if (shown !== this.shown) return 'overtaken';
    if (this.map) this.map.show(look, scene.style);
    else {
      const isFirst = this.first === null;
      this.first ??= this.begin(scene, look);
      this.map = await this.first;
      // The view may have moved on while the library was on its way.
      if (!isFirst && shown === this.shown) this.map.show(look, scene.style);
    }
    this.map.name(scene.messages.say('map.label'));
    await this.map.settled();
    return shown === this.shown ? 'drawn' : 'overtaken';
  }

  private async begin(scene: Scene, look: Look): Promise<SafetyMap> {
    const { SafetyMap } = await import('../map/safety_map');
    const frame = { bounds: editionOf(scene)?.bounds ?? null, camera: scene.view.camera };
    const map = await SafetyMap.draw(place('map'), scene.style, look, frame, this.listener);
    // The one handle for tests and for the browser's console.
    Object.assign(globalThis, { binhyen: { map: map.map } });
    return map;
  }

  zoom(by: number): void {
    this.map?.zoom(by);
  }

  /** The zoom of the map; `null` before it is drawn. */
  zoomNow(): number | null {
    return this.map?.map.getZoom() ?? null;
  }

  /** Where the middle of the map lies. */
  centre(): [lon: number, lat: number] | null {
    return this.map ? [this.map.map.getCenter().lng, this.map.map.getCenter().lat] : null;
  }

  pan(rightPx: number, downPx: number): void {
    this.map?.map.panBy([rightPx, downPx], { duration: 150 });
  }

  home(): void {
    this.map?.home();
  }

  frame(bounds: Bounds | null): void {
    this.map?.frame(bounds);
  }

  reveal(bounds: Bounds): void {
    this.map?.reveal(bounds);
  }
}
