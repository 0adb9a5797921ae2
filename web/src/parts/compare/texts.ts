/** Small texts that all parts of the comparison write alike. */

import type { Known } from '../../api/answers';
import { daysOf } from '../../view/time/periods';
import type { Period } from '../../view/view';
import { type Drawn, element } from '../elements/element';
import type { Scene } from '../scene';

/** What stands instead of an answer that is not here. */
export function insteadOf(known: Known<unknown>, scene: Scene): Drawn | null {
  if (known.state === 'here') return null;
  const text =
    known.state === 'waiting'
      ? scene.messages.say('state.loading')
      : scene.messages.say('comparison.refused', { reason: known.reason.message });
  return element('p', { class: 'quiet', role: 'status' }, text);
}

/** A value with its limits in brackets, where it has any; empty where it is hidden. */
export function limitsText(value: number | null, low: number | null, high: number | null, format: (n: number) => string): string {
  if (value === null) return '';
  return low === null || high === null ? format(value) : `${format(value)} (${format(low)}–${format(high)})`;
}

/** A period as its name where it has one, and its first and last day. */
export function periodWords(scene: Scene, period: Period): { name: string; days: string } {
  const days = daysOf(period, scene.meta);
  const window = 'window' in period ? scene.meta.windows.find(({ id }) => id === period.window) : null;
  return {
    name: window ? scene.messages.pick(window.name) : '',
    days: days ? scene.numbers.period(days.from, days.to) : '',
  };
}

/** The short name of a period: that of its window, or its days. */
export function periodName(scene: Scene, period: Period): string {
  const { name, days } = periodWords(scene, period);
  return name || days;
}
