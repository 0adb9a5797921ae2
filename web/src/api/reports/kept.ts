/**
 * Reports on this device: those that could not be sent yet, whole, and the numbers of those that were. Words leave the
 * device's memory when they are sent. Where a browser keeps nothing, as in some frames, they last as long as the page.
 */

import type { Schemas } from '../schemas';

/** What the form says. */
export type Written = Omit<Schemas['ReportSubmission'], 'challenge' | 'solution'>;

/** A report that is on its way. */
export interface Outgoing {
  /** Tells it from the others on this device. */
  key: string;
  written: Written;
  /** The body as it was or will be sent, once its work is done: a repeat of it is known to the server. */
  body: string | null;
  /** When it was written. */
  at: string;
}

/** A report that was sent. */
export interface Sent {
  number: string;
  at: string;
}

/** All that the device keeps of reports. */
export interface KeptReports {
  waiting: Outgoing[];
  sent: Sent[];
}

const KEY = 'binhyen.reports';
const MOST_SENT = 20;
/** After so many days the server no longer knows a repeat, and what was to be told is no news. */
const WAITS_MS = 7 * 24 * 3600 * 1000;
let memory: KeptReports = { waiting: [], sent: [] };

/** What was kept before, without what has waited too long. */
export function keptReports(now = Date.now()): KeptReports {
  try {
    const text = localStorage.getItem(KEY);
    if (text !== null) memory = JSON.parse(text) as KeptReports;
  } catch {
    // What the page remembers by itself stands.
  }
  return { ...memory, waiting: memory.waiting.filter(({ at }) => now - Date.parse(at) < WAITS_MS) };
}

/** Whether the device itself keeps it. */
export type Keeping = 'on this device' | 'in this page';

function keep(kept: KeptReports): Keeping {
  memory = kept;
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
    return 'on this device';
  } catch {
    return 'in this page';
  }
}

/** Keeps a report that is on its way, in place of what was kept of it before. */
export function keepWaiting(outgoing: Outgoing): Keeping {
  const kept = keptReports();
  return keep({ ...kept, waiting: [...kept.waiting.filter(({ key }) => key !== outgoing.key), outgoing] });
}

/** Forgets a report that is on its way: it was given up, or refused. */
export function dropWaiting(key: string): void {
  const kept = keptReports();
  keep({ ...kept, waiting: kept.waiting.filter((outgoing) => outgoing.key !== key) });
}

/** A report was sent: its words go, its number stays. */
export function noteSent(key: string, number: string, at: string): void {
  const kept = keptReports();
  const sent = [{ number, at }, ...kept.sent.filter((other) => other.number !== number)].slice(0, MOST_SENT);
  keep({ waiting: kept.waiting.filter((outgoing) => outgoing.key !== key), sent });
}

/** Forgets a number that this device kept. */
export function dropSent(number: string): void {
  const kept = keptReports();
  keep({ ...kept, sent: kept.sent.filter((other) => other.number !== number) });
}
