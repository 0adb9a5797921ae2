/** Which incidents are counted: their kinds, by component, and the least severity. For those who may filter freely. */

import { type Kinds, kindsOf, turnedKinds } from '../../view/kinds';
import { mayFilterFreely } from '../../view/view';
import { type Drawn, element } from '../elements/element';
import { fold } from '../elements/fold';
import type { Scene } from '../scene';
import { box, select, toggled } from './choices';

function kindsBox(scene: Scene, kinds: Kinds): Drawn {
  const { messages, asked } = scene;
  const isFull = kinds.categories.every(({ id }) => asked.categories.includes(id));
  const turn = (): void => scene.change({ categories: turnedKinds(asked.categories, kinds) });
  const boxes = kinds.categories.map(({ id, name }) =>
    box({
      id: `category-${id}`,
      label: messages.pick(name),
      state: asked.categories.includes(id) ? 'ticked' : 'empty',
      turn: () => scene.change({ categories: toggled(asked.categories, id) }),
    }),
  );
  const label = messages.say(isFull ? 'categories.clear' : 'categories.select');
  const name = messages.pick(kinds.name);
  return element(
    'fieldset',
    { class: 'kinds' },
    element('legend', {}, name),
    element('button', { id: `kinds-${kinds.id}`, type: 'button', 'aria-label': `${label}: ${name}`, click: turn }, label),
    ...boxes,
  );
}

function categoryBoxes(scene: Scene): Drawn | null {
  const { messages, asked } = scene;
  const kinds = kindsOf(scene.meta);
  if (kinds.length === 0) return null;
  const count = asked.categories.length;
  const chosen = count === 0 ? messages.say('categories.all') : messages.say('categories.some', { n: count });
  return fold(
    'categories',
    'closed',
    `${messages.say('categories')}: ${chosen}`,
    ...kinds.map((group) => kindsBox(scene, group)),
  );
}

function severitySelect(scene: Scene): Drawn | null {
  const { messages, meta, asked } = scene;
  if (!meta.severities?.length) return null;
  return select({
    id: 'severity',
    label: messages.say('severity'),
    options: [
      element('option', { value: '' }, messages.say('severity.any')),
      ...meta.severities.map((item) => element('option', { value: item.number }, messages.pick(item.name))),
    ],
    value: asked.minSeverity === null ? '' : String(asked.minSeverity),
    choose: (value) => scene.change({ minSeverity: value === '' ? null : Number(value) }),
  });
}

/** Nothing for the public: why not is said beside the periods. */
export function filterParts(scene: Scene): (Drawn | null)[] {
  return mayFilterFreely(scene.meta) ? [categoryBoxes(scene), severitySelect(scene)] : [];
}

/** Whether something is filtered away. */
export function isFiltered({ asked }: Scene): boolean {
  return asked.categories.length > 0 || asked.minSeverity !== null;
}
