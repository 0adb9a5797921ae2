import { describe, expect, it } from 'vitest';
import type { Gazetteer } from '../../src/api/gazetteer';
import type { AreaRow } from '../../src/api/types';
import { messagesIn } from '../../src/i18n/messages';
import { numbersIn } from '../../src/i18n/numbers';
import { classTexts } from '../../src/parts/legend/legend_keys';
import {
  type Column,
  type ColumnId,
  columnsFor,
  groupsOf,
  headingOf,
  hiddenColumns,
  unitAbove,
} from '../../src/parts/table/columns';
import { matching, ordered, turned } from '../../src/parts/table/order';
import { answer, ATTRIBUTES } from '../answers';

const row = (code: string, name: string, more: Partial<AreaRow> = {}): AreaRow =>
  answer<AreaRow>({ code, name, level: 'commune', ...more });
const AREAS = [
  row('1', 'Xã Tam Dân', { grade: 'D', rate_smoothed: 90 }),
  row('2', 'Phường Tam Kỳ', { grade: 'suppressed', rate_smoothed: null }),
  row('20341', 'Xã An Mỹ', { grade: 'A', rate_smoothed: 120 }),
];
const GROUPS = new Map([
  ['1', 'Huyện Phú Ninh'],
  ['2', 'Thành phố Tam Kỳ'],
]);
const codes = (areas: AreaRow[]): string[] => areas.map((area) => area.code);
const { compare } = numbersIn('vi');
function column(id: ColumnId): Column {
  const found = columnsFor(GROUPS).find((item) => item.id === id);
  if (!found) throw new Error(id);
  return found;
}
const sorted = (id: ColumnId, direction: 'ascending' | 'descending', areas = AREAS): string[] =>
  codes(ordered(areas, column(id), direction, GROUPS, compare));

describe('the rows of the table', () => {
  it('are found by name without diacritics, by district and by the beginning of the code', () => {
    const found = (text: string): string[] => codes(matching(AREAS, text, GROUPS));
    expect(found('tam ky')).toEqual(['2']);
    expect(found('TAM')).toEqual(['1', '2']);
    expect(found('phú ninh')).toEqual(['1']);
    expect(found('2034')).toEqual(['20341']);
    expect(found(' ')).toEqual(codes(AREAS));
    expect(found('🙂')).toEqual(codes(AREAS));
    expect(found('không có')).toEqual([]);
  });

  it('without a value come last, whichever way they are sorted', () => {
    expect(sorted('grade', 'ascending')).toEqual(['20341', '1', '2']);
    expect(sorted('smoothed', 'descending')).toEqual(['20341', '1', '2']);
    expect(sorted('smoothed', 'ascending')).toEqual(['1', '20341', '2']);
    expect(sorted('group', 'descending')).toEqual(['2', '1', '20341']);
  });

  it('that are equal stand by name, both ways', () => {
    const equal = ['Xã C', 'Xã A', 'Xã B'].map((name, index) => row(String(index), name, { incidents: 5 }));
    expect(sorted('incidents', 'ascending', equal)).toEqual(['1', '2', '0']);
    expect(sorted('incidents', 'descending', equal)).toEqual(['1', '2', '0']);
  });

  it('stay the same rows under every column', () => {
    for (const { id } of columnsFor(GROUPS)) expect(sorted(id, 'descending').sort()).toEqual(codes(AREAS).sort());
    expect(sorted('name', 'ascending', [])).toEqual([]);
  });

  it('sort when they are ten thousand', () => {
    const many = Array.from({ length: 10_000 }, (_, n) => row(String(n), `Xã Thí Dụ ${n}`, { incidents: (n * 7919) % 10_007 }));
    const first = sorted('incidents', 'descending', many)[0];
    expect(many[Number(first)]?.incidents).toBe(Math.max(...many.map((area) => area.incidents ?? 0)));
  });
});

it('heads columns by the server’s short names, and its own columns by words of its own', () => {
  const voice = { meta: { attributes: ATTRIBUTES }, messages: messagesIn('vi'), numbers: numbersIn('vi') };
  const heads = (['name', 'incidents', 'rate', 'density'] as const).map((id) => headingOf(column(id), voice));
  expect(heads).toEqual(['Khu vực', 'short incidents', 'short rate (giới hạn)', 'Mật độ mô hình']);
});

it('says what numbers are counted in: as the server names it, else in words of its own', () => {
  const voice = { meta: { attributes: ATTRIBUTES }, messages: messagesIn('vi'), numbers: numbersIn('vi') };
  const units = (['smoothed', 'detected', 'ratio', 'density', 'name', 'grade'] as const).map((id) =>
    unitAbove(column(id), voice),
  );
  expect(units).toEqual(['trên 100.000 người-năm', 'vụ', 'lần (từ–đến)', 'trên 10.000 dân', '', '']);
});

it('has first what decides, and always the name', () => {
  const ids = columnsFor(GROUPS).map(({ id }) => id);
  expect(ids.slice(0, 5)).toEqual(['name', 'grade', 'incidents', 'rate', 'ratio']);
  expect(ids.at(-1)).toBe('code');
  expect([...hiddenColumns('name,code,,no_longer')]).toEqual(['code', 'no_longer']);
  expect(hiddenColumns(null).size).toBe(0);
});

it('turns numbers from the largest first, words from their beginning, and round at the second click', () => {
  const byName = { column: 'name', direction: 'ascending' } as const;
  expect(turned(byName, column('incidents'))).toEqual({ column: 'incidents', direction: 'descending' });
  expect(turned({ column: 'incidents', direction: 'descending' }, column('incidents')).direction).toBe('ascending');
  expect(turned(byName, column('name')).direction).toBe('descending');
  expect(turned(byName, column('grade')).direction).toBe('ascending');
});

describe('the district of a commune', () => {
  const gazetteer = answer<Gazetteer>({
    default_edition: '2025-07',
    editions: ['2025-01', '2025-07'],
    areas: [
      { edition: '2025-01', code: '502', level: 'district', name: 'Thành phố Tam Kỳ' },
      { edition: '2025-01', code: '20341', level: 'commune', name: 'Phường An Mỹ', parent: '502' },
      {
        edition: '2025-07',
        code: '20341',
        level: 'commune',
        name: 'Phường Tam Kỳ',
        parent: '49',
        counterparts: { '2025-01': { code: '20341', name: 'Phường An Mỹ', share: 0.3 } },
      },
      { edition: '2025-07', code: '20999', level: 'commune', name: 'Xã Mới', parent: '49' },
    ],
  });

  it('is its own, or the former one where the edition has none', () => {
    expect(groupsOf(gazetteer, '2025-01', 'commune').get('20341')).toBe('Thành phố Tam Kỳ');
    expect(groupsOf(gazetteer, '2025-07', 'commune').get('20341')).toBe('Thành phố Tam Kỳ');
    expect(groupsOf(gazetteer, '2025-07', 'commune').has('20999')).toBe(false);
  });

  it('is no column where nothing is known of it', () => {
    expect(groupsOf(null, '2025-07', 'commune').size).toBe(0);
    expect(groupsOf(gazetteer, '2025-01', 'district').size).toBe(0);
    expect(columnsFor(new Map()).some(({ id }) => id === 'group')).toBe(false);
  });
});

it('names classes by their bounds', () => {
  expect(classTexts([0.5, 0.8], String)).toEqual(['≤ 0.5', '0.5–0.8', '> 0.8']);
  expect(classTexts([], String)).toEqual([]);
});
