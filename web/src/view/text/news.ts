/** What is new since the reader last looked, in a few words. */

import { type ChangedIncidents, joinedChanges } from '../../api/live/changes';
import type { Voice } from './sentence';

/** What is new, and when the last of it was shown. All noughts where it is not known what changed. */
export interface News extends ChangedIncidents {
  at: Date;
}

const MINUTE_MS = 60_000;
/** After an hour nothing is new any more. */
const OLD_MS = 60 * MINUTE_MS;

/** Whether news is too old to be told. */
export function isOld({ at }: News, now: Date): boolean {
  return now.getTime() - at.getTime() >= OLD_MS;
}

/** `before`, and what came to it. */
export function newsWith(before: News | null, changes: ChangedIncidents, at: Date): News {
  return { ...joinedChanges(before && isOld(before, at) ? null : before, changes), at };
}

/** How many are new, corrected and withdrawn; that the numbers are new where nobody knows in what. */
export function newsText({ added, amended, withdrawn }: ChangedIncidents, { messages, numbers }: Voice): string {
  const parts = [
    added > 0 && messages.sayCount('news.added', added, { n: numbers.count(added) }),
    amended > 0 && messages.sayCount('news.amended', amended, { n: numbers.count(amended) }),
    withdrawn > 0 && messages.sayCount('news.withdrawn', withdrawn, { n: numbers.count(withdrawn) }),
  ].filter((part) => part !== false);
  return parts.join(', ') || messages.say('news.unknown');
}

/** How long ago. */
export function agoText({ at }: News, now: Date, { messages, numbers }: Voice): string {
  const minutes = Math.floor((now.getTime() - at.getTime()) / MINUTE_MS);
  return minutes < 1 ? messages.say('news.now') : messages.say('news.minutes', { n: numbers.count(minutes) });
}
