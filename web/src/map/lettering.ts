/**
 * From which zoom on each letter has room beside those of larger areas. The drawing library cannot say it: an area's letter is
 * one of five symbols at the same point, so they must not push each other away.
 */

import type { Position } from '../view/find/neighbours';

/** A letter, or the two ends of a range, at a point. */
export interface Lettered {
  code: string;
  at: Position;
  /** The width of what is written there. */
  width: 'letter' | 'range';
}

/** What a letter takes with its halo, at the size in which it is written. */
const WIDTH_PX = { letter: 17, range: 36 };
const HEIGHT_PX = 19;
const WORLD_PX = 512;
const NEAREST = 24;

function placed({ at: [lon, lat], width }: Lettered): { x: number; y: number; width: number } {
  const y = Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI);
  return { x: lon / 360, y, width: WIDTH_PX[width] };
}

/** The zoom from which each letter stands clear of all before it, by code; `letters` come with the most important first. */
export function clearFrom(letters: readonly Lettered[]): Map<string, number> {
  const points = letters.map(placed);
  const zooms = points.map((point, index) => {
    let scale = 0;
    for (const other of points.slice(0, index)) {
      const across = (point.width + other.width) / 2 / Math.abs(point.x - other.x);
      const up = HEIGHT_PX / Math.abs(point.y - other.y);
      scale = Math.max(scale, Math.min(across, up));
    }
    return Math.min(NEAREST, Math.log2(Math.max(scale, 1) / WORLD_PX));
  });
  return new Map(letters.map(({ code }, index) => [code, zooms[index] ?? 0]));
}
