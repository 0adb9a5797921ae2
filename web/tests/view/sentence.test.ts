import { describe, expect, it } from 'vitest';
import type { AreaRow } from '../../src/api/types';
import { messagesIn } from '../../src/i18n/messages';
import { numbersIn } from '../../src/i18n/numbers';
import { areaSentence, comparison, reliabilityStep, type Voice } from '../../src/view/text/sentence';
import { answer } from '../answers';

const vi: Voice = { messages: messagesIn('vi'), numbers: numbersIn('vi') };
const en: Voice = { messages: messagesIn('en'), numbers: numbersIn('en') };
const SCALE = { minReliability: 0.3, reliabilitySteps: [0.5, 0.7] };
const area = (row: Partial<AreaRow>): AreaRow =>
  answer<AreaRow>({ code: '20341', name: 'Phường Tam Kỳ', level: 'commune', ...row });

describe('the sentence about an area', () => {
  it('says letter, range, comparison and reliability', () => {
    const row = area({ grade: 'B', grade_best: 'A', grade_worst: 'C', ratio: 0.67, reliability: 0.8, prob_above_1: 0.05 });
    expect(areaSentence(row, SCALE, vi)).toBe(
      'Xếp loại B, có thể từ A đến C: thấp hơn mức chung khoảng một phần ba; số liệu đủ tin cậy.',
    );
    expect(areaSentence(row, SCALE, en)).toBe(
      'Grade B, possibly A to C: about a third below the common level; the data are reliable enough.',
    );
  });

  it('leaves out a range of one letter', () => {
    const row = area({ grade: 'E', grade_best: 'E', grade_worst: 'E', ratio: 2.6, reliability: 0.6 });
    expect(areaSentence(row, SCALE, vi)).toBe('Xếp loại E: cao gấp khoảng 2,5 lần mức chung; số liệu tin cậy vừa phải.');
  });

  it('withholds the letter and says how much is missing', () => {
    const row = area({ grade: 'insufficient', reliability: 0.21, grade_best: 'A', grade_worst: 'D' });
    expect(areaSentence(row, SCALE, vi)).toBe(
      'Chưa đủ số liệu để xếp loại, có thể từ A đến D: độ tin cậy 0,21, cần ít nhất 0,30.',
    );
  });

  it('gives both ends where no letter is likely enough', () => {
    const row = area({ grade: 'range', grade_best: 'B', grade_worst: 'D', ratio: 1.2, reliability: 0.8, prob_above_1: 0.7 });
    expect(areaSentence(row, SCALE, vi)).toBe(
      'Xếp loại trong khoảng B–D, chưa loại nào đủ khả năng: không khác biệt rõ với mức chung; số liệu đủ tin cậy.',
    );
    expect(areaSentence(row, SCALE, en)).toContain('Grade within B–D, no letter is likely enough');
  });

  it.each(['nothing_rated', 'no_rated_events', 'nothing_expected', 'no_spread_between_areas', 'single_area'] as const)(
    'names the true reason why there is no letter: %s',
    (withheld) => {
      const row = area({ grade: 'insufficient', withheld });
      expect(areaSentence(row, SCALE, vi)).toMatch(/^Không xếp loại: /);
      expect(areaSentence(row, SCALE, en)).toMatch(/^Not graded: /);
    },
  );

  it('never gives a number for a suppressed area', () => {
    expect(areaSentence(area({ grade: 'suppressed', incidents: null }), SCALE, vi)).not.toMatch(/\d/);
    expect(areaSentence(area({ grade: 'suppressed', incidents: null }), SCALE, en)).not.toMatch(/\d/);
  });

  it('copes with an area of which nothing is known', () => {
    expect(areaSentence(area({}), SCALE, vi)).toBe('Không có dân cư thường trú để tính tỷ suất.');
    expect(areaSentence(area({ grade: 'insufficient' }), { ...SCALE, minReliability: null }, vi)).toContain('số liệu còn quá ít');
    expect(areaSentence(area({ grade: 'C', ratio: null }), SCALE, vi)).toContain('ngang mức chung');
  });
});

describe('the comparison with the common level', () => {
  it.each([
    [1.02, null, 'ngang mức chung'],
    [0.5, 0.01, 'thấp hơn mức chung khoảng một nửa'],
    [0.9, 0.01, 'thấp hơn mức chung khoảng một phần mười'],
    [1.34, 0.95, 'cao hơn mức chung khoảng một phần ba'],
    [1.34, 0.6, 'không khác biệt rõ với mức chung'],
    [2.1, 0.99, 'cao gấp khoảng 2 lần mức chung'],
    [7.4, 0.99, 'cao gấp khoảng 7 lần mức chung'],
  ])('puts %f with P %s into words', (ratio, probability, words) => {
    expect(comparison(ratio, probability, vi)).toBe(words);
  });
});

it('reliability falls into the steps of the style', () => {
  expect([0.1, 0.5, 0.69, 0.7, 1].map((value) => reliabilityStep(value, [0.5, 0.7]))).toEqual([0, 1, 1, 2, 2]);
});
