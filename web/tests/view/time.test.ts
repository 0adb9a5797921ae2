import { describe, expect, it } from 'vitest';
import type { Meta, Window } from '../../src/api/types';
import { counted, cover, merged } from '../../src/view/time/series';
import {
  addDays,
  addMonths,
  boundaries,
  choosable,
  gapsOf,
  domainOf,
  extentOf,
  following,
  likeWindows,
  nearest,
  nearestIndex,
  neighbour,
  periodOf,
  rewound,
  sampled,
  shifted,
  snapped,
  spanOf,
  STEPS,
  ticksOf,
  yearStart,
} from '../../src/view/time/time';
import { answer, named } from '../answers';

const window = (id: string, from: string, to: string, released = true): Window =>
  answer<Window>({ id, name: named(id), from, to, released });
const windows = [
  window('TK-2023', '2022-12-15', '2023-12-15'),
  window('TK-2024', '2023-12-15', '2024-12-15'),
  window('TK-2025', '2024-12-15', '2025-12-15'),
  window('3N-2025', '2022-12-15', '2025-12-15'),
  window('N-2024', '2024-01-01', '2025-01-01', false),
];
const extent = { from: '2022-12-15', to: '2025-12-15' };

describe('days', () => {
  it('pass over the end of February in a leap year', () => {
    expect(addDays('2024-02-28', 2)).toBe('2024-03-01');
    expect(addDays('2023-02-28', 1)).toBe('2023-03-01');
  });

  it('end with the month where it is shorter', () => {
    expect(addMonths('2024-01-31', 1)).toBe('2024-02-29');
    expect(addMonths('2024-03-15', -15)).toBe('2022-12-15');
  });

  it('come back from a shift and its reverse', () => {
    for (const step of STEPS)
      for (const count of [1, 5, 12]) {
        const span = { from: '2023-04-01', to: '2023-07-01' };
        expect(shifted(shifted(span, step, count), step, -count)).toEqual(span);
      }
  });
});

describe('steps', () => {
  it('of a week begin on Monday', () => {
    expect(boundaries({ from: '2024-01-03', to: '2024-01-16' }, 'week')).toEqual([
      '2024-01-01',
      '2024-01-08',
      '2024-01-15',
      '2024-01-22',
    ]);
  });

  it('of a year begin where the statistics year does', () => {
    expect(yearStart(windows)).toBe('12-15');
    expect(boundaries(extent, 'year', '12-15')).toEqual(['2022-12-15', '2023-12-15', '2024-12-15', '2025-12-15']);
    expect(boundaries({ from: '2024-05-01', to: '2024-05-02' }, 'quarter')).toEqual(['2024-04-01', '2024-07-01']);
  });

  it('have a nearest boundary, the earlier of equals', () => {
    expect(nearestIndex(['2024-01-01', '2024-01-03', '2024-01-09'], '2024-01-02')).toBe(0);
    expect(nearestIndex(['2024-01-01', '2024-01-03', '2024-01-09'], '2024-02-02')).toBe(2);
  });

  it('reach over any extent without a gap', () => {
    for (const step of STEPS) {
      const bounds = boundaries(extent, step, '12-15');
      expect(bounds[0]! <= extent.from && bounds.at(-1)! >= extent.to).toBe(true);
      expect([...bounds].sort()).toEqual(bounds);
    }
  });
});

describe('a span', () => {
  it('is a named window when the days are the same, else its days', () => {
    expect(periodOf({ from: '2024-01-01', to: '2025-01-01' }, windows)).toEqual({ window: 'N-2024' });
    expect(periodOf({ from: '2024-01-02', to: '2025-01-01' }, windows)).toEqual({ from: '2024-01-02', to: '2025-01-01' });
    expect(spanOf({ window: 'gone' }, windows)).toBeNull();
  });

  it('snaps to a window only when both ends are close', () => {
    expect(snapped({ from: '2023-12-20', to: '2024-12-10' }, windows, 7)?.id).toBe('TK-2024');
    expect(snapped({ from: '2023-12-20', to: '2024-10-10' }, windows, 7)).toBeNull();
    expect(snapped({ from: '2023-12-24', to: '2024-12-28' }, windows, 14)?.id).toBe('N-2024');
    expect(snapped({ from: '2024-01-01', to: '2024-02-01' }, [], 99)).toBeNull();
  });

  it('moves on step by step, its length kept, to the end of what there is', () => {
    const run = following({ from: '2025-09-01', to: '2025-10-01' }, 'month', extent);
    expect(run.map(({ from }) => from)).toEqual(['2025-09-01', '2025-10-01', '2025-11-01']);
    expect(following({ from: '2024-01-01', to: '2024-01-08' }, 'week', { from: '2024-01-01', to: '2025-01-01' })).toHaveLength(
      52,
    );
  });

  it('goes back to the first place', () => {
    expect(rewound({ from: '2025-10-15', to: '2025-12-15' }, 'month', extent)).toEqual({ from: '2022-12-15', to: '2023-02-15' });
    expect(rewound(extent, 'year', extent)).toEqual(extent);
  });
});

describe('the stretch on show', () => {
  const week = { from: '2024-03-04', to: '2024-03-11' };

  it('is the calendar’s own, and stays while it holds the period', () => {
    const year = domainOf(extent, 'week', week, null);
    expect(year).toEqual({ from: '2024-01-01', to: '2025-01-01' });
    expect(domainOf(extent, 'week', { from: '2024-12-23', to: '2024-12-30' }, year)).toEqual(year);
    expect(domainOf(extent, 'week', { from: '2025-01-06', to: '2025-01-13' }, year)).toEqual({
      from: '2025-01-01',
      to: '2025-12-15',
    });
    expect(domainOf(extent, 'day', week, null)).toEqual({ from: '2024-01-01', to: '2024-04-01' });
  });

  it('is everything for long steps, and widens for a long period', () => {
    expect(domainOf(extent, 'month', week, null)).toEqual(extent);
    expect(domainOf(extent, 'week', { from: '2023-12-15', to: '2024-12-15' }, null)).toEqual({
      from: '2023-12-08',
      to: '2024-12-22',
    });
    expect(domainOf(extent, 'week', extent, null)).toEqual(extent);
  });

  it('always holds the period', () => {
    for (const step of STEPS)
      for (let day = 0; day < 1000; day += 37) {
        const span = { from: addDays(extent.from, day), to: addDays(extent.from, day + 1 + (day % 90)) };
        const domain = domainOf(extent, step, span, null);
        expect(domain.from <= span.from && span.to <= domain.to).toBe(true);
      }
  });

  it('names few days', () => {
    expect(ticksOf(extent).map(({ day }) => day)).toEqual(['2023-01-01', '2024-01-01', '2025-01-01']);
    expect(ticksOf({ from: '2024-01-01', to: '2025-01-01' })).toHaveLength(12);
    expect(
      ticksOf({ from: '2024-01-01', to: '2024-04-01' })
        .map(({ day }) => day)
        .slice(0, 3),
    ).toEqual(['2024-01-01', '2024-01-15', '2024-02-01']);
  });
});

describe('windows', () => {
  it('of one length follow each other', () => {
    expect(likeWindows(windows, windows[0]!).map(({ id }) => id)).toEqual(['TK-2023', 'TK-2024', 'N-2024', 'TK-2025']);
    expect(
      neighbour(
        windows.filter(({ released }) => released),
        windows[1]!,
        1,
      )?.id,
    ).toBe('TK-2025');
    expect(neighbour(windows, windows[2]!, 1)).toBeNull();
    expect(nearest([], extent)).toBeNull();
  });

  it('that are not released are nobody’s choice but the roles’', () => {
    const meta = { role: 'public', windows } as Meta;
    expect(choosable(meta).map(({ id }) => id)).not.toContain('N-2024');
    expect(choosable({ ...meta, role: 'planner' }).map(({ id }) => id)).toContain('N-2024');
  });

  it('of which no incidents are known are nobody’s choice', () => {
    const uncovered = windows.map((one) => ({ ...one, covered: one.id === 'TK-2025' ? null : { from: one.from, to: one.to } }));
    const meta = { role: 'planner', windows: uncovered } as Meta;
    expect(choosable(meta).map(({ id }) => id)).toEqual(['TK-2023', 'TK-2024', '3N-2025', 'N-2024']);
  });

  it('leave gaps where nothing is known', () => {
    const known = [
      { from: '2024-03-01', to: '2024-06-01' },
      { from: '2023-01-01', to: '2024-02-01' },
    ];
    expect(gapsOf({ from: '2024-01-01', to: '2025-01-01' }, known)).toEqual([
      { from: '2024-02-01', to: '2024-03-01' },
      { from: '2024-06-01', to: '2025-01-01' },
    ]);
    expect(gapsOf({ from: '2024-03-01', to: '2024-06-01' }, known)).toEqual([]);
    expect(gapsOf({ from: '2025-01-01', to: '2025-02-01' }, known)).toEqual([{ from: '2025-01-01', to: '2025-02-01' }]);
    expect(gapsOf({ from: '2025-01-01', to: '2025-02-01' }, [])).toHaveLength(1);
  });

  it('reach as far as the widest, or nowhere', () => {
    expect(extentOf(windows, { from: '2021-01-01', to: '2021-02-01' })).toEqual({ from: '2021-01-01', to: '2025-12-15' });
    expect(extentOf([], null)).toBeNull();
  });

  it('that cover all years are as few as can be', () => {
    const three = [2023, 2024, 2025].map((year) => window(`3N-${year}`, `${year - 3}-12-15`, `${year}-12-15`));
    expect(cover([...windows.slice(0, 3), ...three]).map(({ id }) => id)).toEqual(['3N-2023', '3N-2025']);
    expect(cover([windows[0]!, windows[2]!]).map(({ id }) => id)).toEqual(['TK-2023', 'TK-2025']);
    expect(cover([])).toEqual([]);
  });
});

describe('points', () => {
  const point = (from: string, to: string, incidents: number | null, partial = false) => ({ from, to, incidents, partial });

  it('of several answers join in order, the whole step before the cut one', () => {
    const joined = merged([
      [point('2024-02-01', '2024-02-10', 2, true)],
      [point('2024-02-01', '2024-03-01', 9), point('2024-01-01', '2024-02-01', 4)],
    ]);
    expect(joined.map(({ incidents }) => incidents)).toEqual([4, 9]);
    expect(merged([])).toEqual([]);
  });

  it('are counted only where all of a span is known', () => {
    const points = [
      point('2024-01-01', '2024-02-01', 4),
      point('2024-02-01', '2024-03-01', 5),
      point('2024-03-01', '2024-04-01', null),
    ];
    expect(counted(points, { from: '2024-01-01', to: '2024-03-01' })).toBe(9);
    expect(counted(points, { from: '2024-01-01', to: '2024-04-01' })).toBeNull();
    expect(counted(points, { from: '2024-01-05', to: '2024-03-01' })).toBeNull();
    expect(counted([], { from: '2024-01-01', to: '2024-03-01' })).toBeNull();
  });
});

describe('a sample', () => {
  it('keeps the first and the last', () => {
    expect(sampled([1, 2, 3, 4, 5, 6, 7, 8, 9], 3)).toEqual([1, 5, 9]);
    expect(sampled([1, 2], 12)).toEqual([1, 2]);
  });
});
