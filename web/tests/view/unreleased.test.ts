import { describe, expect, it } from 'vitest';
import type { Meta } from '../../src/api/types';
import { messagesIn } from '../../src/i18n/messages';
import { numbersIn } from '../../src/i18n/numbers';
import type { Voice } from '../../src/view/text/sentence';
import { todayInVietnam, unreleasedText } from '../../src/view/text/unreleased';
import { answer } from '../answers';

const vi: Voice = { messages: messagesIn('vi'), numbers: numbersIn('vi') };
const en: Voice = { messages: messagesIn('en'), numbers: numbersIn('en') };
const meta = (more: Partial<Meta>): Meta => answer<Meta>({ role: 'public', release: null, first_release_due: null, ...more });
const TODAY = '2026-01-12';

describe('before the first release', () => {
  it('the public is told since when there will be numbers', () => {
    const later = meta({ first_release_due: '2026-01-13' });
    expect(unreleasedText(later, vi, TODAY)).toBe(
      'Chưa có số liệu nào được công bố. Bản công bố đầu tiên sẽ có từ ngày 13/01/2026.',
    );
    expect(unreleasedText(later, en, TODAY)).toBe(
      'Nothing has been published yet. The first release will be made from 13 Jan 2026 on.',
    );
  });

  it('a release that is due is said to be due, on its day too', () => {
    for (const day of [TODAY, '2025-01-13']) {
      expect(unreleasedText(meta({ first_release_due: day }), vi, TODAY)).toMatch(/đã đến hạn từ ngày \d+\/01\/202\d và sẽ hiện/);
      expect(unreleasedText(meta({ first_release_due: day }), en, TODAY)).toMatch(/has been due since \d+ Jan 202\d/);
    }
  });

  it('no day is named where none will be', () => {
    expect(unreleasedText(meta({}), vi, TODAY)).toBe('Chưa có số liệu nào được công bố.');
  });

  it('roles, and the public of a release, are told nothing', () => {
    expect(unreleasedText(meta({ role: 'planner', first_release_due: '2026-01-13' }), vi, TODAY)).toBeNull();
    expect(unreleasedText(meta({ release: { number: 1, made_on: TODAY } }), vi, TODAY)).toBeNull();
  });

  it('the day is that of Vietnam', () => {
    expect(todayInVietnam(new Date('2026-01-12T16:59:59Z'))).toBe('2026-01-12');
    expect(todayInVietnam(new Date('2026-01-12T17:00:00Z'))).toBe('2026-01-13');
  });
});
