/** The English words of the page, one file per concern. */

import find from './en/find.json';
import layers from './en/layers.json';
import page from './en/page.json';
import panel from './en/panel.json';
import state from './en/state.json';
import time from './en/time.json';
import type { words as vi } from './vi';

/** The English messages; a missing key does not compile. */
export const words: Record<keyof typeof vi, string> = {
  ...page,
  ...panel,
  ...layers,
  ...time,
  ...find,
  ...state,
};
