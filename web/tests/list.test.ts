import { expect, it } from 'vitest';
import type { AreaRow } from '../src/api/types';
import { numbersIn } from '../src/i18n/numbers';
import { matching, sorted } from '../src/parts/area_list';
import { classTexts } from '../src/parts/legend_keys';

const row = (code: string, name: string, more: Partial<AreaRow> = {}): AreaRow => ({ code, name, level: 'commune', ...more });
const AREAS = [
  row('1', 'Xã Tam Dân', { grade: 'D', rate_smoothed: 90 }),
  row('2', 'Phường Tam Kỳ', { grade: 'suppressed', rate_smoothed: null }),
  row('20341', 'Xã An Mỹ', { grade: 'A', rate_smoothed: 120 }),
];
const codes = (areas: AreaRow[]): string[] => areas.map((area) => area.code);
const { compare } = numbersIn('vi');

it('finds by name without diacritics and by exact code', () => {
  expect(codes(matching(AREAS, 'tam ky'))).toEqual(['2']);
  expect(codes(matching(AREAS, 'TAM'))).toEqual(['1', '2']);
  expect(codes(matching(AREAS, '20341'))).toEqual(['20341']);
  expect(codes(matching(AREAS, ' '))).toEqual(codes(AREAS));
});

it('keeps areas without a value last, whichever way it sorts', () => {
  expect(codes(sorted(AREAS, { column: 'grade', ascending: true }, 'grade', compare))).toEqual(['20341', '1', '2']);
  expect(codes(sorted(AREAS, { column: 'value', ascending: false }, 'rate', compare))).toEqual(['20341', '1', '2']);
  expect(codes(sorted(AREAS, { column: 'value', ascending: true }, 'rate', compare))).toEqual(['1', '20341', '2']);
});

it('names classes by their bounds', () => {
  expect(classTexts([0.5, 0.8], String)).toEqual(['≤ 0.5', '0.5–0.8', '> 0.8']);
  expect(classTexts([], String)).toEqual([]);
});
