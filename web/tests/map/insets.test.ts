import { describe, expect, it } from 'vitest';
import { placedInsets } from '../../src/map/inset_places';
import { insetSize, insetsOf, pathIn, type Shape } from '../../src/map/insets';

const square = (code: string, west: number, south: number, side: number): Shape => ({
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
/** Six small areas in two rows, a large one, and an island far off. */
const SHAPES = [
  ...[0, 1, 2].flatMap((column) => [0, 1].map((row) => square(`s${column}${row}`, 1 + column * 0.04, 1 + row * 0.04, 0.04))),
  square('large', 0, 0, 0.9),
  square('far', 6, 1, 0.1),
];
const BOUNDS: [number, number, number, number] = [0, 0, 1.2, 1.2];

describe('insets', () => {
  it('hold the small areas that lie together, and apart from them what lies far off', () => {
    const [dense, far, ...more] = insetsOf(SHAPES, BOUNDS, 500);
    expect(more).toEqual([]);
    expect(dense?.kind).toBe('dense');
    expect(dense?.codes.sort()).toEqual(['s00', 's01', 's10', 's11', 's20', 's21']);
    expect(far).toMatchObject({ kind: 'far', codes: ['far'] });
  });

  it('are none where every area is large enough', () => {
    expect(insetsOf(SHAPES.slice(0, -1), BOUNDS, 2000)).toEqual([]);
  });

  it('are as many times as large as the map', () => {
    expect(insetSize([0, 0, 0.1, 0.05], 400, 3)).toEqual({ width: 120, height: 60 });
  });

  it('draw a ring from the upper left corner of their box', () => {
    const size = { width: 100, height: 100 };
    expect(pathIn(square('', 0, 0, 1).rings[0] ?? [], [0, 0, 1, 1], size)).toBe('M0.0 100.0L100.0 100.0L100.0 0.0L0.0 0.0Z');
    expect(pathIn([], [0, 0, 1, 1], size)).toBe('');
  });

  it('stand where the map leaves room, beside what lies over it, and nowhere on a narrow map', () => {
    const extent = { bounds: BOUNDS, outline: [] };
    const legend = { left: 1000, top: 300, right: 1190, bottom: 590 };
    const covered = { belowPx: 0, boxes: [legend] };
    const placed = placedInsets(SHAPES, extent, { width: 1200, height: 600 }, covered);
    expect(placed.map(({ kind }) => kind)).toEqual(['dense', 'far']);
    for (const { box } of placed) {
      expect(box.right <= legend.left || box.bottom <= legend.top).toBe(true);
      expect(box.left >= 0 && box.top >= 0 && box.right <= 1200 && box.bottom <= 600).toBe(true);
    }
    expect(placedInsets(SHAPES, extent, { width: 600, height: 600 }, covered)).toEqual([]);
  });
});
