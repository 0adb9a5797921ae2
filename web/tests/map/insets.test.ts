import { describe, expect, it } from 'vitest';
import type { AreaRow } from '../../src/api/types';
import { placedInsets } from '../../src/map/inset_places';
import { insetSize, insetsOf, pathIn, type Shape } from '../../src/map/insets';
import { clearWords, namesOf } from '../../src/parts/map/insets';
import { answer } from '../answers';
import { square } from './shapes';

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

  it('are called by the names that everybody knows, and far parts by their own', () => {
    const row = (code: string, name: string): AreaRow => answer<AreaRow>({ code, name });
    const rows = [row('far', 'Đặc khu Hoàng Sa'), row('s00', 'Phường Minh An')];
    const known: { name: string; at: [number, number] }[] = [{ name: 'Hội An', at: [1.05, 1.05] }];
    const drawing = { insets: [], shapes: [], rows, known };
    expect(namesOf({ bounds: [1, 1, 1.1, 1.1], codes: ['s00'] }, drawing)).toEqual(['Hội An']);
    expect(namesOf({ bounds: [6, 1, 6.1, 1.1], codes: ['far'] }, drawing)).toEqual(['Hoàng Sa']);
  });

  it('leave out the name that would touch another one, and keep every letter', () => {
    const at = (x: number, y: number, name: string, letter = 'C'): Parameters<typeof clearWords>[0][number] => ({
      x,
      y,
      letter,
      name,
    });
    const words = clearWords([at(50, 50, 'Gò Nổi'), at(80, 52, 'Nam Phước'), at(200, 50, 'Duy Nghĩa'), at(50, 90, 'Hội An')]);
    expect(words.map(({ name }) => name)).toEqual(['Gò Nổi', '', 'Duy Nghĩa', 'Hội An']);
    expect(words.map(({ letter }) => letter)).toEqual(['C', 'C', 'C', 'C']);
    // A name would lie on the letter of the area below.
    expect(clearWords([at(50, 50, 'Gò Nổi'), at(50, 65, 'Hội An')]).map(({ name }) => name)).toEqual(['', 'Hội An']);
    expect(clearWords([])).toEqual([]);
  });

  it('stand two beside each other where one place alone has room', () => {
    const cluster = (at: number): Shape[] =>
      [0, 1, 2].flatMap((x) => [0, 1].map((y) => square(`${at}-${x}${y}`, at + x * 0.04, 1 + y * 0.04, 0.04)));
    // The land fills the upper half; below it there is room for two, side by side, and none elsewhere.
    const extent = { bounds: [0, 0.9, 4, 1.9] as [number, number, number, number], outline: [] };
    const shapes = [...cluster(1), ...cluster(2.6), square('large', 0, 1.2, 0.7)];
    const placed = placedInsets(shapes, extent, { width: 1000, height: 560 }, { belowPx: 0, boxes: [] });
    expect(placed.map(({ corner }) => corner)).toEqual(['south-west', 'south']);
    const [first, second] = placed;
    expect(second?.box.left).toBeGreaterThan(first?.box.right ?? Infinity);
    expect(second?.box.bottom).toBe(first?.box.bottom);
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
