/** The map on its stage: loads the drawing library when there is something to draw, and keeps the one map of the page. */

import { address, withAbsoluteTiles } from '../api/client';
import type { AreaRow, Bounds, TileJson } from '../api/types';
import { withWords } from '../i18n/catalogue';
import { canDraw } from '../map/ability';
import { FirstPicture } from '../parts/map/first_picture';
import { type Extent, framed } from '../map/framing';
import type { MapContent } from '../map/map_style';
import type { Release } from '../map/held_picture';
import type { MapListener, SafetyMap } from '../map/safety_map';
import { mapContentOf, namesHere, outlinedExtent } from '../parts/map/map_content';
import { formerEdition, type Scene } from '../parts/scene';
import type { Insets } from './insets';
import type { Pin } from '../parts/moderation/pins';
import type { Picker } from '../parts/reports/host';
import type { ServerPicture } from '../parts/map/server_picture';
import { region } from '../parts/elements/dom';
import { readView, writeView } from '../view/view';

/** The tiles of the former districts, where the reader wants to see those. */
async function formerTiles(scene: Scene): Promise<TileJson | null> {
  const edition = scene.view.overlays.includes('districts') ? formerEdition(scene) : null;
  if (!edition) return null;
  const url = address('tiles/map', new URLSearchParams({ edition: edition.id, properties: 'code,name,level' }));
  const answer = await scene.answers.later<TileJson>(url).catch(() => null);
  return answer && withAbsoluteTiles(answer, url);
}

/** Whether a scene is what everybody sees first. */
function isFirstView({ view, meta }: Scene): boolean {
  return meta.role === 'public' && writeView({ ...view, camera: null }) === writeView(readView('', meta));
}

function areasKey({ view }: Scene): string {
  return `${view.edition}/${view.level}`;
}

/** The container of the map: holds the drawing library's map, or the server's picture instead of it. */
export class MapStage {
  private first: Promise<SafetyMap> | null = null;
  private map: SafetyMap | null = null;
  private picture: ServerPicture | null = null;
  private firstPicture: FirstPicture | null = new FirstPicture(document.getElementById('first-picture'));
  private shown = 0;
  private extent: Extent | null = null;
  /** Edition and level on the map: numbers of others mean other areas. */
  private areasShown = '';
  /** Whose numbers the areas are painted with. */
  private painted: string | null = null;
  /** What is marked, also before the map is there. */
  private pins: readonly Pin[] = [];
  /** The place of the report that was brought into view. */
  private pinned = '';
  /** How many times as large as laid out the map is drawn. */
  private times = 1;

  constructor(
    private readonly listener: MapListener,
    private readonly insets: Insets,
  ) {}

  /** Draws the scene; `key` names the numbers that `tiles` carry. */
  async draw(scene: Scene, tiles: TileJson, key: string): Promise<'drawn' | 'overtaken' | 'unable'> {
    if (!isFirstView(scene) || !this.firstPicture?.isOf(scene.meta.epoch)) this.dropFirstPicture();
    if (!canDraw()) {
      this.dropFirstPicture();
      await this.drawPicture(scene);
      return 'unable';
    }
    const shown = (this.shown += 1);
    // Names come while the library is on its way, so that none appears late.
    void import('../map/safety_map');
    const [former] = await Promise.all([formerTiles(scene), namesHere(scene)]);
    const isFramed = this.areasShown.split('/')[0] === scene.view.edition;
    if (this.extent && isFramed) await this.insets.plan(this.extent, scene);
    const content = { ...mapContentOf(scene, tiles, former), ...this.insets.onMap() };
    if (shown !== this.shown) return 'overtaken';
    // Other areas are not seen before all of them are drawn.
    if (this.map && !this.shows(scene)) region('map').classList.add('changing');
    if (this.map) this.map.show(content, scene.style);
    else {
      const isFirst = this.first === null;
      this.first ??= this.begin(scene, content);
      this.map = await this.first;
      this.pin(this.pins);
      // The view may have moved on while the library was on its way.
      if (!isFirst && shown === this.shown) this.map.show(content, scene.style);
    }
    this.map.name(scene.messages.say('map.label'));
    this.areasShown = areasKey(scene);
    await this.map.settled();
    if (shown !== this.shown) return 'overtaken';
    region('map').classList.remove('changing');
    this.dropFirstPicture();
    // The tiles now say the same.
    if (this.painted === key) this.unpaint();
    return 'drawn';
  }

  /** Whether the map has the areas of the scene. */
  shows(scene: Scene): boolean {
    return this.map !== null && this.areasShown === areasKey(scene);
  }

  /**
   * Draws other areas beneath the picture of those on show; resolves when they are drawn, with what uncovers them. Where nobody
   * sees a map there is nothing to hold.
   */
  async exchange(scene: Scene, tiles: TileJson, key: string): Promise<Release | null> {
    if (!this.map || !this.isSeen()) return null;
    const { holdPicture } = await import('../map/held_picture');
    const release = await holdPicture(this.map.map);
    // A code may mean another area there.
    if (this.painted !== null) this.unpaint();
    if (this.areasShown.split('/')[0] !== scene.view.edition) await this.look(scene);
    await this.draw(scene, tiles, key);
    return release;
  }

  /** Frames what the view names: its part of the map, or all of the edition. */
  async look(scene: Scene): Promise<void> {
    const { camera } = scene.view;
    if (camera) return this.map?.look(camera);
    const extent = await this.prepared(scene);
    this.map?.frame(extent);
  }

  private isSeen(): boolean {
    return !document.hidden && region('map').offsetParent !== null;
  }

  /** Colours the areas at once by numbers that no tile carries yet; `key` names them. */
  paint(scene: Scene, key: string, areas: AreaRow[], classed: AreaRow[] = areas): void {
    if (!this.map || this.areasShown !== areasKey(scene)) return;
    this.map.paint(areas, classed);
    this.painted = key;
  }

  /** Resolves when what was painted is on the screen; at once where nobody sees a map. */
  async painting(): Promise<void> {
    if (this.isSeen()) await this.map?.drawn();
  }

  private unpaint(): void {
    this.map?.paint(null);
    this.painted = null;
  }

  /** What the map is to be framed on, and the insets placed beside it. */
  private async prepared(scene: Scene): Promise<Extent | null> {
    const extent = await outlinedExtent(scene);
    if (extent) await this.insets.plan(extent, scene);
    this.extent = extent;
    return extent;
  }

  private async begin(scene: Scene, content: MapContent): Promise<SafetyMap> {
    // The outline comes while the library is on its way.
    const prepared = this.prepared(scene);
    void prepared.then((extent) => extent && this.placeFirstPicture(extent));
    const { SafetyMap } = await import('../map/safety_map');
    const frame = { extent: await prepared, camera: scene.view.camera };
    const now = { ...content, ...this.insets.onMap() };
    const map = await SafetyMap.draw(region('map'), scene.style, now, frame, this.listener);
    if (this.times !== 1) map.map.setPixelRatio(devicePixelRatio * this.times);
    // The one handle for tests and for the browser's console.
    Object.assign(globalThis, { binhyen: { map: map.map } });
    return map;
  }

  /** Lays the picture that came with the document where the map is about to stand. */
  private placeFirstPicture(extent: Extent): void {
    const { clientWidth: width, clientHeight: height } = region('map');
    this.firstPicture?.place(framed(extent, { width, height }, this.listener.covered()), { width, height });
  }

  private dropFirstPicture(): void {
    this.firstPicture?.drop();
    this.firstPicture = null;
  }

  /** What the server draws stands in for the map; it carries its own legend. */
  private async drawPicture(scene: Scene): Promise<void> {
    if (!this.picture) {
      const { ServerPicture } = await withWords(import('../parts/map/server_picture'));
      region('stage').classList.add('undrawn');
      region('legend').removeAttribute('open');
      this.picture = new ServerPicture(region('map'));
    }
    await this.picture.show(scene);
  }

  zoom(by: number): void {
    this.map?.zoom(by);
  }

  /** Draws the map so many times as large as its container is laid out, and frames all of it again. */
  enlarge(times: number, scene: Scene): void {
    this.times = times;
    const drawn = this.map?.map;
    if (!drawn) return;
    drawn.setPixelRatio(devicePixelRatio * times);
    drawn.resize();
    this.look(scene);
  }

  /** A copy of the map as it is on the screen; `null` where there is none. */
  snapshot(): HTMLCanvasElement | null {
    if (!this.map) return null;
    // What was drawn is kept for this task only.
    this.map.map.redraw();
    const drawn = this.map.map.getCanvas();
    const copy = document.createElement('canvas');
    copy.width = drawn.width;
    copy.height = drawn.height;
    copy.getContext('2d')?.drawImage(drawn, 0, 0);
    return copy;
  }

  /** The zoom of the map; `null` before it is drawn. */
  zoomNow(): number | null {
    return this.map?.map.getZoom() ?? null;
  }

  /** Where the middle of the map lies. */
  centre(): [lon: number, lat: number] | null {
    return this.map ? [this.map.map.getCenter().lng, this.map.map.getCenter().lat] : null;
  }

  /** The map to pick a place on; `null` while there is none. */
  picker(): Picker | null {
    const drawn = this.map;
    if (!drawn) return null;
    return { stage: region('stage'), centre: () => this.centre(), focus: () => drawn.map.getCanvas().focus() };
  }

  /** Marks places, and brings the one of the report that is looked at close enough to see what is beside it. */
  pin(pins: readonly Pin[]): void {
    this.pins = pins;
    if (!this.map) return;
    this.map.pin(pins);
    const open = pins.find(({ kind }) => kind === 'report');
    const key = open?.at.join() ?? '';
    if (open && key !== this.pinned) this.map.approach(open.at);
    this.pinned = key;
  }

  pan(rightPx: number, downPx: number): void {
    this.map?.map.panBy([rightPx, downPx], { duration: 150 });
  }

  home(): void {
    this.map?.home();
  }

  /** Puts a ring around a place; `null` takes it away. */
  ring(at: readonly [lon: number, lat: number] | null): void {
    this.map?.ring(at);
  }

  /** Sees to it that the whole edition is in view beside all that lies over the map, insets among it. */
  async keepWhole(scene: Scene): Promise<void> {
    if (this.extent) await this.insets.plan(this.extent, scene);
    this.map?.keepWhole();
  }

  reveal(bounds: Bounds): void {
    this.map?.reveal(bounds);
  }
}
