import { describe, expect, it } from 'vitest';
import type { IncidentFeature } from '../../src/api/incidents';
import type { Meta } from '../../src/api/types';
import { messagesIn } from '../../src/i18n/messages';
import { numbersIn } from '../../src/i18n/numbers';
import { csvOf } from '../../src/view/incidents/csv';
import { countsByGroup, groupOf, type IncidentRecord, ordered, recordOf, roundedBounds } from '../../src/view/incidents/records';
import { categoryText, severityText, termText, timeText } from '../../src/view/incidents/texts';
import type { Kinds } from '../../src/view/kinds';
import { answer, named } from '../answers';

const category = (id: string): Kinds['categories'][number] =>
  answer<Kinds['categories'][number]>({ id, name: named(`name of ${id}`) });
const GROUPS: Kinds[] = [
  { id: 'trat_tu', name: 'Trật tự', categories: [category('trom_cap'), category('giet_nguoi')] },
  { id: 'giao_thong', name: 'Giao thông', categories: [category('tai_nan_giao_thong')] },
  { id: 'khac', name: 'Khác', categories: [category('duoi_nuoc')] },
];
const record = (id: string, more: Partial<IncidentRecord> = {}): IncidentRecord => ({
  id,
  at: [108.4, 15.6],
  time: '2025-03-01T08:05:00+07:00',
  category: 'trom_cap',
  severity: 2,
  ...{ precision: 'exact', channel: '113', status: 'closed', code: '20341' },
  ...more,
});
const BASIS = { edition: '2025-07', sample: true };
const ids = (records: IncidentRecord[]): string[] => records.map(({ id }) => id);

describe('the list of incidents', () => {
  const records = [
    record('a', { severity: 5, category: 'giet_nguoi', time: '2024-01-01T00:00:00+07:00' }),
    record('b', { category: 'tai_nan_giao_thong', time: '2025-06-01T00:00:00+07:00' }),
    record('c', { time: '2025-06-01T00:00:00+07:00' }),
    record('d', { severity: 5, category: 'moi_la', time: '2025-01-01T00:00:00+07:00' }),
  ];

  it('is sorted by time, severity or category, of equals the latest first', () => {
    expect(ids(ordered(records, 'time', GROUPS))).toEqual(['b', 'c', 'd', 'a']);
    expect(ids(ordered(records, 'severity', GROUPS))).toEqual(['d', 'a', 'b', 'c']);
    expect(ids(ordered(records, 'category', GROUPS))).toEqual(['c', 'a', 'b', 'd']);
    expect(ids(records)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('counts by group; what no group names is in the last', () => {
    expect([...countsByGroup(records, GROUPS)]).toEqual([
      ['trat_tu', 2],
      ['giao_thong', 1],
      ['khac', 1],
    ]);
    expect(groupOf(null, [])).toBe('');
  });

  it('takes from the server what the role is told', () => {
    const feature = answer<IncidentFeature>({
      id: 'x',
      geometry: { type: 'Point', coordinates: [108, 15] },
      properties: { id: 'x', time: '2025-01-01T00:00:00+07:00', category: 'chay', severity: 2, status: null },
    });
    expect(recordOf(feature)).toMatchObject({ id: 'x', at: [108, 15], category: 'chay', status: null, channel: null });
  });

  it('asks for a box that is never smaller than the screen', () => {
    expect(roundedBounds([108.40019, 15.5, 108.5001, 15.59961])).toEqual([108.4, 15.5, 108.501, 15.6]);
    expect(roundedBounds([-200, -95, 200, 95])).toEqual([-180, -90, 180, 90]);
  });
});

describe('an incident in words', () => {
  const voice = {
    messages: messagesIn('vi'),
    numbers: numbersIn('vi'),
    meta: answer<Meta>({
      categories: [{ id: 'chay', name: named('Cháy') }],
      severities: [{ number: 2, name: named('Ít nghiêm trọng') }],
    }),
  };

  it('has names for ids, and the id where there is no name', () => {
    expect([categoryText('chay', voice), categoryText('moi', voice), categoryText(null, voice)]).toEqual([
      'Cháy',
      'moi',
      'không rõ',
    ]);
    expect([severityText(2, voice), severityText(9, voice)]).toEqual(['Ít nghiêm trọng', '9']);
    expect([termText('channel', '113', voice), termText('channel', 'other', voice)]).toEqual(['Cảnh sát 113', 'Khác']);
    expect([termText('status', 'closed', voice), termText('precision', 'bưu cục', voice)]).toEqual(['Đã kết thúc', 'bưu cục']);
  });

  it('has its local time, whatever zone the device is in', () => {
    expect(timeText('2025-12-31T23:59:30+07:00', voice)).toBe('23:59 ngày 31/12/2025');
    expect(timeText(null, voice)).toBe('không rõ');
  });
});

describe('the file', () => {
  it('has a head and a line for each, quoted where it must be', () => {
    expect(csvOf([record('QN-1', { status: null, at: null, category: 'a,"b"' })], BASIS)).toBe(
      'edition,id,time,precision,category,severity,status,channel,code,lon,lat,sample\r\n' +
        '2025-07,QN-1,2025-03-01T08:05:00+07:00,exact,"a,""b""",2,,113,20341,,,true\r\n',
    );
    expect(csvOf([record('QN-2')], BASIS)).toContain(',20341,108.4,15.6,true\r\n');
    expect(csvOf([], BASIS).split('\r\n')).toHaveLength(2);
  });

  it('holds nothing that a spreadsheet runs', () => {
    const lines = ['=1+1', '+1', '-1', '@x', '\tx'].map((id) => csvOf([record(id)], BASIS).split('\r\n')[1] ?? '');
    for (const line of lines) expect(line).toMatch(/^2025-07,'/);
  });
});
