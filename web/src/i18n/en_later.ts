/** The English words of what comes later than the first map, one file per concern. */

import deciding from './en/deciding.json';
import incidents from './en/incidents.json';
import links from './en/links.json';
import table from './en/table.json';
import type { words as vi } from './vi_later';

/** The English messages of the parts that are loaded when they are asked for; a missing key does not compile. */
export const words: Record<keyof typeof vi, string> = { ...deciding, ...incidents, ...links, ...table };
