/** Where insets stand: in the corners that the map leaves, as long as it need not shrink by more than a little for them. */

import type { Bounds } from '../api/types';
import { type Box, type Covered, type Extent, framed, hasPlace, type Size } from './framing';
import { type Inset, insetsOf, insetSize, type Shape } from './insets';

/** Where an inset may stand: in a corner, or in the south beside the one in the south-west; the south-east is the legend's. */
const CORNERS = ['south-west', 'south', 'north-east', 'north-west'] as const;
/** Where the sea may stand: over the sea first, below or beside the buttons there. */
const SEA_CORNERS = ['north-east', 'north', 'south-west', 'south', 'north-west'] as const;
/** One of those corners. */
export type Corner = (typeof CORNERS | typeof SEA_CORNERS)[number];

/** An inset in its corner. */
export interface PlacedInset extends Inset {
  corner: Corner;
  /** Of the drawing, without its frame and its title. */
  size: Size;
  /** With both, on the map. */
  box: Box;
}

/** On a narrower map there is no room for any, and fingers zoom. */
const LEAST_WIDTH_PX = 560;
/** On a narrower map the sea alone has room. */
const DENSE_FROM_PX = 640;
/** How many times as large as on the map; the first that finds room. */
const FACTORS = [3, 2.5, 2];
/** A title of one line, which the sea has in its water, and the frame. */
const TITLE_PX = 24;
const FRAME_PX = 2;
const ASIDE_PX = 12;
const ABOVE_CAPTION_PX = 10;
/** By how much the map may shrink for an inset. */
const GIVING_WAY_ZOOM = 0.12;
/** A far part has no scale of its own to keep. */
const FAR_PX = { width: 120, height: 84 };
/** The sea is as wide as the names of its islands. */
const SEA_WIDTH_PX = 150;
const WORLD_PX = 512;

/** The left edge of an inset: in the south and in the north that of the room beside what stands in their corners. */
function leftOf(corner: Corner, width: number, map: Size, boxes: readonly Box[], placed: readonly PlacedInset[]): number {
  if (corner === 'north-east') return map.width - ASIDE_PX - width;
  if (corner === 'north') {
    const beside = boxes.filter((box) => box.left > map.width / 2 && box.bottom < map.height / 2);
    return Math.min(map.width, ...beside.map(({ left }) => left)) - ASIDE_PX - width;
  }
  const beside = corner === 'south' ? placed.filter((inset) => inset.corner === 'south-west') : [];
  return Math.max(0, ...beside.map(({ box }) => box.right)) + ASIDE_PX;
}

/** The size of a drawing with its frame and its title. */
function framedSize({ kind }: Inset, { width, height }: Size): Size {
  return { width: width + FRAME_PX, height: height + FRAME_PX + (kind === 'sea' ? 0 : TITLE_PX) };
}

function boxIn(corner: Corner, size: Size, map: Size, { belowPx, boxes }: Covered, placed: readonly PlacedInset[]): Box {
  const { width, height } = size;
  const left = leftOf(corner, width, map, boxes, placed);
  const right = left + width;
  if (corner === 'south-west' || corner === 'south') {
    const bottom = map.height - belowPx - ABOVE_CAPTION_PX;
    return { left, right, top: bottom - height, bottom };
  }
  // Below the buttons, which stand in the same corner.
  const above = boxes.filter((box) => corner === 'north-east' && box.right > left && box.bottom < map.height / 2);
  const top = Math.max(ASIDE_PX, ...above.map((box) => box.bottom + ASIDE_PX));
  return { left, right, top, bottom: top + height };
}

/** Whether a box lies on the map and over none of the others. */
function isFree(box: Box, map: Size, { belowPx, boxes }: Covered): boolean {
  const isWithin = box.left >= 0 && box.top >= 0 && box.right <= map.width && box.bottom <= map.height - belowPx;
  const isBeside = (other: Box): boolean =>
    box.right <= other.left || box.left >= other.right || box.bottom <= other.top || box.top >= other.bottom;
  return isWithin && boxes.every(isBeside);
}

/** What is asked of a place: the map, what it shows, what lies over it already, and how far it may shrink. */
interface Room {
  extent: Extent;
  size: Size;
  covered: Covered;
  leastZoom: number;
}

/** The first corner in which an inset of a size finds room beside those placed before; `null` where none does. */
function placeOf(inset: Inset, of: Size, placed: readonly PlacedInset[], room: Room): PlacedInset | null {
  const { extent, size, covered, leastZoom } = room;
  const taken = { ...covered, boxes: [...covered.boxes, ...placed.map(({ box }) => box)] };
  for (const corner of inset.kind === 'sea' ? SEA_CORNERS : CORNERS) {
    const box = boxIn(corner, framedSize(inset, of), size, covered, placed);
    const beside = { ...taken, boxes: [...taken.boxes, box] };
    if (isFree(box, size, taken) && hasPlace(extent, size, beside, leastZoom)) return { ...inset, corner, size: of, box };
  }
  return null;
}

/** All of some insets, as large as they find room together, each as many times as the others; `null` where they do not. */
function together(insets: Inset[], room: Room, pxPerDegree: number): PlacedInset[] | null {
  for (const factor of FACTORS) {
    const placed: PlacedInset[] = [];
    for (const inset of insets) {
      const found = placeOf(inset, insetSize(inset.bounds, pxPerDegree, factor), placed, room);
      if (!found) break;
      placed.push(found);
    }
    if (placed.length === insets.length) return placed;
  }
  return null;
}

/** What may be shown of the dense insets, the most first: all whole, the later ones closer, only the fullest. */
function choicesOf(dense: Inset[]): Inset[][] {
  const [first, ...others] = dense;
  if (!first) return [];
  const closer = others.map((inset) => ({ ...inset, ...inset.closest }));
  return [dense, [first, ...closer], [first]].slice(others.length > 0 ? 0 : 2);
}

/** What lies far off in its place; where the sea has no room, the areas in it alone may have. */
function apartOf(inset: Inset, placed: readonly PlacedInset[], room: Room): PlacedInset | null {
  const { kind, bounds, closest } = inset;
  if (kind !== 'sea') return placeOf(inset, FAR_PX, placed, room);
  const [west, , east] = bounds;
  const sea = placeOf(inset, insetSize(bounds, SEA_WIDTH_PX / (east - west), 1), placed, room);
  return sea ?? (closest ? placeOf({ kind: 'far', ...closest }, FAR_PX, placed, room) : null);
}

/** Those of `insets` that find room beside dense ones in their places. */
function withApart(insets: Inset[], dense: readonly PlacedInset[], room: Room): PlacedInset[] {
  const placed = [...dense];
  for (const inset of insets) {
    const found = apartOf(inset, placed, room);
    if (found) placed.push(found);
  }
  return placed;
}

/**
 * The insets that find room beside `extent` on a map of `size`: the fullest of the dense ones, what lies far off, `sea`, the sea
 * with the islands far out, and as many more of the dense ones as leave it room.
 */
export function placedInsets(
  shapes: Shape[],
  extent: Extent,
  size: Size,
  covered: Covered,
  sea: Bounds | null = null,
): PlacedInset[] {
  if (size.width < LEAST_WIDTH_PX) return [];
  const alone = framed(extent, size, covered).zoom;
  const pxPerDegree = (WORLD_PX * 2 ** alone) / 360;
  const room = { extent, size, covered, leastZoom: alone - GIVING_WAY_ZOOM };
  const insets = insetsOf(shapes, extent.bounds, pxPerDegree, sea);
  const dense = size.width < DENSE_FROM_PX ? [] : insets.filter(({ kind }) => kind === 'dense');
  const apart = insets.filter(({ kind }) => kind !== 'dense');
  const found = choicesOf(dense).flatMap((choice) => {
    const placed = together(choice, room, pxPerDegree);
    return placed ? [withApart(apart, placed, room)] : [];
  });
  const hasAllApart = (placed: PlacedInset[]): boolean =>
    apart.every(({ kind, codes }) => placed.some((inset) => inset.kind === kind && inset.codes === codes));
  return found.find(hasAllApart) ?? found[0] ?? withApart(apart, [], room);
}
