import { describe, expect, it } from 'vitest';
import type { AreaRow } from '../../../src/api/types';
import { messagesIn } from '../../../src/i18n/messages';
import { numbersIn } from '../../../src/i18n/numbers';
import { overviewSentences } from '../../../src/view/text/overview';
import { answer } from '../../answers';

const area = (name: string, more: Partial<AreaRow>): AreaRow => answer<AreaRow>({ code: name, name, level: 'commune', ...more });
const higher = (name: string, ratio: number): AreaRow => area(name, { ratio, difference: 'higher', incidents: 9 });
const voice = (lang: 'vi' | 'en') => ({ messages: messagesIn(lang), numbers: numbersIn(lang) });

describe('the map in five sentences', () => {
  const areas = [
    higher('Tam Kỳ', 1.4),
    higher('Hội An', 2.1),
    area('Trà My', { ratio: 0.5, difference: 'lower', incidents: 3 }),
    area('Duy Xuyên', { ratio: 1.02, difference: 'not_clearly_different', incidents: 5 }),
    area('Tân Hiệp', { grade: 'suppressed' }),
  ];

  it('counts, names both sides from the furthest, and says what is not known', () => {
    expect(overviewSentences({ areas, incidents: 1234 }, voice('vi'))).toEqual([
      '5 nơi, ghi nhận 1.234 vụ việc trong kỳ.',
      '2 nơi cao hơn rõ mức chung: Hội An và Tam Kỳ.',
      '1 nơi thấp hơn rõ mức chung: Trà My.',
      '1 nơi không khác biệt rõ với mức chung.',
      '1 nơi chưa đủ số liệu, hoặc số nhỏ nên không công bố.',
    ]);
  });

  it('says of how many areas the number is published, where the sum is not', () => {
    expect(overviewSentences({ areas, incidents: null }, voice('en'))[0]).toBe(
      '5 areas; numbers of incidents are published for 4 of them.',
    );
  });

  it('names no more than there is room for', () => {
    const many = ['A', 'B', 'C', 'D'].map((name, index) => higher(name, 9 - index));
    expect(overviewSentences({ areas: many, incidents: 9, named: 2 }, voice('en'))[1]).toBe(
      '4 areas are clearly above the common level: A, B, and 2 more.',
    );
  });

  it('says so where nobody differs, and nothing of nothing', () => {
    const same = [area('A', { difference: 'not_clearly_different' })];
    expect(overviewSentences({ areas: same, incidents: 1 }, voice('en')).slice(1, 3)).toEqual([
      'No area is clearly above the common level.',
      'No area is clearly below the common level.',
    ]);
    expect(overviewSentences({ areas: [], incidents: 0 }, voice('vi'))).toEqual([]);
  });
});
