/** How many incidents have no point on the map, and why; the list of them lies beside the map. */

import type { Desk } from '../../api/roles/desk';
import { type Child, type Drawn, element } from '../elements/element';
import type { Scene } from '../scene';

const TERMS = ['by_commune', 'by_wider_area', 'outside', 'unplaced', 'district_only'] as const;

/** To the layer of incidents on the map, and to its list. */
function toList(scene: Scene, edition: string): void {
  const { asked, change } = scene;
  const overlays = asked.overlays.includes('incidents') ? asked.overlays : [...asked.overlays, 'incidents' as const];
  change({ mode: 'map', overlays, edition });
  document.dispatchEvent(new CustomEvent('binhyen:open', { detail: 'incidents' }));
}

function listButton(scene: Scene, edition: string): Drawn {
  const label = scene.messages.say('desk.places.list');
  return element(
    'button',
    { id: 'desk-places-list', type: 'button', class: 'plain', click: () => toList(scene, edition) },
    label,
  );
}

/** The terms of the account that are no points, on the newest edition. */
export function placeParts(scene: Scene, { data }: Desk): Child[] {
  const { messages, numbers } = scene;
  const edition = data?.editions.at(-1);
  if (!data || !edition) return [element('p', {}, messages.say('desk.data.none'))];
  const { account } = edition;
  const without = TERMS.reduce((sum, term) => sum + (account[term] ?? 0), 0);
  if (without === 0) return [element('p', {}, messages.say('desk.places.none', { all: numbers.count(account.incidents ?? 0) }))];
  const values = { n: numbers.count(without), all: numbers.count(account.incidents ?? 0), name: messages.pick(edition.name) };
  const terms = TERMS.filter((term) => (account[term] ?? 0) > 0).map((term) =>
    element(
      'li',
      {},
      element('span', {}, messages.say(`desk.places.${term}`)),
      ' ',
      element('b', {}, numbers.count(account[term] ?? 0)),
    ),
  );
  return [
    element('p', {}, messages.say('desk.places.some', values)),
    element('ul', { class: 'counts' }, ...terms),
    listButton(scene, edition.id),
  ];
}
