/** On which areas: the level, fixed or by zoom; the edition of the boundaries; the group that stands out; former districts. */

import type { Level } from '../../api/types';
import { type Drawn, element } from '../elements/element';
import { editionNamed, formerEdition, type Scene } from '../scene';
import { box, radios, select, toggled } from './choices';

type Asked = Level | 'auto';

function levelRadios(scene: Scene): Drawn {
  const { messages, asked } = scene;
  const levels: Asked[] = ['auto', ...(editionNamed(scene.meta, asked.edition)?.levels ?? [asked.level])];
  return radios<Asked>({
    name: 'level',
    legend: messages.say('level'),
    choices: levels.map((item) => ({ item, label: [messages.say(`level.${item}`)], state: 'open' })),
    chosen: asked.leveling === 'zoom' ? 'auto' : asked.level,
    choose: (item) => scene.change(item === 'auto' ? { leveling: 'zoom' } : { leveling: 'fixed', level: item }),
  });
}

function formerBox(scene: Scene): Drawn | null {
  const { messages, asked } = scene;
  if (!formerEdition(scene)) return null;
  return box({
    id: 'overlay-districts',
    label: messages.say('overlay.districts'),
    state: asked.overlays.includes('districts') ? 'ticked' : 'empty',
    turn: () => scene.change({ overlays: toggled(asked.overlays, 'districts') }),
  });
}

function editionSelect(scene: Scene): Drawn {
  const { messages, meta, asked } = scene;
  return select({
    id: 'edition',
    label: messages.say('edition'),
    options: meta.editions.map((edition) => element('option', { value: edition.id }, messages.pick(edition.name) || edition.id)),
    value: asked.edition,
    choose: (edition) => scene.change({ edition, camera: null }),
  });
}

function groupSelect(scene: Scene): Drawn | null {
  const { messages, meta, asked } = scene;
  if (!meta.peer_groups?.length) return null;
  return select({
    id: 'group',
    label: messages.say('group'),
    options: [
      element('option', { value: '' }, messages.say('group.all')),
      ...meta.peer_groups.map((group) => element('option', { value: group.id }, messages.pick(group.name))),
    ],
    value: asked.group ?? '',
    choose: (group) => scene.change({ group: group === '' ? null : group }),
  });
}

/** The selectors of level, former districts, edition and group. */
export function areaParts(scene: Scene): (Drawn | null)[] {
  return [levelRadios(scene), formerBox(scene), element('div', { class: 'pair' }, editionSelect(scene), groupSelect(scene))];
}
