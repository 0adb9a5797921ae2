import { describe, expect, it } from 'vitest';
import type { AreaRow } from '../../src/api/types';
import { messagesIn } from '../../src/i18n/messages';
import { numbersIn } from '../../src/i18n/numbers';
import { type AttributeVoice, labelOf, shortLabelOf, unitOf, written } from '../../src/view/text/attributes';
import { ATTRIBUTE, hasValues, missingText, MOVEMENT, noneText, STATUTORY, valueOf, valueText } from '../../src/view/text/values';
import { THEMES } from '../../src/view/view';
import { answer, ATTRIBUTES } from '../answers';

const meta = { attributes: ATTRIBUTES };
const vi: AttributeVoice = { meta, messages: messagesIn('vi'), numbers: numbersIn('vi') };
const en: AttributeVoice = { meta, messages: messagesIn('en'), numbers: numbersIn('en') };
const row = (more: Partial<AreaRow>): AreaRow => answer<AreaRow>({ code: '1', name: 'Xã A', level: 'commune', ...more });

const FULL = row({
  grade: 'B',
  grade_best: 'A',
  grade_worst: 'C',
  statutory: 'met',
  movement_grade: 'good',
  rate_smoothed: 1039.4,
  incidents: 1039,
  model_density: 7.79,
  certified_share: 1,
});

describe('the value of an area', () => {
  it('is written as the readers of each language write it', () => {
    expect(THEMES.map((theme) => valueText(FULL, theme, vi))).toEqual([
      'B (A–C)',
      'Đạt',
      'Khá',
      '1.039',
      '1.039',
      '1.039',
      '7,8',
      '100\u00a0%',
    ]);
    expect(valueText(FULL, 'rate', en)).toBe('1,039');
    expect(valueText(FULL, 'movement', en)).toBe('Good');
  });

  it('is a dash or a reason where there is none', () => {
    const empty = row({});
    expect(THEMES.map((theme) => valueOf(empty, theme))).toEqual(THEMES.map(() => null));
    expect(THEMES.map((theme) => valueText(empty, theme, vi))).toEqual(['Không có số liệu', ...Array<string>(7).fill('–')]);
    expect(valueText(row({ grade: 'suppressed' }), 'grade', vi)).toBe('Không công bố (số nhỏ)');
    expect(valueText(row({ grade: 'insufficient' }), 'grade', vi)).toBe('Chưa đủ số liệu');
    expect(valueText(row({ grade: 'none', withheld: 'not_covered' }), 'grade', vi)).toBe('Số liệu chưa đủ ngày');
    expect(valueText(row({ grade: 'none', withheld: 'no_population' }), 'grade', en)).toBe('No residents known');
  });

  it('names every reason of many areas once', () => {
    const [uncovered, empty] = [
      row({ grade: 'none', withheld: 'not_covered' }),
      row({ grade: 'none', withheld: 'no_population' }),
    ];
    expect(noneText([uncovered, empty, uncovered], vi)).toBe('Số liệu chưa đủ ngày · Chưa có số dân');
    expect(noneText([], en)).toBe('No data');
  });

  it('tells missing days from hidden numbers, and only of what rests on incidents', () => {
    const uncovered = row({ grade: 'none', withheld: 'not_covered', incidents: null });
    const said = (area: AreaRow, name: keyof AreaRow): string => missingText(area, name, vi);
    expect([said(uncovered, 'rate'), said(uncovered, 'population')]).toEqual(['số liệu chưa đủ ngày', 'chưa có']);
    expect(said(row({ grade: 'suppressed', incidents: 7 }), 'ratio')).toBe('không công bố');
    expect(said(row({ grade: 'C', incidents: null }), 'rate')).toBe('không công bố');
    expect(said(row({ grade: 'insufficient', incidents: 2 }), 'ratio')).toBe('chưa có');
    expect(said(row({ grade: 'B', incidents: 56 }), 'detected')).toBe('không công bố');
  });

  it('has a letter without a range where best and worst agree', () => {
    expect(valueText(row({ grade: 'C', grade_best: 'C', grade_worst: 'C' }), 'grade', vi)).toBe('C');
  });

  it('is a range alone where no letter is likely enough, and sorts between its letters', () => {
    const range = row({ grade: 'range', grade_best: 'B', grade_worst: 'C' });
    expect(valueText(range, 'grade', vi)).toBe('B–C');
    expect(valueOf(range, 'grade')).toBe(66.5);
    expect([valueOf(row({ grade: 'B' }), 'grade'), valueOf(row({ grade: 'range' }), 'grade')]).toEqual([66, null]);
  });

  it('sorts words in the order of the legend', () => {
    expect(STATUTORY.map((statutory) => valueOf(row({ statutory }), 'statutory'))).toEqual([0, 1, 2]);
    expect(MOVEMENT.map((movement_grade) => valueOf(row({ movement_grade }), 'movement'))).toEqual([0, 1, 2, 3]);
  });

  it('of zero is a value', () => {
    expect(valueOf(row({ incidents: 0 }), 'count')).toBe(0);
    expect(valueText(row({ certified_share: 0 }), 'certified', vi)).toBe('0\u00a0%');
  });
});

describe('a theme', () => {
  it('has something to show as soon as one area has', () => {
    for (const theme of THEMES) expect(hasValues([row({}), FULL], theme)).toBe(true);
  });

  it('has nothing to show where a role gets no values', () => {
    expect(THEMES.filter((theme) => hasValues([row({})], theme))).toEqual([]);
    expect(hasValues([], 'grade')).toBe(false);
  });

  it('reads an attribute of its own, but for clusters, which are none', () => {
    const own = THEMES.filter((theme) => theme !== 'clusters').map((theme) => ATTRIBUTE[theme]);
    expect(new Set(own).size).toBe(THEMES.length - 1);
  });
});

describe('an attribute', () => {
  it('is called, counted and written as the server says', () => {
    expect(labelOf('rate_smoothed', vi)).toBe('label of rate_smoothed');
    expect(shortLabelOf('rate_smoothed', vi)).toBe('short rate_smoothed');
    expect([unitOf('rate_smoothed', vi), unitOf('rate_smoothed', en)]).toEqual([
      'trên 100.000 người-năm',
      'per 100,000 person-years',
    ]);
    expect([unitOf('incidents', vi), written(0.4, 'model_density_km2', vi)]).toEqual(['', '0,4']);
  });

  it('that the role does not get has its name for a label, and plain numbers', () => {
    expect([labelOf('movement_grade', en), shortLabelOf('movement_grade', en)]).toEqual(['movement_grade', 'movement_grade']);
    expect(written(1.256, 'without_point', en)).toBe('1.26');
  });
});
