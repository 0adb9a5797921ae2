/**
 * Which parts of a map are drawn larger beside it: where many areas are too small to be read, and what lies so far off that
 * the frame leaves it out. Pure: shapes and a scale in, boxes in degrees out; where they stand is the page's affair.
 */

import type { Bounds } from '../api/types';
import type { Position } from '../view/find/neighbours';

/** An area with its outer rings. */
export interface Shape {
  code: string;
  rings: Position[][];
}

/** A part of the map that is drawn larger. */
export interface Inset {
  kind: 'dense' | 'far';
  bounds: Bounds;
  codes: string[];
  /** Where there is less room: the fewest of these areas, those that lie closest together. */
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

/** The insets of a map that shows `bounds` at `pxPerDegree` of longitude: the fullest first, what lies far off last. */
export function insetsOf(shapes: Shape[], bounds: Bounds, pxPerDegree: number): Inset[] {
  const [west, south, east, north] = bounds;
  const isFar = ({ rings }: Shape): boolean =>
    rings.flat().every(([lon, lat]) => lon < west || lon > east || lat < south || lat > north);
  const far = shapes.filter((shape) => shape.rings.length > 0 && isFar(shape));
  const near = placedOf(
    shapes.filter((shape) => !far.includes(shape)),
    pxPerDegree,
  );
  const distant = placedOf(far, pxPerDegree);
  return [
    ...denseInsets(near, pxPerDegree),
    ...(distant.length > 0 ? [{ kind: 'far' as const, ...insetAround(distant, pxPerDegree) }] : []),
  ];
}

/** The ring of a shape in an inset of a width and a height, as SVG draws it. */
export function pathIn(ring: Position[], bounds: Bounds, { width, height }: { width: number; height: number }): string {
  const [west, south, east, north] = bounds;
  const [top, bottom] = [stretched(north), stretched(south)];
  const points = ring.map(([lon, lat]) => {
    const x = ((lon - west) / (east - west)) * width;
    const y = ((top - stretched(lat)) / (top - bottom)) * height;
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  });
  return points.length > 0 ? `M${points.join('L')}Z` : '';
}

/** The size of an inset in pixels, `factor` times as large as on the map. */
export function insetSize(bounds: Bounds, pxPerDegree: number, factor: number): { width: number; height: number } {
  const [west, south, east, north] = bounds;
  return {
    width: Math.round((east - west) * pxPerDegree * factor),
    height: Math.round((stretched(north) - stretched(south)) * pxPerDegree * factor),
  };
}
