/** Shapes of invented areas. */

import type { Shape } from '../../src/map/insets';

/** A square by its south-western corner and its side, in degrees. */
export const square = (code: string, west: number, south: number, side: number): Shape => ({
  code,
  rings: [
    [
      [west, south],
      [west + side, south],
      [west + side, south + side],
      [west, south + side],
    ],
  ],
});
