/** The incidents in view as a file. The server gives pages of JSON; the page follows them to the last and writes the table. */

import { type IncidentPoints, incidentsAddress } from '../../api/incidents';
import { save } from '../../api/download';
import { csvOf } from '../../view/incidents/csv';
import { groupOf, type IncidentOrder, type IncidentRecord, ordered, recordOf } from '../../view/incidents/records';
import { kindsOf } from '../../view/kinds';
import { filterOf } from '../../view/view';
import type { Bounds } from '../../api/types';
import type { Scene } from '../scene';
import { hiddenGroups } from './shared';

const PAGE = 10_000;
/** Tells spreadsheets that the file is Unicode. */
const BYTE_ORDER_MARK = '\ufeff';

async function allIn(scene: Scene, bounds: Bounds | null): Promise<IncidentRecord[]> {
  const filter = filterOf(scene.view);
  const found: IncidentRecord[] = [];
  let after: string | undefined;
  do {
    const page: IncidentPoints = await scene.answers.later<IncidentPoints>(incidentsAddress(filter, bounds, PAGE, after));
    found.push(...page.features.map(recordOf));
    after = page.links.some(({ rel }) => rel === 'next') ? page.features.at(-1)?.id : undefined;
  } while (after !== undefined);
  return found;
}

/** Saves what the list shows, all of it, in the order of the list. */
export async function saveIncidents(scene: Scene, bounds: Bounds | null, order: IncidentOrder): Promise<void> {
  const { messages } = scene;
  const groups = kindsOf(scene.meta);
  try {
    const all = ordered(await allIn(scene, bounds), order, groups);
    const shown = all.filter(({ category }) => !hiddenGroups.peek().has(groupOf(category, groups)));
    save(new Blob([BYTE_ORDER_MARK, csvOf(shown)], { type: 'text/csv;charset=utf-8' }), 'binhyen-incidents.csv');
    scene.announce(messages.say('incidents.saved', { n: scene.numbers.count(shown.length) }));
  } catch (error) {
    scene.announce(messages.say('state.refused', { reason: error instanceof Error ? error.message : String(error) }));
  }
}
