/** Sizes and spans of time as an operator reads them. */

import type { Messages } from '../../i18n/messages';
import type { Numbers } from '../../i18n/numbers';

const STEPS: readonly [least: number, unit: string][] = [
  [1e9, 'GB'],
  [1e6, 'MB'],
  [1e3, 'kB'],
];

/** A number of bytes with the largest unit of which it has one. */
export function fileSize(bytes: number, numbers: Numbers): string {
  const [least, unit] = STEPS.find(([step]) => bytes >= step) ?? [1, 'B'];
  const value = bytes / least;
  return `${least === 1 || value >= 100 ? numbers.count(value) : numbers.tenths(value)}\u00a0${unit}`;
}

/** A span of time in its largest whole unit: days, hours, minutes. */
export function span(seconds: number, messages: Messages, numbers: Numbers): string {
  const [days, hours, minutes] = [86_400, 3_600, 60].map((unit) => Math.floor(seconds / unit));
  if (days) return messages.sayCount('desk.days', days, { n: numbers.count(days) });
  if (hours) return messages.sayCount('desk.hours', hours, { n: numbers.count(hours) });
  return messages.sayCount('desk.minutes', minutes ?? 0, { n: numbers.count(minutes ?? 0) });
}
