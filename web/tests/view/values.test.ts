import { describe, expect, it } from 'vitest';
import type { AreaRow } from '../../src/api/types';
import { messagesIn } from '../../src/i18n/messages';
import { numbersIn } from '../../src/i18n/numbers';
import type { Voice } from '../../src/view/text/sentence';
import { ATTRIBUTE, hasValues, HOT_SPOT, MOVEMENT, STATUTORY, valueOf, valueText } from '../../src/view/text/values';
import { THEMES } from '../../src/view/view';
import { answer } from '../answers';

const vi: Voice = { messages: messagesIn('vi'), numbers: numbersIn('vi') };
const en: Voice = { messages: messagesIn('en'), numbers: numbersIn('en') };
const row = (more: Partial<AreaRow>): AreaRow => answer<AreaRow>({ code: '1', name: 'Xã A', level: 'commune', ...more });

const FULL = row({
  grade: 'B',
  grade_best: 'A',
  grade_worst: 'C',
  statutory: 'met',
  movement_grade: 'good',
  rate_smoothed: 1039.4,
  incidents: 1039,
  hot_spot: 'none',
  model_density: 7.79,
  model_coverage: 0.942,
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
      'Không thuộc cụm rõ rệt',
      '7,8',
      '94,2\u00a0%',
      '100\u00a0%',
    ]);
    expect(valueText(FULL, 'rate', en)).toBe('1,039');
    expect(valueText(FULL, 'movement', en)).toBe('Good');
  });

  it('is a dash or a reason where there is none', () => {
    const empty = row({});
    expect(THEMES.map((theme) => valueOf(empty, theme))).toEqual(THEMES.map(() => null));
    expect(THEMES.map((theme) => valueText(empty, theme, vi))).toEqual(['Không có số liệu', ...Array<string>(8).fill('–')]);
    expect(valueText(row({ grade: 'suppressed' }), 'grade', vi)).toBe('Không công bố (số nhỏ)');
    expect(valueText(row({ grade: 'insufficient' }), 'grade', vi)).toBe('Chưa đủ số liệu');
  });

  it('has a letter without a range where best and worst agree', () => {
    expect(valueText(row({ grade: 'C', grade_best: 'C', grade_worst: 'C' }), 'grade', vi)).toBe('C');
  });

  it('sorts words in the order of the legend', () => {
    expect(STATUTORY.map((statutory) => valueOf(row({ statutory }), 'statutory'))).toEqual([0, 1, 2]);
    expect(MOVEMENT.map((movement_grade) => valueOf(row({ movement_grade }), 'movement'))).toEqual([0, 1, 2, 3]);
    expect(HOT_SPOT.map((hot_spot) => valueOf(row({ hot_spot }), 'hot_spot'))).toEqual([0, 1, 2]);
  });

  it('of zero is a value', () => {
    expect(valueOf(row({ incidents: 0 }), 'count')).toBe(0);
    expect(valueText(row({ model_coverage: 0 }), 'coverage', vi)).toBe('0\u00a0%');
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

  it('reads an attribute of its own', () => {
    expect(new Set(Object.values(ATTRIBUTE)).size).toBe(THEMES.length);
  });
});
