/** The incidents of the list as a file: written by the page where it has all of them, else by the server. */

import { type IncidentPart, incidentsFile } from '../../api/incidents';
import { download, save } from '../../api/download';
import { csvOf } from '../../view/incidents/csv';
import type { IncidentRecord } from '../../view/incidents/records';
import type { Scene } from '../scene';
import { shownFilter } from './dense';

/** Tells spreadsheets that the file is Unicode. */
const BYTE_ORDER_MARK = '\ufeff';
const NAME = 'binhyen-incidents.csv';

/** What is saved: the records of the list in its order, and whether these are all that match. */
export interface ListedIncidents {
  part: IncidentPart;
  shown: readonly IncidentRecord[];
  all: 'here' | 'on-server';
}

/** Saves what the list shows, without the groups that are left out; the server's file stands in the order of the ids. */
export async function saveIncidents(scene: Scene, { part, shown, all }: ListedIncidents): Promise<void> {
  const { messages, meta, view } = scene;
  const filter = shownFilter(scene);
  try {
    if (all === 'on-server' && filter) {
      await download(incidentsFile(filter, part), NAME);
      return scene.announce(messages.say('incidents.saved.all'));
    }
    const text = csvOf(shown, { edition: view.edition, sample: meta.sample });
    save(new Blob([BYTE_ORDER_MARK, text], { type: 'text/csv;charset=utf-8' }), NAME);
    scene.announce(messages.say('incidents.saved', { n: scene.numbers.count(shown.length) }));
  } catch (error) {
    scene.announce(messages.say('state.refused', { reason: error instanceof Error ? error.message : String(error) }));
  }
}
