/** Notices that the server's data changed: a cheap conditional question every half minute, silent while the tab is hidden. */

import { fetchVersion } from '../client';

const INTERVAL_MS = 30_000;

/** What a question is about, and what is heard. */
export interface PollListener {
  /** Whether a question is needed at all: not while something else listens. */
  isNeeded(): boolean;
  /** The epoch that the server serves. */
  epoch(epoch: number): void;
  reachable(yes: 'online' | 'offline'): void;
}

/** Asks again and again. Returns a function that asks at once. */
export function pollEpoch(listener: PollListener): () => Promise<void> {
  const ask = async (): Promise<void> => {
    if (document.hidden) return;
    try {
      const version = await fetchVersion();
      listener.reachable('online');
      listener.epoch(version.epoch);
    } catch {
      listener.reachable('offline');
    }
  };
  const askIfNeeded = (): void => {
    if (listener.isNeeded()) void ask();
  };
  setInterval(askIfNeeded, INTERVAL_MS);
  document.addEventListener('visibilitychange', askIfNeeded);
  addEventListener('online', () => void ask());
  addEventListener('offline', () => listener.reachable('offline'));
  return ask;
}
