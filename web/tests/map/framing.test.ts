import { describe, expect, it } from 'vitest';
import { type Box, type Extent, framed, isFramed, type Standpoint, UNCOVERED } from '../../src/map/framing';

// A square of one degree on the equator, where a degree of latitude is as long as one of longitude to four digits.
const SQUARE: Extent = { bounds: [0, 0, 1, 1], outline: [] };
/** Its half to the north-west of the diagonal: the south-east of its box is sea. */
const TRIANGLE: Extent = {
  bounds: [0, 0, 1, 1],
  outline: [
    [
      [0, 0],
      [0, 1],
      [1, 1],
      [0, 0],
    ],
  ],
};
const SIZE = { width: 548, height: 548 };
const pxPerDegree = ({ zoom }: Standpoint): number => (512 * 2 ** zoom) / 360;
const legend: Box = { left: 400, top: 400, right: 540, bottom: 540 };

describe('framing', () => {
  it('fills the room between the margins', () => {
    const found = framed(SQUARE, SIZE, UNCOVERED);
    expect(pxPerDegree(found)).toBeCloseTo(500, 0);
    expect(found.center[0]).toBeCloseTo(0.5, 6);
    expect(found.center[1]).toBeCloseTo(0.5, 3);
  });

  it('leaves the foot to what covers it', () => {
    const found = framed(SQUARE, SIZE, { belowPx: 200, boxes: [] });
    expect(pxPerDegree(found)).toBeCloseTo(300, 0);
    expect(isFramed(SQUARE, SIZE, { belowPx: 200, boxes: [] }, found)).toBe(true);
  });

  it('lets a legend lie in the empty corner of the box', () => {
    const covered = { belowPx: 0, boxes: [legend] };
    const found = framed(TRIANGLE, SIZE, covered);
    expect(pxPerDegree(found)).toBeGreaterThan(pxPerDegree(framed(SQUARE, SIZE, covered)) * 1.2);
    expect(isFramed(TRIANGLE, SIZE, covered, found)).toBe(true);
    expect(isFramed(SQUARE, SIZE, covered, found)).toBe(false);
  });

  it('gives way no further than it may, and then lets the boxes lie', () => {
    const covered = { belowPx: 0, boxes: [{ left: 0, top: 0, right: 548, bottom: 548 }] };
    expect(framed(SQUARE, SIZE, covered)).toEqual(framed(SQUARE, SIZE, UNCOVERED));
  });

  it('moves no further than it must, and not nearer than asked', () => {
    const from: Standpoint = { center: [0.5, 0.5], zoom: 8 };
    const small: Extent = { bounds: [0.9, 0.02, 0.92, 0.04], outline: [] };
    const covered = { belowPx: 300, boxes: [] };
    const found = framed(small, SIZE, covered, { mostZoom: 8, aroundPx: 44, from });
    expect(found.zoom).toBeCloseTo(8, 6);
    expect(isFramed(small, SIZE, covered, from)).toBe(false);
    expect(isFramed(small, SIZE, covered, found)).toBe(true);
    const [east, south] = [found.center[0] - from.center[0], from.center[1] - found.center[1]];
    expect(east).toBeGreaterThan(-1e-9);
    expect(south).toBeGreaterThan(0);
    expect(isFramed(small, SIZE, covered, found, 60)).toBe(false);
  });

  it('knows a box that lies wholly within an area', () => {
    const within = { belowPx: 0, boxes: [{ left: 250, top: 250, right: 260, bottom: 260 }] };
    expect(isFramed(SQUARE, SIZE, within, framed(SQUARE, SIZE, UNCOVERED))).toBe(false);
  });

  it('passes over what lies far outside the box, as islands beyond the sea', () => {
    const [ring] = TRIANGLE.outline;
    const far: [number, number][] = [
      [5, 1],
      [5.1, 1],
      [5.1, 1.1],
    ];
    expect(framed({ ...TRIANGLE, outline: [ring ?? [], far] }, SIZE, UNCOVERED)).toEqual(framed(TRIANGLE, SIZE, UNCOVERED));
  });
});
