import { describe, expect, it } from 'vitest';
import { fittingHeight } from '../../src/parts/print/paper_maps';
import { around } from '../../src/view/share/bare_map';

describe('a map on paper', () => {
  it('is asked for so high that it fills its room, whatever the lines around it take', () => {
    // Asked 800 × 700, the map came out 500 high (in units of 0.8 pixels: 1000 × 625): 200 went to the lines.
    expect(fittingHeight(700, { width: 1000, height: 625 }, 1000, { width: 800, height: 600 })).toBe(800);
    expect(fittingHeight(700, { width: 800, height: 600 }, 800, { width: 800, height: 600 })).toBe(700);
    expect(fittingHeight(2390, { width: 800, height: 10 }, 800, { width: 800, height: 600 })).toBe(2400);
  });
});

describe('the box around areas', () => {
  it('holds all that have a size', () => {
    const boxes = [
      { x: 10, y: 20, width: 30, height: 5 },
      { x: 0, y: 30, width: 5, height: 40 },
      { x: -99, y: -99, width: 0, height: 0 },
    ];
    expect(around(boxes)).toEqual({ x: 0, y: 20, width: 40, height: 50 });
    expect(around([])).toBeNull();
  });
});
