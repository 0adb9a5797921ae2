/** The Vietnamese words of the page, one file per concern. */

import find from './vi/find.json';
import layers from './vi/layers.json';
import page from './vi/page.json';
import panel from './vi/panel.json';
import state from './vi/state.json';
import time from './vi/time.json';

/** The Vietnamese messages: the keys that all others follow. */
export const words = { ...page, ...panel, ...layers, ...time, ...find, ...state };
