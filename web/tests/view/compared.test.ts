import { describe, expect, it } from 'vitest';
import type { Change, Pair } from '../../src/api/comparison';
import type { AreaRow, Meta } from '../../src/api/types';
import { changeClass, changeTally } from '../../src/view/compare/difference';
import { comparedAreas, pickedOnMap, toggled } from '../../src/view/compare/compared';
import { anyLettersMislead, lettersMislead, sortedByWeight } from '../../src/view/compare/conclusions';
import { foundAreas } from '../../src/view/find/areas';
import { numbersIn } from '../../src/i18n/numbers';
import { firstPair, inOrder, longestSpan, neighbouringPairs, shareDays } from '../../src/view/time/periods';
import { readView } from '../../src/view/view';
import { answer, named } from '../answers';

const meta = answer<Meta>({
  sample: true,
  epoch: 1,
  role: 'public',
  default_edition: '2025-01',
  default_window: '3N-2025',
  editions: [{ id: '2025-01', name: named('Cũ'), levels: ['commune', 'district', 'province'] }],
  windows: [
    { id: 'TK-2024', name: named('2024'), from: '2023-12-15', to: '2024-12-15', released: true },
    { id: 'TK-2025', name: named('2025'), from: '2024-12-15', to: '2025-12-15', released: true },
    { id: '3N-2025', name: named('Ba năm'), from: '2022-12-15', to: '2025-12-15', released: true },
    { id: 'N-2024', name: named('2024'), from: '2024-01-01', to: '2025-01-01', released: false },
    { id: 'N-2025', name: named('2025'), from: '2025-01-01', to: '2026-01-01', released: false },
  ],
});
const planner: Meta = { ...meta, role: 'planner' };
const view = readView('#edition=2025-01', meta);

describe('the areas of a comparison', () => {
  it('are added at the end and taken out by the same act', () => {
    expect(toggled(['502'], '503')).toEqual(['502', '503']);
    expect(toggled(['502', '503'], '502')).toEqual(['503']);
  });

  it('are six at most', () => {
    const six = ['1', '2', '3', '4', '5', '6'];
    expect(toggled(six, '7')).toEqual(six);
    expect(toggled(six, '3')).toHaveLength(5);
  });

  it('are the selected one alone where none was picked', () => {
    expect(comparedAreas({ ...view, area: '502' })).toEqual(['502']);
    expect(comparedAreas({ ...view, area: '502', compared: ['503'] })).toEqual(['503']);
    expect(comparedAreas(view)).toEqual([]);
  });

  it('come from a second pick on the map, or from one beside another', () => {
    expect(pickedOnMap(view, '502', 'alone')).toEqual({ area: '502' });
    expect(pickedOnMap({ ...view, area: '502' }, '503', 'alone')).toEqual({ area: '503' });
    expect(pickedOnMap({ ...view, area: '502' }, '502', 'alone')).toEqual({ compared: ['502'] });
    expect(pickedOnMap({ ...view, area: '502' }, '503', 'added')).toEqual({ compared: ['502', '503'] });
    expect(pickedOnMap({ ...view, area: '502', compared: ['502', '503'] }, '503', 'added')).toEqual({ compared: ['502'] });
    expect(pickedOnMap(view, '503', 'added')).toEqual({ compared: ['503'], area: '503' });
    expect(pickedOnMap({ ...view, area: '502' }, null, 'alone')).toEqual({ area: null });
  });
});

describe('two periods', () => {
  it('share a day only where they overlap, the end not counting', () => {
    expect(shareDays({ from: '2024-01-01', to: '2025-01-01' }, { from: '2025-01-01', to: '2026-01-01' })).toBe(false);
    expect(shareDays({ from: '2024-01-01', to: '2025-01-02' }, { from: '2025-01-01', to: '2026-01-01' })).toBe(true);
  });

  it('stand in the order of their days, whichever is named first', () => {
    const ordered = { earlier: { window: 'TK-2024' }, later: { window: 'TK-2025' } };
    expect(inOrder({ window: 'TK-2025' }, { window: 'TK-2024' }, meta)).toEqual(ordered);
    expect(inOrder({ window: 'TK-2024' }, { window: 'TK-2025' }, meta)).toEqual(ordered);
    expect(inOrder({ window: '3N-2025' }, { window: 'TK-2025' }, meta)).toBeNull();
  });

  it('are offered as neighbours of one kind, and to the public only as far as released', () => {
    expect(neighbouringPairs(meta)).toEqual([{ earlier: { window: 'TK-2024' }, later: { window: 'TK-2025' } }]);
    expect(neighbouringPairs(planner)).toHaveLength(2);
    expect(neighbouringPairs({ ...meta, windows: [] })).toEqual([]);
  });

  it('are not offered where one of them is cut to the days that are known', () => {
    const cut = (window: Meta['windows'][number]): Meta['windows'][number] =>
      window.id === 'TK-2025' ? { ...window, covered: { from: window.from, to: '2025-06-15' } } : window;
    expect(neighbouringPairs({ ...meta, windows: meta.windows.map(cut) })).toEqual([]);
  });

  it('begin with the period on show and the one before', () => {
    expect(firstPair({ window: 'N-2025' }, planner)?.earlier).toEqual({ window: 'N-2024' });
    expect(firstPair({ window: '3N-2025' }, meta)?.later).toEqual({ window: 'TK-2025' });
    expect(firstPair({ from: '2025-03-01', to: '2025-06-01' }, planner)?.earlier).toEqual({
      from: '2024-03-01',
      to: '2024-06-01',
    });
  });

  it('take the same days a year before only where these are not partly the same days', () => {
    const twoYears = { from: '2023-01-01', to: '2025-01-01' };
    expect(firstPair(twoYears, planner)?.later).not.toEqual(twoYears);
  });

  it('stretch over all windows for planners, over the longest released one for the public', () => {
    expect(longestSpan(planner)).toEqual({ from: '2022-12-15', to: '2026-01-01' });
    expect(longestSpan(meta)).toEqual({ window: '3N-2025' });
    expect(longestSpan({ ...meta, windows: [] })).toBeNull();
  });
});

const pair = (difference: Pair['difference'], rate_ratio: number | null): Pair => ({
  first: '1',
  second: '2',
  difference,
  rate_ratio,
  sentence: { vi: '', en: `${difference} ${rate_ratio}` },
});
const row = (grade: AreaRow['grade'], best: AreaRow['grade_best'], worst: AreaRow['grade_worst']): AreaRow =>
  answer<AreaRow>({
    code: String(grade),
    name: '',
    level: 'commune',
    grade,
    grade_best: best,
    grade_worst: worst,
  });

describe('conclusions', () => {
  it('begin with the largest clear difference, either way', () => {
    const sorted = sortedByWeight([
      pair('not_clearly_different', 3),
      pair('higher', 2),
      pair(null, null),
      pair('lower', 0.25),
      pair('higher', null),
    ]);
    expect(sorted.clear.map(({ rate_ratio }) => rate_ratio)).toEqual([null, 0.25, 2]);
    expect(sorted.unclear).toHaveLength(1);
    expect(sorted.unknown).toHaveLength(1);
    expect(sortedByWeight<Change>([])).toEqual({ clear: [], unclear: [], unknown: [] });
  });

  it('warn of different letters whose ranges meet', () => {
    expect(lettersMislead(row('B', 'A', 'C'), row('C', 'B', 'D'))).toBe(true);
    expect(lettersMislead(row('A', 'A', 'B'), row('D', 'C', 'E'))).toBe(false);
    expect(lettersMislead(row('B', 'A', 'C'), row('B', 'B', 'B'))).toBe(false);
    expect(lettersMislead(row('B', 'A', 'C'), row('suppressed', null, null))).toBe(false);
    expect(anyLettersMislead([])).toBe(false);
    expect(anyLettersMislead([row('A', 'A', 'A'), row('D', 'C', 'E'), row('E', 'D', 'E')])).toBe(true);
  });
});

const change = (difference: Change['difference'], rate_ratio: number | null): Change => ({
  code: '502',
  name: 'Tam Kỳ',
  first: {},
  second: {},
  difference,
  rate_ratio,
  sentence: { vi: '', en: '' },
});

describe('changes', () => {
  const bands = [0.5, 0.8, 1.25, 2];

  it('take the band of their ratio, and say whether they are clear', () => {
    expect(changeClass(change('higher', 3.16), bands)).toEqual({ band: 'E', clearness: 'clear' });
    expect(changeClass(change('not_clearly_different', 1.3), bands)).toEqual({ band: 'D', clearness: 'unclear' });
    expect(changeClass(change('lower', 0.5), bands)).toEqual({ band: 'A', clearness: 'clear' });
  });

  it('have a direction but no ratio where there was nothing before', () => {
    expect(changeClass(change('higher', null), bands)).toEqual({ band: 'E', clearness: 'clear' });
    expect(changeClass(change('not_clearly_different', null), bands)).toEqual({ band: 'C', clearness: 'unclear' });
  });

  it('say nothing where a number is hidden', () => {
    expect(changeClass(change(null, null), bands)).toBeNull();
  });

  it('add up to all areas', () => {
    const all = [change('higher', 2), change('lower', 0.4), change('not_clearly_different', 1), change(null, null)];
    expect(changeTally(all)).toEqual({ higher: 1, lower: 1, unclear: 1, unknown: 1 });
    expect(changeTally([])).toEqual({ higher: 0, lower: 0, unclear: 0, unknown: 0 });
  });
});

describe('finding an area to compare', () => {
  const area = (code: string, name: string): AreaRow => answer<AreaRow>({ code, name });
  const areas = [
    area('1', 'Xã Tam Dân'),
    area('2', 'Phường Tam Kỳ'),
    area('20341', 'Phường Hội An Tây'),
    area('4', 'Phường Hội An'),
  ];
  const names = (text: string): string[] => foundAreas(areas, text, numbersIn('vi').compare).map(({ name }) => name);

  it('takes names without diacritics, those that begin so first, and the beginning of a code', () => {
    expect(names('tam')).toEqual(['Phường Tam Kỳ', 'Xã Tam Dân']);
    expect(names('hoi an')).toEqual(['Phường Hội An', 'Phường Hội An Tây']);
    expect(names('an')).toEqual(['Phường Hội An', 'Phường Hội An Tây', 'Xã Tam Dân']);
    expect(names('203')).toEqual(['Phường Hội An Tây']);
    expect(names('không đâu')).toEqual([]);
  });

  it('without a word lists all by name', () => {
    expect(names('')).toHaveLength(4);
    expect(names('')[0]).toBe('Phường Hội An');
  });
});
