/** The incidents that requests wrote lately, one by one, for commanders: what was done, where, and when. */

import type { RecentIncident, Situation } from '../../api/roles/situation';
import { type Child, type Drawn, element } from '../elements/element';
import type { Scene } from '../scene';
import { categoryName, showOnMap } from './newest';

/** The list; none where nothing was written, or where single incidents are not told. */
export function recentParts(scene: Scene, { recent }: Situation): Child[] {
  const { incidents } = recent;
  if (!incidents || incidents.length === 0) return [];
  return [element('ol', { class: 'newest' }, ...incidents.map((one) => item(scene, one)))];
}

function item(scene: Scene, { id, what, when, category, commune }: RecentIncident): Drawn {
  const { messages, numbers } = scene;
  const parts = [
    element('b', {}, `${messages.say(`situation.recent.${what}`)}: ${categoryName(scene, category)}`),
    element('span', {}, commune?.name ?? messages.say('situation.new.nowhere')),
    element('time', { datetime: when }, messages.say('situation.recent.at', { at: numbers.moment(new Date(when)) })),
  ];
  // What is there no more is on no map.
  if (what === 'withdrawn') return element('li', {}, element('div', { class: 'row' }, ...parts));
  const click = (): void => showOnMap(scene, { area: commune ?? null });
  return element('li', {}, element('button', { id: `recent-${id}`, type: 'button', class: 'row', click }, ...parts));
}
