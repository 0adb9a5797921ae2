/** The Vietnamese words of what comes later than the first map, one file per concern. */

import deciding from './vi/deciding.json';
import incidents from './vi/incidents.json';
import links from './vi/links.json';
import table from './vi/table.json';

/** The Vietnamese messages of the parts that are loaded when they are asked for. */
export const words = { ...deciding, ...incidents, ...links, ...table };
