/** "Why?": the sentence of the server, the chain of numbers that leads to the letter, and the groups that make the difference. */

import type { Explanation } from '../../api/explanation';
import type { AreaComponent, AreaRow } from '../../api/types';
import {
  type ComponentShare,
  componentText,
  excessOf,
  hiddenReasons,
  hotSpotText,
  ratedShares,
  shareText,
  shownComponents,
} from '../../view/text/why';
import { type Child, type Drawn, element } from '../elements/element';
import { differenceBar } from '../legend/figures';
import { chainPart } from './chain';
import type { Scene } from '../scene';
import { remark } from '../elements/section';

function surroundings(scene: Scene, explanation: Explanation): Drawn | null {
  const text = hotSpotText(explanation, scene.meta.role, scene);
  return text === null ? null : remark(scene.messages.say('why.hot_spot'), text);
}

function componentItem(name: string, figure: Child, bar: Child, note: string): Drawn {
  return element('li', {}, element('span', { class: 'label' }, name, figure), bar, element('small', {}, note));
}

function weighedItem(scene: Scene, share: ComponentShare, excess: number, most: number): Drawn {
  const { messages, numbers } = scene;
  const counts = componentText(share.observed, share.expected, scene);
  return componentItem(
    messages.pick(share.name) || share.id,
    element('b', {}, numbers.change(share.contribution)),
    differenceBar(share.contribution / most),
    [counts, shareText(share, excess, scene)].join('; '),
  );
}

/** What each rated group adds to the common level or takes from it. */
function weighedComponents(scene: Scene, shares: ComponentShare[]): Child[] {
  const excess = excessOf(shares);
  const most = Math.max(...shares.map((share) => Math.abs(share.contribution)), Number.EPSILON);
  return [
    element('h4', {}, scene.messages.say('why.components')),
    element('p', { class: 'quiet' }, scene.messages.say('why.components.total', { excess: scene.numbers.change(excess) })),
    element('ul', { class: 'components' }, ...shares.map((share) => weighedItem(scene, share, excess, most))),
  ];
}

/** The groups with their counts alone, for roles that are given no weights. */
function countedComponents(scene: Scene, components: AreaComponent[]): Child[] {
  if (components.length === 0) return [];
  const item = ({ name, id, observed, expected }: AreaComponent): Drawn =>
    componentItem(scene.messages.pick(name) || id, null, null, componentText(observed ?? 0, expected, scene));
  return [element('h4', {}, scene.messages.say('why.groups')), element('ul', { class: 'components' }, ...components.map(item))];
}

/** Groups that are no part of the grade: `key` says whether they are part of the count. */
function activity({ messages, numbers }: Scene, key: 'why.activity' | 'why.detected', components: AreaComponent[]): Drawn | null {
  const counted = components.filter((component) => (component.observed ?? 0) > 0);
  if (counted.length === 0) return null;
  const item = ({ name, id, observed }: AreaComponent): string =>
    messages.say('why.activity.item', { name: messages.pick(name) || id, n: numbers.count(observed ?? 0) });
  return element('p', { class: 'quiet' }, messages.say(key, { list: counted.map(item).join(', ') }));
}

function components(scene: Scene, explanation: Explanation, shown: AreaComponent[]): Child[] {
  if (explanation.level === 'province') return [];
  const shares = ratedShares(explanation.classes);
  const rated = shown.filter((component) => component.rated !== false);
  return [
    ...(shares.length > 0 ? weighedComponents(scene, shares) : countedComponents(scene, rated)),
    ...(['why.activity', 'why.detected'] as const).map((key) =>
      activity(
        scene,
        key,
        shown.filter(({ rated, in_total }) => rated === false && (in_total === false) === (key === 'why.detected')),
      ),
    ),
  ];
}

function hidden(scene: Scene, explanation: Explanation, shown: AreaComponent[]): Child[] {
  const reasons = hiddenReasons(explanation, shown, scene.meta.role);
  if (reasons.length === 0) return [];
  return [
    element('h4', {}, scene.messages.say('hidden')),
    element('ul', { class: 'reasons' }, ...reasons.map((key) => element('li', {}, scene.messages.say(key)))),
  ];
}

function scheme({ messages }: Scene, { scheme: by }: Explanation): Drawn | null {
  if (!by?.hash) return null;
  const name = messages.pick(by.name) || by.id || '';
  return element('p', { class: 'quiet' }, messages.say('why.scheme', { name, version: by.version ?? '', hash: by.hash }));
}

/** All that is said of why an area has its letter. */
export function reasons(scene: Scene, area: AreaRow, explanation: Explanation): Child[] {
  const shown = shownComponents(scene.detail?.area.code === area.code ? scene.detail.components : null);
  return [
    element('p', { id: 'why-sentence' }, scene.messages.pick(explanation.sentence)),
    ...chainPart(scene, area, explanation),
    element('dl', {}, surroundings(scene, explanation)),
    ...components(scene, explanation, shown),
    ...hidden(scene, explanation, shown),
    scheme(scene, explanation),
  ];
}
