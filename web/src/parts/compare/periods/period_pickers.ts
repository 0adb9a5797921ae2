/** The choice of two periods: sensible pairs first, then each by itself, for planners by the day. */

import { daysOf, neighbouringPairs, type PeriodPair, windowsFor } from '../../../view/time/periods';
import { isSamePeriod, mayFilterFreely, type Period } from '../../../view/view';
import { type Drawn, element, valueIn } from '../../elements/element';
import type { Scene } from '../../scene';
import { dateRange, field } from '../../controls/choices';
import { periodName } from '../texts';

const FREE = 'free';
type Side = keyof PeriodPair;

/** The two periods as they stand, in the order of their first days even where they overlap. */
function standing(scene: Scene): PeriodPair {
  const { meta, asked } = scene;
  const against = asked.against ?? asked.period;
  const [own, other] = [daysOf(asked.period, meta), daysOf(against, meta)];
  const isLater = !own || !other || own.from >= other.from;
  return isLater ? { earlier: against, later: asked.period } : { earlier: asked.period, later: against };
}

function choose(scene: Scene, { earlier, later }: PeriodPair): void {
  scene.change({ period: later, against: earlier });
}

function pairSelect(scene: Scene, pair: PeriodPair): Drawn | null {
  const pairs = neighbouringPairs(scene.meta);
  if (pairs.length === 0) return null;
  const chosen = pairs.findIndex(({ earlier, later }) => isSamePeriod(earlier, pair.earlier) && isSamePeriod(later, pair.later));
  const text = ({ earlier, later }: PeriodPair): string =>
    scene.messages.say('comparison.pair', { later: periodName(scene, later), earlier: periodName(scene, earlier) });
  const pick = (event: Event): void => {
    const value = valueIn(event);
    const picked = pairs[Number(value)];
    if (value !== '' && picked) choose(scene, picked);
  };
  const id = 'compare-pair';
  const list = element(
    'select',
    { id, value: chosen < 0 ? '' : String(chosen), change: pick },
    element('option', { value: '' }, scene.messages.say('comparison.pair.own')),
    ...pairs.map((item, index) => element('option', { value: index }, text(item))),
  );
  return field(id, scene.messages.say('comparison.pairs'), list);
}

function dateFields(scene: Scene, side: Side, pair: PeriodPair, days: { from: string; to: string }): Drawn {
  return dateRange({
    ids: [`compare-${side}-from`, `compare-${side}-until`],
    days,
    messages: scene.messages,
    choose: (chosen) => choose(scene, { ...pair, [side]: chosen }),
  });
}

function sideFields(scene: Scene, side: Side, pair: PeriodPair): Drawn {
  const { messages, meta } = scene;
  const period: Period = pair[side];
  const options = windowsFor(meta).map((window) =>
    element('option', { value: window.id }, messages.pick(window.name) || window.id),
  );
  if (mayFilterFreely(meta)) options.push(element('option', { value: FREE }, messages.say('window.free')));
  const pick = (event: Event): void => {
    const value = valueIn(event);
    const days = daysOf(period, meta);
    const chosen = value === FREE ? days && { from: days.from, to: days.to } : { window: value };
    if (chosen) choose(scene, { ...pair, [side]: chosen });
  };
  const id = `compare-${side}`;
  const value = 'window' in period ? period.window : FREE;
  const list = element('select', { id, value, change: pick }, ...options);
  return element(
    'div',
    { class: 'side' },
    field(id, messages.say(`comparison.${side}`), list),
    'from' in period && dateFields(scene, side, pair, period),
  );
}

/** The fields that choose the earlier and the later period. */
export function periodPickers(scene: Scene): Drawn {
  const pair = standing(scene);
  return element(
    'div',
    { class: 'pickers' },
    pairSelect(scene, pair),
    sideFields(scene, 'earlier', pair),
    sideFields(scene, 'later', pair),
  );
}
