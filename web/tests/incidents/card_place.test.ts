import { describe, expect, it } from 'vitest';
import { besideMark, markOf, pointOn } from '../../src/parts/incidents/card_place';
import type { IncidentHit } from '../../src/map/incidents/hits';

const MAP = { width: 760, height: 600 };
const CARD = { width: 272, height: 240 };
const SEEN: [number, number, number, number] = [108, 15, 109, 16];
const hit = (lon: number, lat: number, more: Partial<IncidentHit> = {}): IncidentHit => ({
  ...{ kind: 'incident', id: 'x', at: [lon, lat], category: null, severity: null, count: 1, time: null, precision: null },
  ...more,
});

describe('the place of a card that stays', () => {
  it('is reckoned from the corners of what is seen', () => {
    expect(pointOn([108, 16], SEEN, MAP)).toEqual({ x: 0, y: 0 });
    expect(pointOn([109, 15], SEEN, MAP)).toEqual({ x: 760, y: 600 });
    const { x, y } = pointOn([108.5, 15.5], SEEN, MAP);
    expect(x).toBeCloseTo(380, 6);
    // North of the middle a degree is a little longer.
    expect(y).toBeGreaterThan(300);
    expect(y).toBeLessThan(303);
  });

  it('never lies over the ring, wherever the incident is', () => {
    const legend = { left: 500, top: 300, right: 748, bottom: 590 };
    for (let lon = 108.02; lon < 109; lon += 0.07)
      for (let lat = 15.02; lat < 16; lat += 0.07) {
        const mark = markOf(hit(lon, lat), SEEN, MAP);
        const { x, y } = besideMark(CARD, mark, MAP, [legend]);
        const isBeside = x >= mark.right || x + CARD.width <= mark.left || y >= mark.bottom || y + CARD.height <= mark.top;
        expect(isBeside, `${lon} ${lat}`).toBe(true);
        expect(x >= 8 && y >= 8 && x + CARD.width <= 752 && y + CARD.height <= 592, `${lon} ${lat}`).toBe(true);
      }
  });

  it('is to the right where there is room, and to the left of what lies there', () => {
    const mark = markOf(hit(108.3, 15.5), SEEN, MAP);
    expect(besideMark(CARD, mark, MAP, []).x).toBeGreaterThan(mark.right);
    const over = { left: mark.right, top: 0, right: 760, bottom: 600 };
    const { x, y } = besideMark(CARD, markOf(hit(108.5, 15.5), SEEN, MAP), MAP, [{ ...over, left: 420 }]);
    expect(x + CARD.width <= 380 - 16 || y + CARD.height <= 300 || y >= 300).toBe(true);
  });

  it('leaves the whole of a square free', () => {
    const square = { bounds: [108.4, 15.4, 108.6, 15.6] as [number, number, number, number], component: null };
    const mark = markOf(hit(108.5, 15.5, { kind: 'square', square }), SEEN, MAP);
    expect(mark.right - mark.left).toBeCloseTo(152, 6);
    const { x, y } = besideMark({ width: 200, height: 120 }, mark, MAP, []);
    expect(x >= mark.right || x + 200 <= mark.left || y >= mark.bottom || y + 120 <= mark.top).toBe(true);
  });
});
