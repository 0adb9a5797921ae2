/** The English words of the page, one file per concern. */

import compare from './en/compare.json';
import find from './en/find.json';
import layers from './en/layers.json';
import page from './en/page.json';
import panel from './en/panel.json';
import share from './en/share.json';
import table from './en/table.json';
import time from './en/time.json';
import type { words as vi } from './vi';

/** The English messages; a missing key does not compile. */
export const words: Record<keyof typeof vi, string> = {
  ...page,
  ...panel,
  ...layers,
  ...time,
  ...compare,
  ...table,
  ...find,
  ...share,
};
