import { describe, expect, it } from 'vitest';
import type { Explanation } from '../../src/api/explanation';
import type { AreaRow } from '../../src/api/types';
import { messagesIn } from '../../src/i18n/messages';
import { numbersIn } from '../../src/i18n/numbers';
import { chainOf } from '../../src/view/text/why_chain';
import { answer, type Part } from '../answers';

const vi = { messages: messagesIn('vi'), numbers: numbersIn('vi') };
const en = { messages: messagesIn('en'), numbers: numbersIn('en') };
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');
const AREA = answer<AreaRow>({ code: '1', name: 'Xã A', grade: 'B', grade_best: 'A', grade_worst: 'C' });

const explanation = (members: Part<Explanation> = {}): Explanation =>
  answer<Explanation>({
    level: 'commune',
    difference: 'lower',
    prob_letter: 0.79,
    unweighted: { observed: 67, expected: 77.27, ratio: 0.867, low: 0.672, high: 1.101, level: 0.95 },
    weighted: { score: 85, expected_score: 115, raw_ratio: 0.739, ratio: 0.72, ratio_low: 0.56, ratio_high: 0.91 },
    classes: [
      { rated: true, weight: 3 },
      { rated: true, weight: 7 },
      { rated: false, weight: 0 },
    ],
    method: { interval: 0.8, min_letter_probability: 0.5 },
    ...members,
  });

describe('the chain to the letter', () => {
  const lines = chainOf(explanation(), AREA, 'planner', vi);

  it('has five lines, each a step from the one before', () => {
    expect(lines.map(({ step, value }) => `${step}: ${plain(value)}`)).toEqual([
      'expected: 77,3 vụ',
      'recorded: 67 vụ · 0,87 lần mức chung',
      'weighted: 0,74 lần mức chung',
      'smoothed: 0,72 lần mức chung',
      'letter: B (A–C)',
    ]);
    expect(lines.map(({ ratio }) => ratio)).toEqual([1, 0.867, 0.739, 0.72, 0.72]);
  });

  it('joins the weighted ratio to the unweighted one by a sentence', () => {
    const [, , weighted] = lines;
    expect(weighted?.note).toContain('85 điểm, theo mức chung 115');
    expect(weighted?.note).toContain('Vì vậy thấp hơn dòng trên.');
    const higher = chainOf(explanation({ weighted: { raw_ratio: 1.2, score: 85, expected_score: 71 } }), AREA, 'planner', en);
    expect(higher[2]?.note).toContain('Hence higher than the line above.');
    const even = explanation({
      classes: [{ rated: true, weight: 1 }],
      weighted: { raw_ratio: 0.867, score: 67, expected_score: 77 },
    });
    expect(chainOf(even, AREA, 'planner', vi)[2]?.note).toMatch(/^Mỗi vụ vẫn như nhau.*Vẫn như dòng trên\.$/);
  });

  it('speaks of one interval alone', () => {
    const all = plain(lines.map(({ note }) => note).join(' '));
    expect(all).toContain('Khoảng 80 % từ 0,56 đến 0,91.');
    expect(all).not.toContain('95');
    expect(lines.filter(({ limits }) => limits !== null).map(({ step }) => step)).toEqual(['smoothed']);
  });

  it('has no weighted line for the public, whose incidents weigh the same', () => {
    const steps = chainOf(explanation(), AREA, 'public', vi).map(({ step }) => step);
    expect(steps).toEqual(['expected', 'recorded', 'smoothed', 'letter']);
  });

  it('ends where numbers are hidden', () => {
    expect(chainOf(explanation({ unweighted: { observed: null } }), AREA, 'public', vi)).toEqual([]);
    expect(chainOf(explanation({ level: 'province' }), AREA, 'planner', vi)).toEqual([]);
    const none = chainOf(explanation({ weighted: {}, difference: null, prob_letter: null }), AREA, 'planner', vi);
    expect(none.map(({ step, note }) => [step, note !== ''])).toEqual([
      ['expected', true],
      ['recorded', true],
      ['letter', false],
    ]);
  });
});
