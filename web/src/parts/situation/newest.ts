/** The newest incidents of the days, the newest first; each opens the map at its place. */

import type { Newest, Situation } from '../../api/roles/situation';
import { type Child, type Drawn, element } from '../elements/element';
import type { Scene } from '../scene';

const CLOSE = 14;

/** Opens the map with its incidents, where one of them happened as far as that is known. */
export function showOnMap(scene: Scene, { lon, lat, area }: Partial<Pick<Newest, 'lon' | 'lat' | 'area'>>): void {
  const { asked } = scene;
  const overlays = asked.overlays.includes('incidents') ? asked.overlays : [...asked.overlays, 'incidents' as const];
  const camera = typeof lon === 'number' && typeof lat === 'number' ? { lon, lat, zoom: CLOSE } : null;
  scene.change({
    mode: 'map',
    overlays,
    ...(area && { area: area.code, level: 'commune', leveling: 'fixed' }),
    ...(camera && { camera }),
  });
}

/** The list; for planners a sentence. */
export function newestParts(scene: Scene, { newest }: Situation): Child[] {
  const { messages } = scene;
  if (!newest) return [element('p', { class: 'quiet' }, messages.say('situation.new.planner'))];
  if (newest.length === 0) return [element('p', { class: 'calm' }, messages.say('situation.new.none'))];
  return [element('ol', { class: 'newest' }, ...newest.map((incident) => item(scene, incident)))];
}

/** What a category is called. */
export function categoryName({ meta, messages }: Scene, id: string): string {
  const category = meta.categories?.find((one) => one.id === id);
  return category ? messages.pick('name' in category ? category.name : category) : id;
}

function item(scene: Scene, incident: Newest): Drawn {
  const { messages, numbers } = scene;
  const day = incident.time.slice(0, 10);
  return element(
    'li',
    {},
    element(
      'button',
      { id: `newest-${incident.id}`, type: 'button', class: 'row', click: () => showOnMap(scene, incident) },
      element('b', {}, categoryName(scene, incident.category)),
      element('span', {}, incident.area?.name ?? messages.say('situation.new.nowhere')),
      element('time', { datetime: incident.time }, `${numbers.day(day)} ${incident.time.slice(11, 16)}`),
    ),
  );
}
