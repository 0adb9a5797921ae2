/** "Why?": the sentence of the server, the numbers behind the letter, and the groups that make the difference. */

import type { Explanation } from '../../api/explanation';
import type { AreaComponent, AreaRow } from '../../api/types';
import { labelOf } from '../../view/text/attributes';
import {
  chanceText,
  type ComponentShare,
  componentText,
  countedText,
  excessOf,
  hiddenReasons,
  hotSpotText,
  ratedShares,
  reliabilityText,
  shareText,
  shownComponents,
  weightedText,
} from '../../view/text/why';
import { type Child, type Drawn, element } from '../elements/element';
import { differenceBar, gradeRuler } from '../legend/figures';
import { byWidth, fold } from '../elements/fold';
import { scaleOf, type Scene } from '../scene';
import { remark } from '../elements/section';

function counted(scene: Scene, explanation: Explanation): Drawn | null {
  const text = explanation.level === 'province' ? null : countedText(explanation.unweighted, scene);
  return text && remark(scene.messages.say('why.count'), text.sentence, text.note && element('small', {}, text.note));
}

function weighted(scene: Scene, area: AreaRow, { weighted: found, method, difference, level }: Explanation): Drawn | null {
  const text = level === 'province' ? null : weightedText(found, method?.interval, scene);
  if (!text) return null;
  const clarity = difference && element('b', { class: 'clarity' }, scene.messages.say(`why.difference.${difference}`));
  // The public's ratios follow from published counts alone, in which every incident weighs the same.
  const key = scene.meta.role === 'public' ? 'why.smoothed' : 'why.weighted';
  return remark(scene.messages.say(key), clarity, element('small', {}, text), gradeRuler(scene, area));
}

function surroundings(scene: Scene, explanation: Explanation): Drawn | null {
  const text = hotSpotText(explanation, scene.meta.role, scene);
  return text === null ? null : remark(scene.messages.say('why.hot_spot'), text);
}

function reliability(scene: Scene, { weighted: found, method, level }: Explanation): Drawn | null {
  const scale = scaleOf(scene);
  const own = { ...scale, minReliability: method?.min_reliability ?? scale.minReliability };
  const text = level === 'province' ? null : reliabilityText(found?.reliability, own, scene);
  return text === null ? null : remark(labelOf('reliability', scene), text);
}

function chance(scene: Scene, { prob_letter: probability, method }: Explanation): Drawn | null {
  const text = chanceText(probability, method?.min_letter_probability, scene);
  return text === null ? null : remark(labelOf('prob_letter', scene), text);
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

function reasons(scene: Scene, area: AreaRow, explanation: Explanation): Child[] {
  const shown = shownComponents(scene.detail?.area.code === area.code ? scene.detail.components : null);
  return [
    element('p', { id: 'why-sentence' }, scene.messages.pick(explanation.sentence)),
    element(
      'dl',
      {},
      counted(scene, explanation),
      weighted(scene, area, explanation),
      chance(scene, explanation),
      reliability(scene, explanation),
      surroundings(scene, explanation),
    ),
    ...components(scene, explanation, shown),
    ...hidden(scene, explanation, shown),
    scheme(scene, explanation),
  ];
}

/** The part of the panel that says why; while the explanation is on its way, that it is. */
export function whyPart(scene: Scene, area: AreaRow): Drawn {
  const { explanation, messages } = scene;
  const waiting = (key: 'state.loading' | 'why.missing'): Child[] => [element('p', { class: 'quiet' }, messages.say(key))];
  const children =
    explanation === 'waiting'
      ? waiting('state.loading')
      : explanation === 'missing'
        ? waiting('why.missing')
        : reasons(scene, area, explanation);
  return fold('why', byWidth(), element('h3', {}, messages.say('panel.why')), ...children);
}
