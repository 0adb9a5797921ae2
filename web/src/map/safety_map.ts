/** The map itself: draws its content, reports what was pointed at and picked. Knows nothing of requests other than its own tiles. */

import 'maplibre-gl/dist/maplibre-gl.css';
import {
  Map as MapLibre,
  type MapMouseEvent,
  type MapOptions,
  MercatorCoordinate,
  type PaddingOptions,
  type RequestParameters,
  setWorkerUrl,
  type StyleSpecification,
  type VectorTileSource,
} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import { roleHeaders } from '../api/token';
import type { AreaRow, Bounds, Level } from '../api/types';
import type { Picked } from '../view/compare/compared';
import type { Camera } from '../view/view';
import { AREA_SOURCE, mapStyle, fillColour, fillLayerId, LABEL_LAYER, type MapContent, SOURCE_LAYER } from './map_style';
import { evaluate } from './expression';
import { followedNames } from './following';
import { patternsOf, pictureOf } from './patterns';

/** The letters that Be Vietnam Pro keeps in a file of their own: asked for by name, or the browser would not fetch it. */
const VIETNAMESE_SAMPLE = 'Quảng Nam ĂÂĐÊÔƠƯ ạặậẹệịọộợụựỵ';
const FIT_PADDING_PX = 28;
const OUTWARD_ZOOM = 0.6;
const UNDRAWN_MS = 1000;

/** What the map reports, and what it asks of the page around it. */
export interface MapListener {
  picked(code: string | null, how: Picked): void;
  pointedAt(code: string | null, point: { x: number; y: number }): void;
  moved(camera: Camera): void;
  /** The reader came to another zoom. */
  zoomed(zoom: number): void;
  /** Height of what lies over the lower part of the map: the legend, or the sheet on a phone. */
  coveredBelowPx(): number;
}

/** Where a map is first framed, and how it shares the wheel and the finger with the page around it. */
export interface Frame {
  bounds: Bounds | null;
  camera: Camera | null;
  /** Words of the hint that a key or a second finger moves the map; without them the map takes every gesture. */
  gestureHints?: Record<'key' | 'mac' | 'touch', string>;
}

/** MapLibre's options for a map that leaves scrolling to the page around it. */
function sharing(hints: Frame['gestureHints']): Partial<MapOptions> {
  if (!hints) return {};
  const locale = {
    'CooperativeGesturesHandler.WindowsHelpText': hints.key,
    'CooperativeGesturesHandler.MacHelpText': hints.mac,
    'CooperativeGesturesHandler.MobileHelpText': hints.touch,
  };
  return { cooperativeGestures: true, locale };
}

function withRole(url: string): RequestParameters {
  return { url, headers: roleHeaders(url) };
}

async function fontsReady(): Promise<void> {
  const faces = ['16px "Be Vietnam Pro"', '600 16px "Be Vietnam Pro SemiBold"'];
  await Promise.all(faces.map((face) => document.fonts.load(face, VIETNAMESE_SAMPLE))).catch(() => undefined);
}

/** One map in one container, and what the reader does with it. */
export class SafetyMap {
  private marked: { level: Level; selected: string | null; hovered: string | null } = {
    level: 'commune',
    selected: null,
    hovered: null,
  };
  private bounds: Bounds | null = null;
  /** What was to be brought into view while nobody saw the map. */
  private unseen: Bounds | null = null;
  /** Areas whose colours are newer than the tiles, and those that the classes are fitted to. */
  private painted: { areas: AreaRow[]; classed: AreaRow[] } | null = null;

  private constructor(
    readonly map: MapLibre,
    private style: StyleSpecification,
    private content: MapContent,
    private readonly listener: MapListener,
  ) {}

  /** Draws the first content inside `container`, framed on `bounds` unless a camera is given. */
  static async draw(
    container: HTMLElement,
    style: StyleSpecification,
    content: MapContent,
    frame: Frame,
    listener: MapListener,
  ): Promise<SafetyMap> {
    setWorkerUrl(new URL(workerUrl, import.meta.url).href);
    await fontsReady();
    const map = new MapLibre({
      container,
      style: mapStyle(style, content),
      transformRequest: withRole,
      attributionControl: false,
      // Shift is for picking an area beside another.
      boxZoom: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      renderWorldCopies: false,
      fadeDuration: 120,
      ...sharing(frame.gestureHints),
    });
    const drawn = new SafetyMap(map, style, content, listener);
    drawn.listen();
    drawn.frame(frame.bounds);
    if (frame.camera) map.jumpTo({ center: [frame.camera.lon, frame.camera.lat], zoom: frame.camera.zoom });
    return drawn;
  }

  private listen(): void {
    const { map } = this;
    map.touchZoomRotate.disableRotation();
    map.setMissingStyleImageResolver((id) => this.addPattern(id));
    // The second click of a double click zooms and picks nothing.
    map.on('click', ({ originalEvent, ...event }) => {
      if (originalEvent.detail < 2) this.listener.picked(this.codeAt(event), originalEvent.shiftKey ? 'added' : 'alone');
    });
    if (matchMedia('(hover: hover)').matches) map.on('mousemove', (event) => this.hover(event));
    map.on('mouseout', () => this.markHovered(null));
    map.on('moveend', (event) => {
      // Only moves by hand belong into the address bar: fitting the frame is not a choice of the reader.
      const isByHand = event.originalEvent !== undefined || 'byButton' in event;
      if (!isByHand) return;
      const { lng, lat } = map.getCenter();
      this.listener.moved({ lon: lng, lat, zoom: map.getZoom() });
      this.listener.zoomed(map.getZoom());
    });
    map.on('resize', () => this.resized());
    map.once('load', () => this.markSelected(this.content.selected));
  }

  /** The map has another size, or is seen again: what was to be brought into view meanwhile is. */
  private resized(): void {
    this.enclose(this.bounds);
    const waiting = this.unseen;
    if (waiting && this.isSeen()) this.reveal(waiting);
  }

  /** Hidden behind table or comparison a map has no size: the drawing library then reckons with one of its own. */
  private isSeen(): boolean {
    const { clientWidth, clientHeight } = this.map.getContainer();
    return clientWidth > 0 && clientHeight > 0;
  }

  private addPattern(id: string): void {
    const pattern = patternsOf(this.style)[id];
    const picture = pattern && pictureOf(pattern);
    if (picture && !this.map.hasImage(id)) this.map.addImage(id, picture.image, { pixelRatio: picture.pixelRatio });
  }

  private codeAt(event: Pick<MapMouseEvent, 'point'>): string | null {
    const [feature] = this.map.queryRenderedFeatures(event.point, { layers: [fillLayerId(this.content.theme)] });
    const code: unknown = feature?.properties['code'];
    return code === undefined ? null : String(code);
  }

  private hover(event: MapMouseEvent): void {
    const code = this.codeAt(event);
    this.markHovered(code);
    this.map.getCanvas().style.cursor = code === null ? '' : 'pointer';
    this.listener.pointedAt(code, event.point);
  }

  private setState(code: string | null, state: Record<string, boolean>): void {
    if (code === null || !this.map.getSource(AREA_SOURCE)) return;
    this.map.setFeatureState({ source: AREA_SOURCE, sourceLayer: SOURCE_LAYER[this.marked.level], id: Number(code) }, state);
  }

  private markHovered(code: string | null): void {
    if (code === this.marked.hovered) return;
    this.setState(this.marked.hovered, { hover: false });
    this.marked.hovered = code;
    this.setState(code, { hover: true });
    if (code === null) this.listener.pointedAt(null, { x: 0, y: 0 });
  }

  private markSelected(code: string | null): void {
    this.setState(this.marked.selected, { selected: false });
    if (this.marked.level !== this.content.level) this.markHovered(null);
    this.marked = { level: this.content.level, selected: code, hovered: this.marked.hovered };
    this.setState(code, { selected: true });
  }

  /** Draws another content, keeping what is on the screen until the new tiles are there. */
  show(content: MapContent, style: StyleSpecification = this.style): void {
    const source = this.map.getSource<VectorTileSource>(AREA_SOURCE);
    if (content.tiles.tiles.join() !== this.content.tiles.tiles.join()) source?.setTiles(content.tiles.tiles);
    if (style !== this.style)
      for (const id of Object.keys(patternsOf(this.style))) if (this.map.hasImage(id)) this.map.removeImage(id);
    // Codes and levels of another map mean other areas.
    if (content.level !== this.content.level) this.paint(null);
    const isRecoloured = content.theme !== this.content.theme || style !== this.style;
    this.content = content;
    this.style = style;
    this.map.setStyle(mapStyle(style, content), { diff: true });
    this.markSelected(content.selected);
    if (isRecoloured && this.painted) this.paint(this.painted.areas, this.painted.classed);
  }

  /**
   * Colours the areas by numbers newer than the tiles, at once and without a request; `classed` are the areas that the classes of colours are
   * fitted to. `null` goes back to what the tiles say.
   */
  paint(areas: AreaRow[] | null, classed: AreaRow[] = areas ?? []): void {
    if (!this.map.getSource(AREA_SOURCE)) return;
    const before = this.painted?.areas ?? [];
    this.painted = areas && { areas, classed };
    if (!areas) return before.forEach(({ code }) => this.setAreaState(code, { painted: false }));
    const colour = fillColour(this.style, this.content.theme, classed);
    const names = followedNames(this.style);
    for (const area of areas) {
      const state = Object.fromEntries(names.map((name) => [name, (area as unknown as Record<string, unknown>)[name] ?? null]));
      this.setAreaState(area.code, { ...state, colour: evaluate(colour, area), painted: true });
    }
  }

  private setAreaState(code: string, state: Record<string, unknown>): void {
    for (const sourceLayer of [SOURCE_LAYER[this.content.level], LABEL_LAYER])
      this.map.setFeatureState({ source: AREA_SOURCE, sourceLayer, id: Number(code) }, state);
  }

  /** Resolves when everything that the last content needs is on the screen. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      this.map.once('idle', () => resolve());
      this.map.triggerRepaint();
    });
  }

  /** Resolves with the next picture, or soon where the browser draws none, as in a hidden tab. */
  drawn(): Promise<void> {
    return new Promise((resolve) => {
      setTimeout(resolve, UNDRAWN_MS);
      this.map.once('render', () => resolve());
      this.map.triggerRepaint();
    });
  }

  /** Names the map for screen readers. */
  name(label: string): void {
    this.map.getCanvas().setAttribute('aria-label', label);
  }

  /** Frames `bounds` and keeps later moves near them. */
  frame(bounds: Bounds | null): void {
    if (!bounds) return;
    this.map.setMaxBounds(null);
    this.map.setMinZoom(null);
    this.map.fitBounds(bounds, { padding: this.paddingFor(bounds), animate: false });
    this.enclose(bounds);
  }

  /** Lets nobody get lost in the dark: zooming out ends a little beyond `bounds`, panning at half a screen beyond. */
  private enclose(bounds: Bounds | null): void {
    this.bounds = bounds;
    const camera = bounds && this.map.cameraForBounds(bounds, { padding: this.paddingFor(bounds) });
    if (!bounds || camera?.zoom === undefined) return;
    this.map.setMinZoom(Math.max(0, camera.zoom - OUTWARD_ZOOM));
    const { clientWidth, clientHeight } = this.map.getContainer();
    const [west, south, east, north] = bounds;
    const across = Math.max(east - west, ((north - south) * clientWidth) / Math.max(clientHeight, 1));
    const up = Math.max(north - south, ((east - west) * clientHeight) / Math.max(clientWidth, 1));
    this.map.setMaxBounds([west - across, Math.max(-85, south - up), east + across, Math.min(85, north + up)]);
  }

  /** Zooms by a button: a choice of the reader as much as a turn of the wheel. */
  zoom(by: number): void {
    this.map.zoomTo(this.map.getZoom() + by, { duration: 150 }, { byButton: true });
  }

  home(): void {
    this.map.once('moveend', () => this.listener.zoomed(this.map.getZoom()));
    if (this.bounds) this.map.fitBounds(this.bounds, { padding: this.paddingFor(this.bounds), duration: 200 });
  }

  /** Room around `bounds`; where height is to spare, more of it below, for what lies over the map there. */
  private paddingFor([west, south, east, north]: Bounds): PaddingOptions {
    const around = { top: FIT_PADDING_PX, left: FIT_PADDING_PX, right: FIT_PADDING_PX, bottom: FIT_PADDING_PX };
    if (!this.isSeen()) return around;
    const { clientWidth, clientHeight } = this.map.getContainer();
    const [corner, opposite] = [MercatorCoordinate.fromLngLat([west, north]), MercatorCoordinate.fromLngLat([east, south])];
    const height = ((clientWidth - 2 * FIT_PADDING_PX) * (opposite.y - corner.y)) / (opposite.x - corner.x);
    const spare = Math.max(0, clientHeight - 2 * FIT_PADDING_PX - height);
    const below = Math.min(spare, this.listener.coveredBelowPx());
    return { ...around, bottom: FIT_PADDING_PX + below };
  }

  /** Brings an area into view without moving when it already is. */
  reveal(bounds: Bounds): void {
    const [west, south, east, north] = bounds;
    const { clientWidth, clientHeight } = this.map.getContainer();
    this.unseen = this.isSeen() ? null : bounds;
    if (this.unseen) return;
    // Of a map that is just seen again the drawing library learns only with the next picture.
    const { clientWidth: drawnWidth, clientHeight: drawnHeight } = this.map.getCanvas();
    if (drawnWidth !== clientWidth || drawnHeight !== clientHeight) this.map.resize();
    const covered = Math.max(0, Math.min(this.listener.coveredBelowPx(), clientHeight - 4 * FIT_PADDING_PX));
    const isInView = [this.map.project([west, north]), this.map.project([east, south])].every(
      ({ x, y }) => x >= 0 && x <= clientWidth && y >= 0 && y <= clientHeight - covered,
    );
    if (isInView) return;
    const padding = { top: FIT_PADDING_PX, left: FIT_PADDING_PX, right: FIT_PADDING_PX, bottom: FIT_PADDING_PX + covered };
    const camera = this.map.cameraForBounds(bounds, { padding, maxZoom: this.map.getZoom() });
    if (camera) this.map.easeTo({ ...camera, duration: 200 });
  }
}
