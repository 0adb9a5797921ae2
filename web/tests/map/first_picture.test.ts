import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { seenFrom } from '../../src/parts/map/first_picture';

const SOURCE = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(SOURCE, path), 'utf8');

describe('the first picture', () => {
  // The world at zoom 0 is 512 wide; a drawing of 1,024 units to the world shows twice as many units as there are pixels.
  const placed = { west: 0.25, north: 0.25, worldPx: 1024 };

  it('is seen from the middle of the world as worked by hand', () => {
    const box = seenFrom({ center: [0, 0], zoom: 0 }, { width: 100, height: 50 }, placed);
    expect(box).toEqual({ x: 0.25 * 1024 - 100, y: 0.25 * 1024 - 50, width: 200, height: 100 });
  });

  it('shows half as much one zoom deeper, around the same place', () => {
    const [far, near] = [3, 4].map((zoom) => seenFrom({ center: [108.2, 15.5], zoom }, { width: 640, height: 480 }, placed));
    expect(near!.width).toBeCloseTo(far!.width / 2, 9);
    expect(near!.x + near!.width / 2).toBeCloseTo(far!.x + far!.width / 2, 9);
    expect(near!.y + near!.height / 2).toBeCloseTo(far!.y + far!.height / 2, 9);
  });

  it('is chosen by a script that knows where the page keeps token and colours', () => {
    const script = read('public/first.js');
    for (const [file, key] of [
      ['src/api/token.ts', 'binhyen.token'],
      ['src/view/scheme.ts', 'binhyen.scheme'],
    ] as const) {
      expect(read(file)).toContain(`'${key}'`);
      expect(script).toContain(`'${key}'`);
    }
  });
});
