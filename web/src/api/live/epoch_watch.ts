/**
 * Follows the states of the server's data. Whoever holds a token listens to `/events`, and asks now and then only while that
 * stream is down. The public always asks: its numbers change with a release, a few times a year, and an open line of each
 * reader would wait for nothing.
 */

import { address, type Problem } from '../client';
import type { ChangedIncidents } from './changes';
import { hasToken } from '../token';
import { pollEpoch } from './epoch_poll';
import type { ServerEvent } from './event_parser';

/** The data of an event `epoch`; `changed` is missing where more changed or where it is not told. */
interface EpochEvent {
  epoch: number;
  changed?: ChangedIncidents;
}

/** What is reported of the server's numbers and of the connection. */
export interface LiveListener {
  /** Another state is served; what changed of incidents, where that is told. */
  changed(epoch: number, changed: ChangedIncidents | null): void;
  /** An alert was raised, lifted or noted. */
  alerted(): void;
  reachable(yes: 'online' | 'offline'): void;
  /** The token is not taken any more. */
  refused(problem: Problem): void;
}

/** How often it is told at most that the server is there. */
const TOLD_MS = 5_000;

/** Watches from `epoch` on. Returns a function that asks at once. */
export function watchEpoch(epoch: number, listener: LiveListener): () => Promise<void> {
  let known = epoch;
  let line: 'up' | 'down' = 'down';
  let toldAt = -Infinity;
  const noticed = (now: number, changed: ChangedIncidents | null): void => {
    if (now === known) return;
    known = now;
    listener.changed(now, changed);
  };
  const ask = pollEpoch({
    isNeeded: () => line === 'down',
    epoch: (now) => noticed(now, null),
    reachable: (yes) => listener.reachable(yes),
  });
  const listen = async (): Promise<void> => {
    const { EventStream } = await import('./event_stream');
    const stream = new EventStream(address('events'), String(epoch), {
      event: (event) => heard(event, noticed, listener),
      alive: () => {
        if (line === 'up' && Date.now() - toldAt < TOLD_MS) return;
        line = 'up';
        toldAt = Date.now();
        listener.reachable('online');
      },
      down: () => {
        line = 'down';
        // The role may have been left meanwhile: then there is nothing to listen to.
        if (!hasToken()) stream.end();
        void ask();
      },
      refused: (problem) => {
        line = 'down';
        listener.refused(problem);
      },
    });
  };
  // Without it, asking goes on.
  if (hasToken()) listen().catch(() => undefined);
  return ask;
}

/** Takes in one event; what it does not know it leaves. */
function heard(
  { name, data }: ServerEvent,
  noticed: (epoch: number, changed: ChangedIncidents | null) => void,
  listener: LiveListener,
): void {
  if (name === 'alert') return listener.alerted();
  if (name !== 'epoch') return;
  const { epoch, changed } = JSON.parse(data) as EpochEvent;
  noticed(epoch, changed ?? null);
}
