/** Notices that the server's data changed: a cheap conditional question every half minute, silent while the tab is hidden. */

import { fetchVersion } from './client';
import type { Version } from './types';

const INTERVAL_MS = 30_000;

/** What is reported of the server's numbers and of the connection. */
export interface LiveListener {
  changed(version: Version): void;
  reachable(yes: 'online' | 'offline'): void;
}

/** Calls `listener.changed` whenever the epoch moves on from `epoch`. Returns a function that asks at once. */
export function watchEpoch(epoch: number, listener: LiveListener): () => Promise<void> {
  let known = epoch;
  const ask = async (): Promise<void> => {
    if (document.hidden) return;
    try {
      const version = await fetchVersion();
      listener.reachable('online');
      if (version.epoch === known) return;
      known = version.epoch;
      listener.changed(version);
    } catch {
      listener.reachable('offline');
    }
  };
  setInterval(() => void ask(), INTERVAL_MS);
  document.addEventListener('visibilitychange', () => void ask());
  addEventListener('online', () => void ask());
  addEventListener('offline', () => listener.reachable('offline'));
  return ask;
}
