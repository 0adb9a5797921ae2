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
    const row = area({ grade: 'B', grade_best: 'A', grade_worst: 'C', ratio: 0.67, reliability: 0.8, difference: 'lower' });
    expect(areaSentence(row, SCALE, vi)).toBe(
      'Xếp loại B, có thể từ A đến C: thấp hơn mức chung khoảng một phần ba; số liệu đủ tin cậy.',
    );
    expect(areaSentence(row, SCALE, en)).toBe(
      'Grade B, possibly A to C: about a third below the common level; the data are reliable enough.',
    );
  });

  it('leaves out a range of one letter', () => {
    const row = area({ grade: 'E', grade_best: 'E', grade_worst: 'E', ratio: 2.6, reliability: 0.6, difference: 'higher' });
    expect(areaSentence(row, SCALE, vi)).toBe('Xếp loại E: cao gấp khoảng 2,5 lần mức chung; số liệu tin cậy vừa phải.');
  });

  it('withholds the letter and says how much is missing', () => {
    const row = area({ grade: 'insufficient', reliability: 0.21, grade_best: 'A', grade_worst: 'D' });
    expect(areaSentence(row, SCALE, vi)).toBe(
      'Chưa đủ số liệu để xếp loại, có thể từ A đến D: độ tin cậy 0,21, cần ít nhất 0,30.',
    );
  });

  it('gives both ends where no letter is likely enough', () => {
    const ends = { grade: 'range', grade_best: 'B', grade_worst: 'D' } as const;
    const row = area({ ...ends, ratio: 1.2, reliability: 0.8, difference: 'not_clearly_different' });
    expect(areaSentence(row, SCALE, vi)).toBe(
      'Xếp loại trong khoảng B–D, chưa loại nào đủ khả năng: có phần cao hơn mức chung, nhưng chưa rõ; số liệu đủ tin cậy.',
    );
    expect(areaSentence(row, SCALE, en)).toBe(
      'Grade within B–D, no letter is likely enough: somewhat above the common level, but not clearly; the data are reliable enough.',
    );
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
    expect(areaSentence(area({ grade: 'C', ratio: null }), SCALE, vi)).toBe('Xếp loại C.');
    expect(areaSentence(area({ grade: 'C', ratio: 1.3, reliability: 0.8 }), SCALE, en)).toBe(
      'Grade C: the data are reliable enough.',
    );
  });

  it.each([
    [
      'suppressed',
      'count_not_shown',
      'Số vụ không được nêu ở đây, nên cũng không xếp loại.',
      /^The number of incidents is not given/,
    ],
    ['suppressed', 'too_few_incidents_to_publish', 'Không công bố xếp loại: quá ít vụ việc.', /: too few incidents\.$/],
    ['suppressed', null, 'Không công bố xếp loại.', /^No grade is published\.$/],
    [
      'none',
      'not_covered',
      'Số liệu vụ việc của kỳ này chưa đủ ngày, nên không tính và không xếp loại.',
      /^Incidents are not known on/,
    ],
    [
      'none',
      'no_exposure',
      'Không xếp loại: chưa có số liệu làm mẫu số (lượng khách hoặc chiều dài đường).',
      /visitors or length/,
    ],
    ['none', 'no_population', 'Không có dân cư thường trú để tính tỷ suất.', /^No residents/],
  ] as const)('gives the reason of the server for %s, %s', (grade, withheld, words, english) => {
    const row = area({ grade, withheld, incidents: null, difference: null });
    expect(areaSentence(row, SCALE, vi)).toBe(words);
    expect(areaSentence(row, SCALE, en)).toMatch(english);
  });
});

describe('the comparison with the common level', () => {
  it.each([
    [0.5, 'lower', 'thấp hơn mức chung khoảng một nửa', 'about a half below the common level'],
    [0.9, 'lower', 'thấp hơn mức chung khoảng một phần mười', 'about a tenth below the common level'],
    [
      0.97,
      'lower',
      'thấp hơn rõ mức chung, nhưng chưa đến một phần mười',
      'clearly below the common level, but by less than a tenth',
    ],
    [
      1.03,
      'higher',
      'cao hơn rõ mức chung, nhưng chưa đến một phần mười',
      'clearly above the common level, but by less than a tenth',
    ],
    [1.34, 'higher', 'cao hơn mức chung khoảng một phần ba', 'about a third above the common level'],
    [2.1, 'higher', 'cao gấp khoảng 2 lần mức chung', 'about 2 times the common level'],
    [7.4, 'higher', 'cao gấp khoảng 7 lần mức chung', 'about 7 times the common level'],
    [1.02, 'not_clearly_different', 'không khác biệt rõ với mức chung', 'not clearly different from the common level'],
    [
      1.34,
      'not_clearly_different',
      'có phần cao hơn mức chung, nhưng chưa rõ',
      'somewhat above the common level, but not clearly',
    ],
    [
      0.6,
      'not_clearly_different',
      'có phần thấp hơn mức chung, nhưng chưa rõ',
      'somewhat below the common level, but not clearly',
    ],
  ] as const)('puts %f, %s by the server, into words', (ratio, difference, words, english) => {
    expect(comparison({ ratio, difference }, vi)).toBe(words);
    expect(comparison({ ratio, difference }, en)).toBe(english);
  });

  it('is what the server says, whatever the probability would', () => {
    const row = area({ ratio: 1.34, difference: 'not_clearly_different', prob_above_1: 0.99 });
    expect(comparison(row, vi)).toBe('có phần cao hơn mức chung, nhưng chưa rõ');
  });

  it('is not said where the server says none', () => {
    expect(comparison({ ratio: 1.34, difference: null }, vi)).toBe('');
    expect(comparison({ ratio: null, difference: 'higher' }, vi)).toBe('');
  });
});

it('reliability falls into the steps of the style', () => {
  expect([0.1, 0.5, 0.69, 0.7, 1].map((value) => reliabilityStep(value, [0.5, 0.7]))).toEqual([0, 1, 1, 2, 2]);
});
