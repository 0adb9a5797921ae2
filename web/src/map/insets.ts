/**
 * Which parts of a map are drawn larger beside it: where many areas are too small to be read, and what lies so far off that
 * the frame leaves it out. Pure: shapes and a scale in, boxes in degrees out; where they stand is the page's affair.
 */

import type { Bounds } from '../api/types';
import type { Position } from '../view/find/neighbours';
import type { Size } from './framing';

/** An area with its outer rings. */
export interface Shape {
  code: string;
  rings: Position[][];
}

/** A part of the map that is drawn beside it: small areas that lie together, those far off, or the sea with the islands far out. */
export interface Inset {
  kind: 'dense' | 'far' | 'sea';
  bounds: Bounds;
  codes: string[];
  /** Where there is less room: of small areas the fewest, those that lie closest together; of the sea only its areas. */
  closest?: Pick<Inset, 'bounds' | 'codes'>;
}

/** Below this side an area is too small for its letter and its name. */
const SMALL_PX = 38;
/** What one window takes in at most, on the map itself. */
const WINDOW_PX = { width: 104, height: 66 };
const MOST_DENSE = 2;
/** Fewer small areas are no reason for an inset. */
const FEWEST = 3;
const MARGIN_PX = 2;
/** Above so many small areas nobody is helped by two windows, and looking for them takes long. */
const MOST_SMALL = 300;
const DISC_POINTS = 12;

interface Placed {
  code: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Degrees of latitude as they are drawn, in the unit of degrees of longitude. */
function stretched(lat: number): number {
  return (Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) * 180) / Math.PI;
}

function relaxed(y: number): number {
  return (Math.atan(Math.sinh((y * Math.PI) / 180)) * 180) / Math.PI;
}

/** The boxes of shapes in pixels, x eastward and y southward. */
function placedOf(shapes: Shape[], pxPerDegree: number): Placed[] {
  return shapes.flatMap(({ code, rings }) => {
    const points = rings.flat();
    if (points.length === 0) return [];
    const xs = points.map(([lon]) => lon * pxPerDegree);
    const ys = points.map(([, lat]) => -stretched(lat) * pxPerDegree);
    return [{ code, left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) }];
  });
}

function around(boxes: Placed[], pxPerDegree: number): Bounds {
  const [west, east] = [Math.min(...boxes.map(({ left }) => left)), Math.max(...boxes.map(({ right }) => right))];
  const [north, south] = [Math.min(...boxes.map(({ top }) => top)), Math.max(...boxes.map(({ bottom }) => bottom))];
  return [
    (west - MARGIN_PX) / pxPerDegree,
    relaxed(-(south + MARGIN_PX) / pxPerDegree),
    (east + MARGIN_PX) / pxPerDegree,
    relaxed(-(north - MARGIN_PX) / pxPerDegree),
  ];
}

/** The area of the box around some boxes. */
function spread(boxes: Placed[]): number {
  const wide = Math.max(...boxes.map(({ right }) => right)) - Math.min(...boxes.map(({ left }) => left));
  return wide * (Math.max(...boxes.map(({ bottom }) => bottom)) - Math.min(...boxes.map(({ top }) => top)));
}

/** The window that takes in most of the small areas: one of them at its left edge, one at its upper; of equals the closest. */
function fullest(small: Placed[]): Placed[] {
  let best: Placed[] = [];
  for (const { left } of small)
    for (const { top } of small) {
      const [right, bottom] = [left + WINDOW_PX.width, top + WINDOW_PX.height];
      const within = small.filter((box) => box.left >= left && box.top >= top && box.right <= right && box.bottom <= bottom);
      const isCloser = within.length === best.length && within.length > 0 && spread(within) < spread(best);
      if (within.length > best.length || isCloser) best = within;
    }
  return best;
}

/** As few of the boxes as an inset holds, each time without the one that lies farthest out. */
function closest(boxes: Placed[]): Placed[] {
  let left = boxes;
  while (left.length > FEWEST) {
    const without = left.map((box) => left.filter((other) => other !== box));
    left = without.reduce((best, next) => (spread(next) < spread(best) ? next : best));
  }
  return left;
}

function insetAround(boxes: Placed[], pxPerDegree: number): Pick<Inset, 'bounds' | 'codes'> {
  return { bounds: around(boxes, pxPerDegree), codes: boxes.map(({ code }) => code) };
}

function denseInsets(boxes: Placed[], pxPerDegree: number): Inset[] {
  const isSmall = ({ left, right, top, bottom }: Placed): boolean => Math.sqrt((right - left) * (bottom - top)) < SMALL_PX;
  let small = boxes.filter(isSmall);
  const found: Inset[] = [];
  while (small.length <= MOST_SMALL && found.length < MOST_DENSE) {
    const within = fullest(small);
    if (within.length < FEWEST) break;
    const fewer = closest(within);
    found.push({
      ...{ kind: 'dense', ...insetAround(within, pxPerDegree) },
      ...(fewer.length < within.length && { closest: insetAround(fewer, pxPerDegree) }),
    });
    small = small.filter((box) => !within.includes(box));
  }
  return found;
}

/** Whether a place lies in a box. */
export function isWithin([lon, lat]: Position, [west, south, east, north]: Bounds): boolean {
  return lon >= west && lon <= east && lat >= south && lat <= north;
}

function areApart(a: Bounds, b: Bounds): boolean {
  return a[2] < b[0] || a[0] > b[2] || a[3] < b[1] || a[1] > b[3];
}

/** The sea with the areas that lie in it. */
function seaInset(sea: Bounds, areas: Shape[], pxPerDegree: number): Inset {
  const boxes = placedOf(areas, pxPerDegree);
  const closest = boxes.length > 0 && { closest: insetAround(boxes, pxPerDegree) };
  return { kind: 'sea', bounds: sea, codes: areas.map(({ code }) => code), ...closest };
}

/**
 * The insets of a map that shows `bounds` at `pxPerDegree` of longitude: the fullest first, then what lies far off, and last
 * `sea`, the sea with the islands far out, where it lies beyond the map.
 */
export function insetsOf(shapes: Shape[], bounds: Bounds, pxPerDegree: number, sea: Bounds | null = null): Inset[] {
  const beyond = sea && areApart(sea, bounds) ? sea : null;
  const far = shapes.filter(({ rings }) => rings.length > 0 && !rings.flat().some((at) => isWithin(at, bounds)));
  const atSea = far.filter(({ rings }) => beyond !== null && rings.flat().every((at) => isWithin(at, beyond)));
  const near = placedOf(
    shapes.filter((shape) => !far.includes(shape)),
    pxPerDegree,
  );
  const distant = placedOf(
    far.filter((shape) => !atSea.includes(shape)),
    pxPerDegree,
  );
  return [
    ...denseInsets(near, pxPerDegree),
    ...(distant.length > 0 ? [{ kind: 'far' as const, ...insetAround(distant, pxPerDegree) }] : []),
    ...(beyond ? [seaInset(beyond, atSea, pxPerDegree)] : []),
  ];
}

/** A point in an inset, in pixels from its upper left corner. */
type Point = [x: number, y: number];

/** Where a place is drawn in an inset of a size, from its upper left corner. */
export function pointIn([lon, lat]: Position, bounds: Bounds, { width, height }: Size): Point {
  const [west, south, east, north] = bounds;
  const [top, bottom] = [stretched(north), stretched(south)];
  return [((lon - west) / (east - west)) * width, ((top - stretched(lat)) / (top - bottom)) * height];
}

function svgPath(points: Point[]): string {
  return points.length > 0 ? `M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}Z` : '';
}

/** The ring of a shape in an inset of a size, as SVG draws it. */
export function pathIn(ring: Position[], bounds: Bounds, size: Size): string {
  return svgPath(ring.map((at) => pointIn(at, bounds, size)));
}

function discAround([x, y]: Point, side: number): Point[] {
  const turns = Array.from({ length: DISC_POINTS }, (_, index) => (index * 2 * Math.PI) / DISC_POINTS);
  return turns.map((turn) => [x + (Math.cos(turn) * side) / 2, y + (Math.sin(turn) * side) / 2]);
}

/** The rings of islands; one that would be smaller than `leastPx` is a disc of that width, where no other disc is already. */
export function islandPathIn(rings: Position[][], bounds: Bounds, size: Size, leastPx: number): string {
  const discs: Point[] = [];
  const paths = rings
    .filter(({ length }) => length > 0)
    .map((ring) => {
      const points = ring.map((at) => pointIn(at, bounds, size));
      const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
      const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
      if (right - left >= leastPx || bottom - top >= leastPx) return svgPath(points);
      const middle: Point = [(left + right) / 2, (top + bottom) / 2];
      if (discs.some(([x, y]) => Math.hypot(x - middle[0], y - middle[1]) < leastPx)) return '';
      discs.push(middle);
      return svgPath(discAround(middle, leastPx));
    });
  return paths.join('');
}

/** The size of an inset in pixels, `factor` times as large as on the map. */
export function insetSize(bounds: Bounds, pxPerDegree: number, factor: number): Size {
  const [west, south, east, north] = bounds;
  return {
    width: Math.round((east - west) * pxPerDegree * factor),
    height: Math.round((stretched(north) - stretched(south)) * pxPerDegree * factor),
  };
}
