/**
 * Where the camera stands so that the whole of an outline is seen and nothing that lies over the map lies over it: the
 * nearest zoom at which the outline can be put beside every box, and of the places there the one nearest to the middle.
 * Pure: positions and boxes in, centre and zoom out.
 */

import type { Bounds } from '../api/types';
import type { Position } from '../view/find/neighbours';

/** What is to be seen: the box around it, and its outer rings where they are known. */
export interface Extent {
  bounds: Bounds;
  outline: Position[][];
}

/** A box on the map in CSS pixels from its upper left corner. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** What lies over the map: a strip along its foot, and boxes elsewhere. */
export interface Covered {
  belowPx: number;
  boxes: Box[];
}

/** Nothing lies over the map. */
export const UNCOVERED: Covered = { belowPx: 0, boxes: [] };

/** The size of a map in CSS pixels. */
export interface Size {
  width: number;
  height: number;
}

/** Where a camera stands. */
export interface Standpoint {
  center: Position;
  zoom: number;
}

/** How a camera is to be found: no nearer than a zoom, with room around, and with as little way as can be from where it stands. */
export interface Wish {
  mostZoom?: number;
  aroundPx?: number;
  from?: Standpoint;
}

/** A point on the unit square of the Mercator projection. */
interface Unit {
  x: number;
  y: number;
}

/** The side of the world at zoom 0 in CSS pixels. */
const WORLD_PX = 512;
const AROUND_PX = 24;
/** Room between the outline and a box over the map. */
const BESIDE_PX = 10;
/** How far the map may shrink to make room; beyond that the boxes are let lie over it. */
const GIVING_WAY_ZOOM = 0.7;
const HALVINGS = 7;
/** Places tried along each side, and where only whether there is one is asked. */
const PLACES = 13;
const PLACES_AT_LEAST = 7;
/** Vertices of a ring that are looked at; between them the edges are. */
const MOST_VERTICES = 500;

function unitOf([lon, lat]: Position): Unit {
  const sine = Math.sin((lat * Math.PI) / 180);
  return { x: lon / 360 + 0.5, y: 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI) };
}

function lonLatOf({ x, y }: Unit): Position {
  return [(x - 0.5) * 360, (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI];
}

function cornersOf([west, south, east, north]: Bounds): Position[] {
  return [
    [west, north],
    [east, north],
    [east, south],
    [west, south],
  ];
}

/** The rings of an extent within its box, thinned; the box itself where none is known. */
function ringsOf({ bounds, outline }: Extent): Unit[][] {
  const [west, south, east, north] = bounds;
  const isNear = ([lon, lat]: Position): boolean => lon >= west && lon <= east && lat >= south && lat <= north;
  const near = outline.filter((ring) => ring.some(isNear));
  const thinned = near.map((ring) => {
    const step = Math.ceil(ring.length / MOST_VERTICES);
    return ring.filter((_, index) => index % step === 0).map(unitOf);
  });
  return thinned.length > 0 ? thinned : [cornersOf(bounds).map(unitOf)];
}

/** Whether the segment from `a` to `b` has a point in `box` (Liang & Barsky, 1984). */
function enters(box: Box, a: Unit, b: Unit): boolean {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  let [from, to] = [0, 1];
  for (const [step, room] of [
    [-dx, a.x - box.left],
    [dx, box.right - a.x],
    [-dy, a.y - box.top],
    [dy, box.bottom - a.y],
  ] as const) {
    if (step === 0) {
      if (room < 0) return false;
    } else if (step < 0) from = Math.max(from, room / step);
    else to = Math.min(to, room / step);
  }
  return from <= to;
}

function holds(ring: Unit[], { x, y }: Unit): boolean {
  let inside = false;
  for (const [index, a] of ring.entries()) {
    const b = ring.at(index - 1) ?? a;
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
}

/** A ring with the box around it. */
interface Ring {
  points: Unit[];
  around: Box;
}

function ringAround(points: Unit[]): Ring {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const around = { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
  return { points, around };
}

/** Whether a ring covers any part of `box`. */
function touches({ points: ring, around }: Ring, box: Box): boolean {
  // Most boxes lie beside the ring as a whole.
  if (box.right < around.left || box.left > around.right || box.bottom < around.top || box.top > around.bottom) return false;
  if (ring.some((point, index) => enters(box, ring.at(index - 1) ?? point, point))) return true;
  return holds(ring, { x: box.left, y: box.top });
}

function widened({ left, top, right, bottom }: Box, by: number): Box {
  return { left: left - by, top: top - by, right: right + by, bottom: bottom + by };
}

/** The rings on the unit square with the box around them. */
interface Figure {
  rings: Ring[];
  west: number;
  north: number;
  width: number;
  height: number;
}

function figureOf(extent: Extent): Figure {
  const rings = ringsOf(extent).map(ringAround);
  const { left, top, right, bottom } = ringAround(rings.flatMap(({ points }) => points)).around;
  return { rings, west: left, north: top, width: right - left, height: bottom - top };
}

/** Where the upper left corner of the figure may stand, and where it would best. */
interface Search {
  room: Box;
  boxes: Box[];
  /** `null`: in the middle of the room. */
  wanted: ((scale: number) => Unit) | null;
  places?: number;
}

/** The steps from 0 to `room`. */
function stepsOf(room: number, places: number): number[] {
  return Array.from({ length: places }, (_, index) => (room * index) / (places - 1));
}

/** The corner at which the figure stands clear of all boxes at a scale, nearest to the wanted one; `null` without one. */
function placeOf(figure: Figure, scale: number, { room, boxes, wanted, places = PLACES }: Search): Unit | null {
  const spare = {
    x: room.right - room.left - figure.width * scale,
    y: room.bottom - room.top - figure.height * scale,
  };
  if (spare.x < -0.5 || spare.y < -0.5) return null;
  const best = wanted?.(scale) ?? { x: room.left + spare.x / 2, y: room.top + spare.y / 2 };
  const nearest = {
    x: Math.min(Math.max(best.x, room.left), room.left + spare.x),
    y: Math.min(Math.max(best.y, room.top), room.top + spare.y),
  };
  const grid = stepsOf(spare.x, places).flatMap((x) =>
    stepsOf(spare.y, places).map((y) => ({ x: room.left + x, y: room.top + y })),
  );
  const aside = ({ x, y }: Unit): number => Math.hypot(x - nearest.x, y - nearest.y);
  const corners = [nearest, ...grid.sort((a, b) => aside(a) - aside(b))];
  return corners.find((corner) => isClear(figure, scale, corner, boxes)) ?? null;
}

function isClear({ rings, west, north }: Figure, scale: number, corner: Unit, boxes: Box[]): boolean {
  // The boxes are brought to the rings: there are far fewer of them.
  const there = boxes.map((box) => ({
    left: (box.left - corner.x) / scale + west,
    right: (box.right - corner.x) / scale + west,
    top: (box.top - corner.y) / scale + north,
    bottom: (box.bottom - corner.y) / scale + north,
  }));
  return !there.some((box) => rings.some((ring) => touches(ring, box)));
}

function roomIn({ width, height }: Size, { belowPx }: Covered, aroundPx: number): Box {
  const free = Math.max(height - belowPx, height / 4);
  const [across, up] = [Math.min(aroundPx, width / 6), Math.min(aroundPx, free / 6)];
  return { left: across, top: up, right: width - across, bottom: free - up };
}

function standpointAt({ west, north }: Figure, scale: number, corner: Unit, { width, height }: Size): Standpoint {
  const center = lonLatOf({ x: west + (width / 2 - corner.x) / scale, y: north + (height / 2 - corner.y) / scale });
  return { center, zoom: Math.log2(scale / WORLD_PX) };
}

/** Where the upper left corner of a figure is seen by a camera, at the camera's scale or at another one about its centre. */
function cornerFrom({ center, zoom }: Standpoint, figure: Figure, { width, height }: Size, scale = WORLD_PX * 2 ** zoom): Unit {
  const centre = unitOf(center);
  return { x: width / 2 + (figure.west - centre.x) * scale, y: height / 2 + (figure.north - centre.y) * scale };
}

/** The camera that sees the whole of `extent` on a map of `size`, beside all that lies over the map. */
export function framed(extent: Extent, size: Size, covered: Covered, wish: Wish = {}): Standpoint {
  const { mostZoom = Infinity, aroundPx = AROUND_PX, from } = wish;
  const figure = figureOf(extent);
  const room = roomIn(size, covered, aroundPx);
  const boxes = covered.boxes.map((box) => widened(box, BESIDE_PX));
  const wanted = from ? (scale: number): Unit => cornerFrom(from, figure, size, scale) : null;
  const fitting = Math.min((room.right - room.left) / figure.width, (room.bottom - room.top) / figure.height);
  const nearest = Math.min(Math.log2(fitting), Math.log2(WORLD_PX) + mostZoom);
  const found = largestPlace(nearest, (zoom) => placeOf(figure, 2 ** zoom, { room, boxes, wanted }));
  if (found) return standpointAt(figure, 2 ** found.zoom, found.corner, size);
  const corner = placeOf(figure, 2 ** nearest, { room, boxes: [], wanted }) ?? { x: room.left, y: room.top };
  return standpointAt(figure, 2 ** nearest, corner, size);
}

/** The largest scale up to `nearest`, as a power of two, that has a place; by halving, since less needs less room. */
function largestPlace(nearest: number, placeAt: (zoom: number) => Unit | null): { zoom: number; corner: Unit } | null {
  const first = placeAt(nearest);
  if (first) return { zoom: nearest, corner: first };
  let [low, high] = [nearest - GIVING_WAY_ZOOM, nearest];
  let corner = placeAt(low);
  if (!corner) return null;
  for (let step = 0; step < HALVINGS; step += 1) {
    const middle = (low + high) / 2;
    const place = placeAt(middle);
    if (place) [low, corner] = [middle, place];
    else high = middle;
  }
  return { zoom: low, corner };
}

/** Whether the whole of `extent` can be seen at a zoom beside all that lies over the map. */
export function hasPlace(extent: Extent, size: Size, covered: Covered, zoom: number): boolean {
  const boxes = covered.boxes.map((box) => widened(box, BESIDE_PX));
  const search = { room: roomIn(size, covered, AROUND_PX), boxes, wanted: null, places: PLACES_AT_LEAST };
  return placeOf(figureOf(extent), WORLD_PX * 2 ** zoom, search) !== null;
}

/** Whether `extent`, seen from `from` on a map of `size`, is seen whole, `marginPx` from every edge and beside all boxes. */
export function isFramed(extent: Extent, size: Size, covered: Covered, from: Standpoint, marginPx = 0): boolean {
  const figure = figureOf(extent);
  const scale = WORLD_PX * 2 ** from.zoom;
  const corner = cornerFrom(from, figure, size);
  const isInside =
    corner.x >= marginPx &&
    corner.y >= marginPx &&
    corner.x + figure.width * scale <= size.width - marginPx &&
    corner.y + figure.height * scale <= size.height - covered.belowPx - marginPx;
  const boxes = covered.boxes.map((box) => widened(box, marginPx));
  return isInside && isClear(figure, scale, corner, boxes);
}
