import { describe, expect, it } from 'vitest';
import { clearFrom, type Lettered } from '../../src/map/lettering';

const letter = (code: string, lon: number, width: Lettered['width'] = 'letter'): Lettered => ({ code, at: [lon, 0], width });

describe('the room of letters', () => {
  it('is everywhere for the first, and for the next from where both stand side by side', () => {
    // 17 px apart are 17 × 360 / 512 degrees at zoom 0, half as many at zoom 1.
    const apart = (17 * 360) / 512 / 2;
    const zooms = clearFrom([letter('a', 0), letter('b', apart)]);
    expect(zooms.get('a')).toBeLessThanOrEqual(0);
    expect(zooms.get('b')).toBeCloseTo(1, 9);
  });

  it('is wider for a range', () => {
    const [narrow, wide] = [clearFrom([letter('a', 0), letter('b', 1)]), clearFrom([letter('a', 0), letter('b', 1, 'range')])];
    expect(wide.get('b')).toBeGreaterThan(narrow.get('b') ?? Infinity);
  });

  it('is nowhere for two at one point', () => {
    expect(clearFrom([letter('a', 0), letter('b', 0)]).get('b')).toBe(24);
  });

  it('of no letters is nothing', () => {
    expect(clearFrom([]).size).toBe(0);
  });
});
