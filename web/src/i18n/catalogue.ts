/** The words of both languages, one file per concern of the page. */

import enCompare from './en/compare.json';
import enFind from './en/find.json';
import enLayers from './en/layers.json';
import enPage from './en/page.json';
import enPanel from './en/panel.json';
import enShare from './en/share.json';
import enTable from './en/table.json';
import enTime from './en/time.json';
import viCompare from './vi/compare.json';
import viFind from './vi/find.json';
import viLayers from './vi/layers.json';
import viPage from './vi/page.json';
import viPanel from './vi/panel.json';
import viShare from './vi/share.json';
import viTable from './vi/table.json';
import viTime from './vi/time.json';

export const vi = { ...viPage, ...viPanel, ...viLayers, ...viTime, ...viCompare, ...viTable, ...viFind, ...viShare };
export const en: Record<keyof typeof vi, string> = {
  ...enPage,
  ...enPanel,
  ...enLayers,
  ...enTime,
  ...enCompare,
  ...enTable,
  ...enFind,
  ...enShare,
};
