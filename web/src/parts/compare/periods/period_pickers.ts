/** The choice of two periods: sensible pairs first, then each by itself, for planners by the day. */

import { dayAfter, lastDay } from '../../../i18n/numbers';
import { daysOf, neighbouringPairs, type PeriodPair, windowsFor } from '../../../view/time/periods';
import { isSamePeriod, mayFilterFreely, type Period } from '../../../view/view';
import { element } from '../../elements/element';
import type { Scene } from '../../scene';
import { periodName } from '../texts';

const FREE = 'free';
type Side = keyof PeriodPair;

function field(id: string, label: string, control: HTMLElement): HTMLElement {
  return element('div', { class: 'field' }, element('label', { for: id }, label), control);
}

/** The two periods as they stand, in the order of their first days even where they overlap. */
function standing(scene: Scene): PeriodPair {
  const { meta, view } = scene;
  const against = view.against ?? view.period;
  const [own, other] = [daysOf(view.period, meta), daysOf(against, meta)];
  const isLater = !own || !other || own.from >= other.from;
  return isLater ? { earlier: against, later: view.period } : { earlier: view.period, later: against };
}

function choose(scene: Scene, { earlier, later }: PeriodPair): void {
  scene.change({ period: later, against: earlier });
}

function pairSelect(scene: Scene, pair: PeriodPair): HTMLElement | null {
  const pairs = neighbouringPairs(scene.meta);
  if (pairs.length === 0) return null;
  const chosen = pairs.findIndex(({ earlier, later }) => isSamePeriod(earlier, pair.earlier) && isSamePeriod(later, pair.later));
  const text = ({ earlier, later }: PeriodPair): string =>
    scene.messages.say('comparison.pair', { later: periodName(scene, later), earlier: periodName(scene, earlier) });
  const pick = (): void => {
    const picked = pairs[Number(node.value)];
    if (node.value !== '' && picked) choose(scene, picked);
  };
  const node = element(
    'select',
    { id: 'compare-pair', change: pick },
    element('option', { value: '' }, scene.messages.say('comparison.pair.own')),
    ...pairs.map((item, index) => element('option', { value: index }, text(item))),
  );
  node.value = chosen < 0 ? '' : String(chosen);
  return field(node.id, scene.messages.say('comparison.pairs'), node);
}

function dateFields(scene: Scene, side: Side, pair: PeriodPair, days: { from: string; to: string }): HTMLElement {
  const set = (): void => {
    if (from.value && last.value && from.value <= last.value)
      choose(scene, { ...pair, [side]: { from: from.value, to: dayAfter(last.value) } });
  };
  const from = element('input', { id: `compare-${side}-from`, type: 'date', value: days.from, change: set });
  const last = element('input', { id: `compare-${side}-until`, type: 'date', value: lastDay(days.to), change: set });
  return element(
    'div',
    { class: 'pair' },
    field(from.id, scene.messages.say('from'), from),
    field(last.id, scene.messages.say('until'), last),
  );
}

function sideFields(scene: Scene, side: Side, pair: PeriodPair): HTMLElement {
  const { messages, meta } = scene;
  const period: Period = pair[side];
  const options = windowsFor(meta).map((window) =>
    element('option', { value: window.id }, messages.pick(window.name) || window.id),
  );
  if (mayFilterFreely(meta)) options.push(element('option', { value: FREE }, messages.say('window.free')));
  const pick = (): void => {
    const days = daysOf(period, meta);
    const chosen = node.value === FREE ? days && { from: days.from, to: days.to } : { window: node.value };
    if (chosen) choose(scene, { ...pair, [side]: chosen });
  };
  const node = element('select', { id: `compare-${side}`, change: pick }, ...options);
  node.value = 'window' in period ? period.window : FREE;
  return element(
    'div',
    { class: 'side' },
    field(node.id, messages.say(`comparison.${side}`), node),
    'from' in period && dateFields(scene, side, pair, period),
  );
}

export function periodPickers(scene: Scene): HTMLElement {
  const pair = standing(scene);
  return element(
    'div',
    { class: 'pickers' },
    pairSelect(scene, pair),
    sideFields(scene, 'earlier', pair),
    sideFields(scene, 'later', pair),
  );
}
