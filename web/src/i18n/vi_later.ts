/** The Vietnamese words of what comes later than the first map, one file per concern. */

import area from './vi/later/area.json';
import compare from './vi/later/compare.json';
import deciding from './vi/later/deciding.json';
import desk from './vi/later/desk.json';
import incidents from './vi/later/incidents.json';
import keys from './vi/later/keys.json';
import links from './vi/later/links.json';
import moderation from './vi/later/moderation.json';
import paper from './vi/later/paper.json';
import report from './vi/later/report.json';
import share from './vi/later/share.json';
import situation from './vi/later/situation.json';
import statutory from './vi/later/statutory.json';
import table from './vi/later/table.json';

/** The Vietnamese messages of the parts that are loaded when they are asked for. */
export const words = {
  ...area,
  ...compare,
  ...deciding,
  ...desk,
  ...incidents,
  ...keys,
  ...links,
  ...moderation,
  ...paper,
  ...report,
  ...share,
  ...situation,
  ...statutory,
  ...table,
};
