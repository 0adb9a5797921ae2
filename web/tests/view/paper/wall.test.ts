import { describe, expect, it } from 'vitest';
import type { AreaRow } from '../../../src/api/types';
import { readWall, USUAL_WALL, writeWall } from '../../../src/view/wall/wall';
import { areaStops, isStale, layerStops, nextStop } from '../../../src/view/wall/stops';
import { answer } from '../../answers';

const read = (text: string) => readWall(new URLSearchParams(text));
const area = (code: string, more: Partial<AreaRow>): AreaRow => answer<AreaRow>({ code, name: code, level: 'commune', ...more });

describe('the wall in the address', () => {
  it('is there only when asked for, and comes back as it was written', () => {
    expect(read('')).toBeNull();
    expect(read('mode=wall')).toEqual(USUAL_WALL);
    const written = new URLSearchParams();
    writeWall(written, { walk: 'areas', everyS: 45 });
    expect(written.toString()).toBe('mode=wall&walk=areas&every=45');
    expect(readWall(written)).toEqual({ walk: 'areas', everyS: 45 });
  });

  it('takes no interval that nobody can read in, and no other walk', () => {
    for (const every of ['0', '4', '-20', '2.5', 'x', '99999']) expect(read(`mode=wall&every=${every}`)).toEqual(USUAL_WALL);
    expect(read('mode=wall&walk=streets')?.walk).toBe('layers');
  });
});

describe('the walk of the wall', () => {
  const areas = [
    area('1', { grade: 'B', incidents: 3, difference: 'lower', ratio: 0.4 }),
    area('2', { grade: 'D', incidents: 8, difference: 'higher', ratio: 1.9 }),
    area('3', { grade: 'C', incidents: 4, difference: 'not_clearly_different', ratio: 1 }),
  ];

  it('goes through the layers that show something, round and round', () => {
    const stops = layerStops(areas);
    expect(stops.map(({ theme }) => theme)).toEqual(['grade', 'count']);
    expect(nextStop(stops, ({ theme }) => theme === 'grade')).toEqual({ theme: 'count' });
    expect(nextStop(stops, ({ theme }) => theme === 'count')).toEqual({ theme: 'grade' });
    expect(nextStop(stops.slice(0, 1), ({ theme }) => theme === 'grade')).toBeNull();
    expect(nextStop([], () => false)).toBeNull();
  });

  it('goes through the areas that clearly differ, from the highest, and through all districts', () => {
    expect(areaStops(areas).map(({ area: code }) => code)).toEqual(['2', '1']);
    const districts = areas.map((item) => ({ ...item, level: 'district' as const }));
    expect(areaStops(districts)).toHaveLength(3);
  });
});

describe('numbers on the wall', () => {
  const now = new Date('2026-11-29T12:00:00Z');
  const before = (seconds: number): Date => new Date(now.getTime() - 1000 * seconds);

  it('are fresh while the server answers, and stale when it is silent, out of reach, or was never heard', () => {
    const freshness = { loadedAt: before(3600), heardAt: before(30), connection: 'online' as const };
    expect(isStale(freshness, now)).toBe(false);
    expect(isStale({ ...freshness, heardAt: before(101) }, now)).toBe(true);
    expect(isStale({ ...freshness, connection: 'offline' }, now)).toBe(true);
    expect(isStale({ ...freshness, heardAt: null }, now)).toBe(true);
  });
});
