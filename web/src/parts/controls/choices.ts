/** The plain pieces of the selectors: a field under its label, a list to choose from, a bar of radio buttons, a box to tick. */

import type { Messages } from '../../i18n/messages';
import { dayAfter, lastDay } from '../../i18n/numbers';
import { type Child, type Drawn, element, valueIn } from '../elements/element';
import { dayField } from './day_field';

/** A control under its label. */
export function field(id: string, label: string, control: Drawn): Drawn {
  return element('div', { class: 'field' }, element('label', { for: id }, label), control);
}

/** A list of which one is chosen. */
export interface Selection {
  id: string;
  label: string;
  options: Drawn[];
  value: string;
  choose(value: string): void;
}

/** The list under its label. */
export function select({ id, label, options, value, choose }: Selection): Drawn {
  const list = element('select', { id, value, change: (event) => choose(valueIn(event)) }, ...options);
  return field(id, label, list);
}

/** Two dates, both included, under their labels. */
export interface DateRange {
  ids: [from: string, until: string];
  /** Half-open, as the server takes them. */
  days: { from: string; to: string };
  messages: Messages;
  choose(days: { from: string; to: string }): void;
}

/** Fields for the first and the last day of a period; where one passes the other, the other follows. */
export function dateRange({ ids, days, messages, choose }: DateRange): Drawn {
  const last = lastDay(days.to);
  const first = (from: string): void => choose({ from, to: dayAfter(from > last ? from : last) });
  const until = (day: string): void => choose({ from: day < days.from ? day : days.from, to: dayAfter(day) });
  return element(
    'div',
    { class: 'pair' },
    dayField({ id: ids[0], label: messages.say('from'), value: days.from, messages, choose: first }),
    dayField({ id: ids[1], label: messages.say('until'), value: last, messages, choose: until }),
  );
}

/** One of several: `id` names the input, `state` whether it can be chosen. */
export interface Choice<T extends string> {
  item: T;
  label: Child[];
  state: 'open' | 'closed';
}

/** A group of which one is chosen, all in view. */
export interface Radios<T extends string> {
  name: string;
  legend: string;
  choices: readonly Choice<T>[];
  chosen: T;
  choose(item: T): void;
}

/** A group of radio buttons drawn as one bar of buttons. */
export function radios<T extends string>({ name, legend, choices, chosen, choose }: Radios<T>): Drawn {
  const segments = choices.map(({ item, label, state }) =>
    element(
      'label',
      { class: 'segment' },
      element('input', {
        id: `${name}-${item}`,
        type: 'radio',
        name,
        value: item,
        checked: item === chosen,
        disabled: state === 'closed',
        change: () => choose(item),
      }),
      element('span', {}, ...label),
    ),
  );
  return element('fieldset', { class: `segments ${name}` }, element('legend', {}, legend), ...segments);
}

/** A box that is ticked or empty. */
export interface Box {
  id: string;
  label: Child;
  state: 'ticked' | 'empty';
  turn(): void;
}

/** The box before its label. */
export function box({ id, label, state, turn }: Box): Drawn {
  return element(
    'label',
    { class: 'choice' },
    element('input', { id, type: 'checkbox', checked: state === 'ticked', change: turn }),
    label,
  );
}

/** `list` with `item` put in, or taken out where it was. */
export function toggled<T>(list: readonly T[], item: T): T[] {
  return list.includes(item) ? list.filter((other) => other !== item) : [...list, item];
}
