/** The English words of what comes later than the first map, one file per concern. */

import area from './en/later/area.json';
import compare from './en/later/compare.json';
import deciding from './en/later/deciding.json';
import desk from './en/later/desk.json';
import incidents from './en/later/incidents.json';
import keys from './en/later/keys.json';
import links from './en/later/links.json';
import moderation from './en/later/moderation.json';
import paper from './en/later/paper.json';
import report from './en/later/report.json';
import share from './en/later/share.json';
import situation from './en/later/situation.json';
import statutory from './en/later/statutory.json';
import table from './en/later/table.json';
import type { words as vi } from './vi_later';

/** The English messages of the parts that are loaded when they are asked for; a missing key does not compile. */
export const words: Record<keyof typeof vi, string> = {
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
