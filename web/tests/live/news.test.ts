import { describe, expect, it } from 'vitest';
import { messagesIn } from '../../src/i18n/messages';
import { numbersIn } from '../../src/i18n/numbers';
import { agoText, isOld, newsText, newsWith } from '../../src/view/text/news';
import type { Voice } from '../../src/view/text/sentence';

const vi: Voice = { messages: messagesIn('vi'), numbers: numbersIn('vi') };
const en: Voice = { messages: messagesIn('en'), numbers: numbersIn('en') };
const at = new Date('2026-11-30T10:00:00+07:00');
const later = (minutes: number): Date => new Date(at.getTime() + minutes * 60_000);
const changes = (added: number, amended = 0, withdrawn = 0): { added: number; amended: number; withdrawn: number } => ({
  ...{ added, amended, withdrawn },
});

describe('what is new', () => {
  it('is told in numbers, and leaves out what did not happen', () => {
    expect(newsText(changes(3), vi)).toBe('3 vụ mới');
    expect(newsText(changes(1204, 2, 1), vi)).toBe('1.204 vụ mới, 2 vụ sửa, 1 vụ rút');
    expect(newsText(changes(1), en)).toBe('1 new incident');
    expect(newsText(changes(2, 1), en)).toBe('2 new incidents, 1 corrected');
  });

  it('is told without a number where nobody knows in what', () => {
    expect([newsText(changes(0), vi), newsText(changes(0), en)]).toEqual(['Số liệu mới', 'New numbers']);
  });

  it('says how long ago', () => {
    const news = newsWith(null, changes(1), at);
    expect([0, 0.9, 1, 59].map((minutes) => agoText(news, later(minutes), vi))).toEqual([
      ...['vừa xong', 'vừa xong', '1 phút trước', '59 phút trước'],
    ]);
    expect(agoText(news, later(12), en)).toBe('12 min ago');
  });

  it('adds up until nobody has looked for an hour', () => {
    const first = newsWith(null, changes(2, 1), at);
    const second = newsWith(first, changes(1), later(59));
    expect(second).toEqual({ added: 3, amended: 1, withdrawn: 0, at: later(59) });
    expect([isOld(first, later(59)), isOld(first, later(60))]).toEqual([false, true]);
    expect(newsWith(first, changes(4), later(60))).toEqual({ added: 4, amended: 0, withdrawn: 0, at: later(60) });
  });
});
