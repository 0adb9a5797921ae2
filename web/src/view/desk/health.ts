/** How the server does, in sentences: each says by itself whether an operator has to look after it. */

import type { Desk } from '../../api/roles/desk';
import type { Messages } from '../../i18n/messages';
import type { Numbers } from '../../i18n/numbers';
import { fileSize, span } from './amounts';

/** In order, to be known, or to be mended. */
export type Care = 'good' | 'note' | 'bad';

/** One sentence of the state of the server. */
export interface HealthLine {
  care: Care;
  text: string;
}

interface Said {
  desk: Desk;
  messages: Messages;
  numbers: Numbers;
}

const line = (care: Care, text: string): HealthLine => ({ care, text });

function serverLine({ desk, messages, numbers }: Said): HealthLine {
  if (!desk.ready) return line('bad', messages.say('desk.server.waiting'));
  const since = numbers.moment(new Date(desk.started_at));
  const values = { version: desk.version, since, span: span(desk.uptime_s, messages, numbers) };
  return line('good', messages.say('desk.server.ready', values));
}

function storeLine({ desk, messages, numbers }: Said): HealthLine {
  const { condition, latency_s: latency, bytes } = desk.store;
  if (condition !== 'in_order') return line('bad', messages.say(`desk.store.${condition}`));
  const size = bytes == null ? '' : messages.say('desk.store.size', { size: fileSize(bytes, numbers) });
  const speed = latency == null ? '' : messages.say('desk.store.speed', { ms: numbers.count(Math.ceil(1000 * latency)) });
  return line('good', [messages.say('desk.store.in_order'), size, speed].filter(Boolean).join(' '));
}

function dataLines({ desk, messages, numbers }: Said): HealthLine[] {
  const { data } = desk;
  if (!data) return [line('bad', messages.say('desk.data.none'))];
  const values = {
    epoch: numbers.count(data.epoch),
    public: numbers.count(data.public_epoch),
    incidents: numbers.count(data.incidents),
    models: numbers.count(data.models),
  };
  const editions = data.editions.map(({ name, areas }) => {
    const communes = numbers.count(areas['commune'] ?? 0);
    return messages.say('desk.edition', { name: messages.pick(name), communes });
  });
  return [
    line('good', messages.say('desk.data', values)),
    editions.length > 0 ? line('good', `${editions.join('; ')}.`) : line('note', messages.say('desk.editions.none')),
    ...(data.sample ? [line('note', messages.say('desk.sample'))] : []),
    releaseLine(data, messages, numbers),
  ];
}

function releaseLine(data: NonNullable<Desk['data']>, messages: Messages, numbers: Numbers): HealthLine {
  const { release, first_release_due: due } = data;
  if (release) {
    const values = { n: numbers.count(release.number), day: numbers.day(release.made_on) };
    return line('good', messages.say('desk.release', values));
  }
  return line('note', due ? messages.say('desk.release.due', { day: numbers.day(due) }) : messages.say('desk.release.none'));
}

function workLine({ desk, messages, numbers }: Said): HealthLine {
  const sum = (of: (pool: Desk['work'][number]) => number): number => desk.work.reduce((total, pool) => total + of(pool), 0);
  const [waiting, refused] = [sum((pool) => pool.waiting), sum((pool) => pool.refused)];
  if (refused > 0) return line('note', messages.sayCount('desk.work.refused', refused, { n: numbers.count(refused) }));
  if (waiting > 0) return line('note', messages.sayCount('desk.work.waiting', waiting, { n: numbers.count(waiting) }));
  return line('good', messages.say('desk.work.free'));
}

function loadLine({ desk, messages, numbers }: Said): HealthLine {
  const { open, refused } = desk.connections;
  const memory = desk.resident_bytes == null ? '' : messages.say('desk.memory', { size: fileSize(desk.resident_bytes, numbers) });
  const connections = messages.sayCount('desk.connections', open, { n: numbers.count(open) });
  const turnedAway = refused > 0 ? messages.sayCount('desk.connections.refused', refused, { n: numbers.count(refused) }) : '';
  return line(refused > 0 ? 'note' : 'good', [memory, connections, turnedAway].filter(Boolean).join(' '));
}

function importLines({ desk, messages, numbers }: Said): HealthLine[] {
  const last = desk.last_import;
  const held = desk.store.import_held_back ? [line('note', messages.say('desk.import.held'))] : [];
  if (!last) return [...held, line('note', messages.say('desk.import.never'))];
  const values = { name: messages.pick(last.name), at: numbers.moment(new Date(last.ended_at)) };
  const { rejected } = last.rows;
  if (rejected === 0) return [...held, line('good', messages.say('desk.import.last', values))];
  return [...held, line('note', messages.sayCount('desk.import.rejected', rejected, { ...values, n: numbers.count(rejected) }))];
}

/** The sentences, in the order in which an operator asks. */
export function healthLines(desk: Desk, messages: Messages, numbers: Numbers): HealthLine[] {
  const said = { desk, messages, numbers };
  return [serverLine(said), storeLine(said), ...dataLines(said), ...importLines(said), loadLine(said), workLine(said)];
}
