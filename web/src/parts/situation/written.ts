/** What was written in the days looked at: how much is new, corrected and withdrawn, by requests and by files. */

import type { Situation } from '../../api/roles/situation';
import { type Child, element } from '../elements/element';
import type { Scene } from '../scene';

/** The sentences; one that says so where nothing was written. */
export function writtenParts({ messages, numbers }: Scene, { recent }: Situation): Child[] {
  const { imported } = recent;
  const since = numbers.moment(new Date(recent.since));
  const told = (of: { added: number; corrected: number; withdrawn: number }): Record<string, string> => ({
    added: numbers.count(of.added),
    corrected: numbers.count(of.corrected),
    withdrawn: numbers.count(of.withdrawn),
  });
  const isAny = (of: { added: number; corrected: number; withdrawn: number }): boolean =>
    of.added + of.corrected + of.withdrawn > 0;
  const line = (text: string): Child => element('p', { class: 'written' }, text);
  if (!isAny(recent) && !isAny(imported)) return [line(messages.say('situation.written.none', { since }))];
  return [
    isAny(recent) && line(messages.say('situation.written', { since, ...told(recent) })),
    isAny(imported) && line(messages.say('situation.written.imported', { since, ...told(imported) })),
  ];
}
