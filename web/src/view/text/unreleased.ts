/** What the public is told as long as no release has been made: that there are no numbers, and since when there will be. */

import type { Meta } from '../../api/types';
import type { Voice } from './sentence';

/** The day on which Vietnam is. */
export function todayInVietnam(now = new Date()): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' }).format(now);
}

/** The sentence for a public that nothing was released to; nothing where there is a release, or the role needs none. */
export function unreleasedText(meta: Meta, { messages, numbers }: Voice, today = todayInVietnam()): string | null {
  if (meta.role !== 'public' || meta.release != null) return null;
  const due = meta.first_release_due;
  if (due == null) return messages.say('state.unreleased');
  return messages.say(due > today ? 'state.unreleased.from' : 'state.unreleased.due', { day: numbers.day(due) });
}
