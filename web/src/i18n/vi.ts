/** The Vietnamese words of the page, one file per concern. */

import compare from './vi/compare.json';
import find from './vi/find.json';
import layers from './vi/layers.json';
import page from './vi/page.json';
import panel from './vi/panel.json';
import share from './vi/share.json';
import table from './vi/table.json';
import time from './vi/time.json';

/** The Vietnamese messages: the keys that all others follow. */
export const words = { ...page, ...panel, ...layers, ...time, ...compare, ...table, ...find, ...share };
