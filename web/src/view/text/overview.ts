/** A map in five sentences, for those who have it on paper or on a wall: how much, where clearly more, where clearly less, and what is not known. */

import type { AreaRow } from '../../api/types';
import type { Voice } from './sentence';

/** More names than these are told by their number, unless fewer are wanted. */
const NAMED = 6;

/** What of a view the sentences are made from. */
export interface Overviewed {
  areas: readonly AreaRow[];
  /** All incidents of the period; `null` where their number is not published. */
  incidents: number | null;
  /** How many areas are named on each side. */
  named?: number;
}

function namesOf(areas: readonly AreaRow[], most: number, { messages, numbers }: Voice): string {
  const named = areas.slice(0, most).map(({ name }) => name);
  const rest = areas.length - named.length;
  if (rest > 0) named.push(messages.say('overview.more', { n: numbers.count(rest) }));
  return new Intl.ListFormat(messages.lang, { type: 'conjunction' }).format(named);
}

function countSentence({ areas, incidents }: Overviewed, { messages, numbers }: Voice): string {
  const n = numbers.count(areas.length);
  if (incidents !== null) return messages.sayCount('overview.incidents', incidents, { n, incidents: numbers.count(incidents) });
  const published = areas.filter((area) => area.incidents != null).length;
  return messages.say('overview.published', { n, published: numbers.count(published) });
}

/** The areas on one side of the common level, the furthest from it first. */
function sideSentence(side: 'higher' | 'lower', { areas, named = NAMED }: Overviewed, voice: Voice): string {
  const clear = areas.filter(({ difference }) => difference === side);
  if (clear.length === 0) return voice.messages.say(`overview.${side}.none`);
  const distance = ({ ratio }: AreaRow): number => Math.abs(Math.log(ratio ?? 1));
  const names = namesOf(
    clear.sort((a, b) => distance(b) - distance(a) || voice.numbers.compare(a.name, b.name)),
    named,
    voice,
  );
  return voice.messages.sayCount(`overview.${side}`, clear.length, { n: voice.numbers.count(clear.length), names });
}

/** The five sentences; none where nothing is rated. */
export function overviewSentences(overviewed: Overviewed, voice: Voice): string[] {
  const { areas } = overviewed;
  if (areas.length === 0) return [];
  const { messages, numbers } = voice;
  const unclear = areas.filter(({ difference }) => difference === 'not_clearly_different').length;
  const silent = areas.filter(({ difference }) => difference == null).length;
  return [
    countSentence(overviewed, voice),
    sideSentence('higher', overviewed, voice),
    sideSentence('lower', overviewed, voice),
    messages.sayCount('overview.unclear', unclear, { n: numbers.count(unclear) }),
    silent === 0
      ? messages.say('overview.silent.none')
      : messages.sayCount('overview.silent', silent, { n: numbers.count(silent) }),
  ];
}
