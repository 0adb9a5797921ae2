import { describe, expect, it } from 'vitest';
import { isMostlyUnrated } from '../../src/parts/legend/short_period';
import { lastDays, readDay, writtenDay } from '../../src/view/time/days';
import type { Meta } from '../../src/api/types';
import { answer } from '../answers';

describe('a day in a field', () => {
  it('is written day before month, in two digits each', () => {
    expect([writtenDay('2025-01-05'), writtenDay('')]).toEqual(['05/01/2025', '']);
  });

  it('is read as people write it, and back', () => {
    const read = ['05/01/2025', '5/1/2025', ' 5.1.2025', '5-1-2025', '2025-01-05'].map(readDay);
    expect(new Set(read)).toEqual(new Set(['2025-01-05']));
    for (const day of ['2024-02-29', '1999-12-31']) expect(readDay(writtenDay(day))).toBe(day);
  });

  it('is none where there is no such day', () => {
    for (const text of ['30/02/2025', '29/02/2023', '13/13/2025', '1/1/25', '2025', '', 'mai'] as const)
      expect(readDay(text)).toBeNull();
  });
});

describe('the last days', () => {
  const meta = (...periods: { from: string; to: string }[]): Pick<Meta, 'coverage'> => answer<Meta>({ coverage: { periods } });

  it('end with the last day of which incidents are known', () => {
    const covered = meta({ from: '2020-01-01', to: '2021-01-01' }, { from: '2022-01-01', to: '2025-12-15' });
    expect(lastDays(covered, 1)).toEqual({ from: '2025-12-14', to: '2025-12-15' });
    expect(lastDays(covered, 30)).toEqual({ from: '2025-11-15', to: '2025-12-15' });
  });

  it('are none where too few or none are known', () => {
    expect(lastDays(meta({ from: '2025-12-10', to: '2025-12-15' }), 7)).toBeNull();
    expect(lastDays(meta({ from: '2025-12-10', to: '2025-12-15' }), 5)).not.toBeNull();
    expect(lastDays(answer<Meta>({ coverage: null }), 7)).toBeNull();
  });
});

it('most areas are unrated when more than half are', () => {
  const areas = (unrated: number, rated: number): { grade: string }[] => [
    ...Array.from({ length: unrated }, () => ({ grade: 'insufficient' })),
    ...Array.from({ length: rated }, () => ({ grade: 'B' })),
  ];
  expect([isMostlyUnrated(areas(3, 2)), isMostlyUnrated(areas(2, 2)), isMostlyUnrated([])]).toEqual([true, false, false]);
});
