/** Where most areas have too little for a letter, as in a few days: that the map can show counts or rates instead, or does. */

import { lengthOf, spanOf } from '../../view/time/time';
import { type Drawn, element } from '../elements/element';
import { areasOf, type Scene } from '../scene';

/** Longer periods are not short, whatever the data. */
const SHORT_DAYS = 100;

/** Whether more than half of the areas have too little for a letter. */
export function isMostlyUnrated(areas: readonly { grade?: string | null }[]): boolean {
  const unrated = areas.filter(({ grade }) => grade === 'insufficient');
  return areas.length > 0 && unrated.length > areas.length / 2;
}

function themeButton(scene: Scene, theme: 'grade' | 'count' | 'rate'): Drawn {
  const label = scene.messages.say(`layer.${theme}`);
  return element('button', { id: `short-${theme}`, type: 'button', class: 'plain', click: () => scene.change({ theme }) }, label);
}

/** The sentence with its buttons; nothing where letters say something, or another layer was chosen. */
export function shortPeriodPart(scene: Scene): Drawn | null {
  const { meta, messages, numbers, view } = scene;
  const areas = areasOf(scene);
  if (!isMostlyUnrated(areas) || (view.theme !== 'grade' && view.theme !== 'count')) return null;
  const span = spanOf(view.period, meta.windows);
  const isShort = span !== null && lengthOf(span) <= SHORT_DAYS;
  if (view.theme === 'count' && !isShort) return null;
  const unrated = areas.filter(({ grade }) => grade === 'insufficient').length;
  const values = { n: numbers.count(unrated), all: numbers.count(areas.length) };
  const others = view.theme === 'grade' ? (['count', 'rate'] as const) : (['rate', 'grade'] as const);
  return element(
    'div',
    { id: 'short-period', role: 'note' },
    element('p', {}, messages.say(view.theme === 'grade' ? 'short.offer' : 'short.shown', values)),
    element('div', { class: 'actions' }, ...others.map((theme) => themeButton(scene, theme))),
  );
}
