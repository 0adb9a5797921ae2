/** What the desk of moderation marks on the map. */

import { signal } from '@preact/signals-core';

/** A place that is marked. */
export interface Pin {
  at: readonly [lon: number, lat: number];
  kind: 'report' | 'waiting' | 'near' | 'target';
}

/** All that is marked now; nothing while the desk is closed. */
export const pins = signal<readonly Pin[]>([]);
