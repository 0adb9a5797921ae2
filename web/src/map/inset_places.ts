/** Where insets stand: in the corners that the map leaves, as long as it need not shrink by more than a little for them. */

import { type Box, type Covered, type Extent, framed, hasPlace, type Size } from './framing';
import { type Inset, insetsOf, insetSize, type Shape } from './insets';

/** The corners in which an inset may stand; the south-east is the legend's. */
export const CORNERS = ['south-west', 'north-east', 'north-west'] as const;
/** One of those corners. */
export type Corner = (typeof CORNERS)[number];

/** An inset in its corner. */
export interface PlacedInset extends Inset {
  corner: Corner;
  /** Of the drawing, without its frame and its title. */
  size: Size;
  /** With both, on the map. */
  box: Box;
}

/** On a narrower map there is no room, and fingers zoom. */
const LEAST_WIDTH_PX = 640;
/** How many times as large as on the map; the first that finds room. */
const FACTORS = [3, 2.5, 2];
/** A title of one line, and the frame. */
const TITLE_PX = 24;
const FRAME_PX = 2;
const ASIDE_PX = 12;
const ABOVE_CAPTION_PX = 10;
/** By how much the map may shrink for an inset. */
const GIVING_WAY_ZOOM = 0.12;
/** A far part has no scale of its own to keep. */
const FAR_PX = { width: 120, height: 84 };
const WORLD_PX = 512;

function boxIn(corner: Corner, size: Size, map: Size, { belowPx, boxes }: Covered): Box {
  const [width, height] = [size.width + FRAME_PX, size.height + TITLE_PX + FRAME_PX];
  const isEast = corner === 'north-east';
  const left = isEast ? map.width - ASIDE_PX - width : ASIDE_PX;
  const right = left + width;
  if (corner === 'south-west') {
    const bottom = map.height - belowPx - ABOVE_CAPTION_PX;
    return { left, right, top: bottom - height, bottom };
  }
  // Below the buttons, which stand in the same corner.
  const above = boxes.filter((box) => isEast && box.right > left && box.bottom < map.height / 2);
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

function sizesOf(inset: Inset, pxPerDegree: number): Size[] {
  return inset.kind === 'far' ? [FAR_PX] : FACTORS.map((factor) => insetSize(inset.bounds, pxPerDegree, factor));
}

/** The insets that find room beside `extent` on a map of `size`, each in a corner of its own. */
export function placedInsets(shapes: Shape[], extent: Extent, size: Size, covered: Covered): PlacedInset[] {
  if (size.width < LEAST_WIDTH_PX) return [];
  const alone = framed(extent, size, covered).zoom;
  const pxPerDegree = (WORLD_PX * 2 ** alone) / 360;
  const placed: PlacedInset[] = [];
  let taken = covered;
  for (const inset of insetsOf(shapes, extent.bounds, pxPerDegree)) {
    const tries = sizesOf(inset, pxPerDegree).flatMap((of) => CORNERS.map((corner) => ({ of, corner })));
    const found = tries.find(({ of, corner }) => {
      const box = boxIn(corner, of, size, covered);
      const beside = { ...taken, boxes: [...taken.boxes, box] };
      return isFree(box, size, taken) && hasPlace(extent, size, beside, alone - GIVING_WAY_ZOOM);
    });
    if (!found) continue;
    const box = boxIn(found.corner, found.of, size, covered);
    placed.push({ ...inset, corner: found.corner, size: found.of, box });
    taken = { ...taken, boxes: [...taken.boxes, box] };
  }
  return placed;
}
