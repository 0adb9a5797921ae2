/** The map on its stage: loads the drawing library when there is something to draw, and keeps the one map of the page. */

import { address, withAbsoluteTiles } from '../api/client';
import type { AreaRow, Bounds, TileJson } from '../api/types';
import { canDraw } from '../map/ability';
import type { MapContent } from '../map/map_style';
import type { MapListener, SafetyMap } from '../map/safety_map';
import { mapContentOf } from '../parts/map/map_content';
import { editionOf, formerEdition, type Scene } from '../parts/scene';
import type { ServerPicture } from '../parts/map/server_picture';
import { region } from '../parts/elements/dom';

/** The tiles of the former districts, where the reader wants to see those. */
async function formerTiles(scene: Scene): Promise<TileJson | null> {
  const edition = scene.view.overlays.includes('districts') ? formerEdition(scene) : null;
  if (!edition) return null;
  const url = address('tiles/map', new URLSearchParams({ edition: edition.id, properties: 'code,name,level' }));
  const answer = await scene.answers.later<TileJson>(url).catch(() => null);
  return answer && withAbsoluteTiles(answer, url);
}

function areasKey({ view }: Scene): string {
  return `${view.edition}/${view.level}`;
}

/** The container of the map: holds the drawing library's map, or the server's picture instead of it. */
export class MapStage {
  private first: Promise<SafetyMap> | null = null;
  private map: SafetyMap | null = null;
  private picture: ServerPicture | null = null;
  private shown = 0;
  /** Edition and level on the map: numbers of others mean other areas. */
  private areasShown = '';
  /** Whose numbers the areas are painted with. */
  private painted: string | null = null;

  constructor(private readonly listener: MapListener) {}

  /** Draws the scene; `key` names the numbers that `tiles` carry. */
  async draw(scene: Scene, tiles: TileJson, key: string): Promise<'drawn' | 'overtaken' | 'unable'> {
    if (!canDraw()) {
      await this.drawPicture(scene);
      return 'unable';
    }
    const shown = (this.shown += 1);
    const content = mapContentOf(scene, tiles, await formerTiles(scene));
    if (shown !== this.shown) return 'overtaken';
    if (this.map) this.map.show(content, scene.style);
    else {
      const isFirst = this.first === null;
      this.first ??= this.begin(scene, content);
      this.map = await this.first;
      // The view may have moved on while the library was on its way.
      if (!isFirst && shown === this.shown) this.map.show(content, scene.style);
    }
    this.map.name(scene.messages.say('map.label'));
    this.areasShown = areasKey(scene);
    await this.map.settled();
    if (shown !== this.shown) return 'overtaken';
    // The tiles now say the same.
    if (this.painted === key) this.unpaint();
    return 'drawn';
  }

  /** Colours the areas at once by numbers that no tile carries yet; `key` names them. */
  paint(scene: Scene, key: string, areas: AreaRow[], classed: AreaRow[] = areas): void {
    if (!this.map || this.areasShown !== areasKey(scene)) return;
    this.map.paint(areas, classed);
    this.painted = key;
  }

  /** Resolves when what was painted is on the screen; at once where nobody sees a map. */
  async painting(): Promise<void> {
    const isSeen = !document.hidden && region('map').offsetParent !== null;
    if (isSeen) await this.map?.drawn();
  }

  private unpaint(): void {
    this.map?.paint(null);
    this.painted = null;
  }

  private async begin(scene: Scene, content: MapContent): Promise<SafetyMap> {
    const { SafetyMap } = await import('../map/safety_map');
    const frame = { bounds: editionOf(scene)?.bounds ?? null, camera: scene.view.camera };
    const map = await SafetyMap.draw(region('map'), scene.style, content, frame, this.listener);
    // The one handle for tests and for the browser's console.
    Object.assign(globalThis, { binhyen: { map: map.map } });
    return map;
  }

  /** What the server draws stands in for the map; it carries its own legend. */
  private async drawPicture(scene: Scene): Promise<void> {
    if (!this.picture) {
      const { ServerPicture } = await import('../parts/map/server_picture');
      region('stage').classList.add('undrawn');
      region('legend').removeAttribute('open');
      this.picture = new ServerPicture(region('map'));
    }
    await this.picture.show(scene);
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
