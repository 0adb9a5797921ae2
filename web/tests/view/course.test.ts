import { describe, expect, it } from 'vitest';
import { messagesIn } from '../../src/i18n/messages';
import { numbersIn } from '../../src/i18n/numbers';
import { courseScale, SIZE, stepName, tendencyText } from '../../src/view/time/course';

const vi = { messages: messagesIn('vi'), numbers: numbersIn('vi') };
const en = { messages: messagesIn('en'), numbers: numbersIn('en') };
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');
const year = (at: number, rate: number, high: number) => ({
  from: `${at}-01-01`,
  to: `${at + 1}-01-01`,
  rate,
  rate_low: 0,
  rate_high: high,
  partial: false,
});

describe('the scale of a course', () => {
  it('puts nought on the ground and the highest limit on top', () => {
    const scale = courseScale([year(2023, 50, 80), year(2024, 60, 100)]);
    expect([scale.y(0), scale.y(100), scale.top]).toEqual([SIZE.base, SIZE.top, 100]);
    expect(scale.x(year(2023, 0, 0))).toBeCloseTo(SIZE.left + (SIZE.width - SIZE.left) / 4, 0);
  });

  it('does not let the limits of small numbers press the rates to the ground', () => {
    expect(courseScale([year(2023, 10, 300), year(2024, 20, 40)]).top).toBeCloseTo(44, 9);
    const scale = courseScale([year(2023, 10, 300)]);
    expect(scale.y(300)).toBe(SIZE.top);
  });

  it('stands without a rate, and without a point', () => {
    expect(courseScale([year(2023, 0, 12)]).top).toBe(12);
    expect(courseScale([]).y(0)).toBe(SIZE.base);
  });
});

describe('a step', () => {
  it('is called by the year in which it ends, or by its quarter', () => {
    expect(stepName(vi, { from: '2023-12-15', to: '2024-12-15' }, 'year')).toBe('2024');
    expect(stepName(vi, { from: '2024-07-01', to: '2024-10-01' }, 'quarter')).toBe('Quý 3/2024');
    expect(stepName(en, { from: '2024-07-01', to: '2024-10-01' }, 'quarter')).toBe('Q3 2024');
  });
});

describe('the tendency', () => {
  it('is told with its change only where it is clear', () => {
    const falling = { direction: 'falling' as const, steps: 20, rate_ratio_per_step: 0.97 };
    expect(plain(tendencyText(vi, falling, 'quarter'))).toBe('Qua 20 quý: tỷ suất giảm, mỗi bước −3 %.');
    expect(plain(tendencyText(en, { ...falling, direction: 'not_clear' }, 'year'))).toBe('Over 20 years: no clear tendency.');
    expect(tendencyText(vi, null, 'year')).toBe('');
  });
});
