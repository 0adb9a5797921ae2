/** The map itself: draws its content, reports what was pointed at and picked. Knows nothing of requests other than its own tiles. */

import 'maplibre-gl/dist/maplibre-gl.css';
import {
  Map as MapLibre,
  type MapMouseEvent,
  type MapOptions,
  Marker,
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
import { type Covered, type Extent, framed, isFramed, type Size, type Standpoint } from './framing';
import { followedNames } from './following';
import { incidentAt, type IncidentHit } from './incidents/hits';
import { patternsOf, pictureOf } from './patterns';

/** The letters that Be Vietnam Pro keeps in a file of their own: asked for by name, or the browser would not fetch it. */
const VIETNAMESE_SAMPLE = 'Quảng Nam ĂÂĐÊÔƠƯ ạặậẹệịọộợụựỵ';
/** Room around a chosen area, for its name. */
const NAME_ROOM_PX = 44;
const OUTWARD_ZOOM = 0.6;
const UNDRAWN_MS = 1000;
/** Half a kilometre is a third of a phone's screen. */
const NEAR_ZOOM = 14;

/** What the map reports, and what it asks of the page around it. */
export interface MapListener {
  picked(code: string | null, how: Picked): void;
  pointedAt(code: string | null, point: { x: number; y: number }): void;
  moved(camera: Camera): void;
  /** The reader came to another zoom. */
  zoomed(zoom: number): void;
  /** An incident, or several together, under the pointer. */
  incidentPointedAt?(hit: IncidentHit | null, point: { x: number; y: number }): void;
  incidentPicked?(hit: IncidentHit | null): void;
  /** Another part of the map is on the screen. */
  seen?(bounds: Bounds): void;
  /** What lies over the map: legend, buttons, or the sheet on a phone. */
  covered(): Covered;
}

/** Where a map is first framed, and how it shares the wheel and the finger with the page around it. */
export interface Frame {
  extent: Extent | null;
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
  private extent: Extent | null = null;
  /** What was to be brought into view while nobody saw the map. */
  private unseen: Bounds | null = null;
  private marker: Marker | null = null;
  private pins: Marker[] = [];
  private isFramed = false;
  /** Whether the addresses of tiles are other ones, and the library has not taken that in yet. */
  private isExchanging = false;
  /** Areas whose colours are newer than the tiles, and those that the classes are fitted to. */
  private painted: { areas: AreaRow[]; classed: AreaRow[] } | null = null;

  private constructor(
    readonly map: MapLibre,
    private style: StyleSpecification,
    private content: MapContent,
    private readonly listener: MapListener,
  ) {}

  /** Draws the first content inside `container`, framed on its extent unless a camera is given. */
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
    drawn.frame(frame.extent);
    if (frame.camera) drawn.look(frame.camera);
    // Another style cannot be held against one that is not there yet.
    await map.once('style.load');
    return drawn;
  }

  private listen(): void {
    const { map } = this;
    map.on('sourcedata', (event) => {
      if (event.sourceId === AREA_SOURCE && event.sourceDataType === 'content') this.isExchanging = false;
    });
    map.touchZoomRotate.disableRotation();
    map.setMissingStyleImageResolver((id) => this.addPattern(id));
    // The second click of a double click zooms and picks nothing.
    map.on('click', ({ originalEvent, ...event }) => {
      if (originalEvent.detail < 2) this.click(event, originalEvent.shiftKey ? 'added' : 'alone');
    });
    if (matchMedia('(hover: hover)').matches) map.on('mousemove', (event) => this.hover(event));
    map.on('mouseout', () => {
      this.markHovered(null);
      this.listener.incidentPointedAt?.(null, { x: 0, y: 0 });
    });
    map.on('moveend', (event) => {
      this.tellSeen();
      // Only moves by hand belong into the address bar: fitting the frame is not a choice of the reader.
      const isByHand = event.originalEvent !== undefined || 'byButton' in event;
      if (!isByHand) return;
      const { lng, lat } = map.getCenter();
      this.listener.moved({ lon: lng, lat, zoom: map.getZoom() });
      this.listener.zoomed(map.getZoom());
    });
    map.on('resize', () => this.resized());
    map.once('load', () => {
      this.markSelected(this.content.selected);
      this.isFramed = true;
      this.tellSeen();
    });
  }

  /** The map has another size, or is seen again: what was to be brought into view meanwhile is. */
  private resized(): void {
    this.enclose();
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

  /** An incident lies over its area: a click on it is about the incident alone. */
  private click(event: Pick<MapMouseEvent, 'point'>, how: Picked): void {
    const hit = this.listener.incidentPicked ? incidentAt(this.map, event.point) : null;
    this.listener.incidentPicked?.(hit);
    if (!hit) this.listener.picked(this.codeAt(event), how);
  }

  /** Not before the map stands where it was asked to: the way there is nobody's view. */
  private tellSeen(): void {
    if (this.isFramed && this.isSeen()) this.listener.seen?.(this.map.getBounds().toArray().flat() as unknown as Bounds);
  }

  /** Puts a ring around a place; `null` takes it away. */
  ring(at: readonly [lon: number, lat: number] | null): void {
    this.marker?.remove();
    this.marker = null;
    if (!at) return;
    const element = document.createElement('div');
    element.className = 'incident-ring';
    this.marker = new Marker({ element }).setLngLat([at[0], at[1]]).addTo(this.map);
  }

  /** Marks places by a pin of their kind, in place of those that were marked before. */
  pin(places: readonly { at: readonly [lon: number, lat: number]; kind: string }[]): void {
    for (const marker of this.pins) marker.remove();
    this.pins = places.map(({ at, kind }) => {
      const element = document.createElement('div');
      element.className = `report-pin ${kind}`;
      return new Marker({ element }).setLngLat([at[0], at[1]]).addTo(this.map);
    });
  }

  private hover(event: MapMouseEvent): void {
    const hit = this.listener.incidentPointedAt ? incidentAt(this.map, event.point) : null;
    this.listener.incidentPointedAt?.(hit, event.point);
    if (hit) {
      this.map.getCanvas().style.cursor = 'pointer';
      return this.markHovered(null);
    }
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
    const { tiles } = content.tiles;
    const before = this.map.getSource<VectorTileSource>(AREA_SOURCE)?.tiles ?? tiles;
    if (before.join() !== tiles.join()) this.isExchanging = true;
    if (style !== this.style)
      for (const id of Object.keys(patternsOf(this.style))) if (this.map.hasImage(id)) this.map.removeImage(id);
    // Codes and levels of another map mean other areas.
    if (content.level !== this.content.level) this.paint(null);
    const isRecoloured = content.theme !== this.content.theme || style !== this.style;
    this.content = content;
    this.style = style;
    // A change of the style holds the tiles until it is drawn, and the library forgets that they are others where it hears so
    // meanwhile: so the style comes first, with the addresses that are known, and the other addresses after it.
    this.map.setStyle(mapStyle(style, { ...content, tiles: { ...content.tiles, tiles: before } }), { diff: true });
    // The style may have put another source in its place.
    if (this.isExchanging) this.map.getSource<VectorTileSource>(AREA_SOURCE)?.setTiles(tiles);
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

  /** Frames `extent` and keeps later moves near it. */
  frame(extent: Extent | null): void {
    this.extent = extent;
    if (!extent) return;
    this.map.setMaxBounds(null);
    this.map.setMinZoom(null);
    this.map.jumpTo(this.whole(extent));
    this.enclose();
  }

  /** Shows the part of the map that an address names. */
  look({ lon, lat, zoom }: Camera): void {
    this.map.jumpTo({ center: [lon, lat], zoom });
  }

  /** Goes so close to a place that streets apart are apart on the screen. */
  approach(at: readonly [lon: number, lat: number]): void {
    this.map.easeTo({ center: [at[0], at[1]], zoom: Math.max(this.map.getZoom(), NEAR_ZOOM), duration: 200 });
  }

  private size(): Size {
    const { clientWidth, clientHeight } = this.map.getContainer();
    // Hidden, the drawing library reckons with a size of its own.
    return this.isSeen() ? { width: clientWidth, height: clientHeight } : { width: 400, height: 300 };
  }

  private standpoint(): Standpoint {
    const { lng, lat } = this.map.getCenter();
    return { center: [lng, lat], zoom: this.map.getZoom() };
  }

  /** Where the camera sees the whole of the extent. */
  private whole(extent: Extent): Standpoint {
    return framed(extent, this.size(), this.listener.covered());
  }

  /** Lets nobody get lost in the dark: zooming out ends a little beyond the extent, panning at half a screen beyond. */
  private enclose(): void {
    if (!this.extent) return;
    this.map.setMinZoom(Math.max(0, this.whole(this.extent).zoom - OUTWARD_ZOOM));
    const { width, height } = this.size();
    const [west, south, east, north] = this.extent.bounds;
    const across = Math.max(east - west, ((north - south) * width) / height);
    const up = Math.max(north - south, ((east - west) * height) / width);
    this.map.setMaxBounds([west - across, Math.max(-85, south - up), east + across, Math.min(85, north + up)]);
  }

  /** Zooms by a button: a choice of the reader as much as a turn of the wheel. */
  zoom(by: number): void {
    this.map.zoomTo(this.map.getZoom() + by, { duration: 150 }, { byButton: true });
  }

  /** Goes back to the whole extent. */
  home(): void {
    if (!this.extent) return;
    this.map.once('moveend', () => this.listener.zoomed(this.map.getZoom()));
    this.map.easeTo({ ...this.whole(this.extent), duration: 200 });
  }

  /** Goes back to the whole extent where a part of it lies beyond the edge or under what lies over the map. */
  keepWhole(): void {
    if (!this.extent || !this.isSeen()) return;
    if (!isFramed(this.extent, this.size(), this.listener.covered(), this.standpoint())) this.home();
  }

  /** Brings an area with its name into view, and out from under what lies over the map, without moving when it already is. */
  reveal(bounds: Bounds): void {
    this.unseen = this.isSeen() ? null : bounds;
    if (this.unseen) return;
    const { clientWidth, clientHeight } = this.map.getContainer();
    // Of a map that is just seen again the drawing library learns only with the next picture.
    const { clientWidth: drawnWidth, clientHeight: drawnHeight } = this.map.getCanvas();
    if (drawnWidth !== clientWidth || drawnHeight !== clientHeight) this.map.resize();
    if (this.map.isMoving()) return void this.map.once('moveend', () => this.reveal(bounds));
    const [extent, size, covered, from] = [{ bounds, outline: [] }, this.size(), this.listener.covered(), this.standpoint()];
    if (isFramed(extent, size, covered, from, NAME_ROOM_PX / 2)) return;
    const wish = { mostZoom: from.zoom, aroundPx: NAME_ROOM_PX, from };
    this.map.easeTo({ ...framed(extent, size, covered, wish), duration: 200 });
  }
}
