/** What is said of an incident: names instead of ids, times as people write them. */

import type { Meta } from '../../api/types';
import type { Voice } from '../text/sentence';

/** The language, and the names that the server gives. */
export interface IncidentVoice extends Voice {
  meta: Pick<Meta, 'categories' | 'severities'>;
}

/** The name of a category; its id where nobody names it. */
export function categoryText(category: string | null, { meta, messages }: IncidentVoice): string {
  if (category === null) return messages.say('incident.unknown');
  return messages.pick(meta.categories.find(({ id }) => id === category)?.name) || category;
}

/** The name of a severity. */
export function severityText(severity: number | null, { meta, messages }: IncidentVoice): string {
  if (severity === null) return messages.say('incident.unknown');
  return messages.pick(meta.severities?.find(({ number }) => number === severity)?.name) || String(severity);
}

/** A column of the taxonomy whose ids the page has words for. */
export type TermKind = 'status' | 'channel' | 'precision';

const KEYS: Record<TermKind, (id: string) => string> = {
  status: (id) => `incident.status.${id}.word`,
  channel: (id) => `incident.channel.${id}.word`,
  precision: (id) => `incident.precision.${id}.word`,
};

/** The words for an id of the taxonomy; the id itself where the operator has named one of his own. */
export function termText(kind: TermKind, id: string | null, { messages }: IncidentVoice): string {
  if (id === null) return messages.say('incident.unknown');
  const key = KEYS[kind](id);
  return messages.has(key) ? messages.say(key) : id;
}

/** A local time as its day and its clock, as it was written, whatever zone the device is in. */
export function timeText(time: string | null, { messages, numbers }: IncidentVoice): string {
  if (time === null) return messages.say('incident.unknown');
  const [day = '', clock = ''] = time.split('T');
  return messages.say('incident.at', { day: numbers.day(day), clock: clock.slice(0, 5) });
}
