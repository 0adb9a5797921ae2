/** The plain pieces of the selectors: a field under its label, a list to choose from, a bar of radio buttons, a box to tick. */

import { type Child, element } from '../elements/element';

export function field(id: string, label: string, control: HTMLElement): HTMLElement {
  return element('div', { class: 'field' }, element('label', { for: id }, label), control);
}

export interface Selection {
  id: string;
  label: string;
  options: HTMLElement[];
  value: string;
  choose(value: string): void;
}

export function select({ id, label, options, value, choose }: Selection): HTMLElement {
  const node = element('select', { id, change: () => choose(node.value) }, ...options);
  node.value = value;
  return field(id, label, node);
}

/** One of several: `id` names the input, `state` whether it can be chosen. */
export interface Choice<T extends string> {
  item: T;
  label: Child[];
  state: 'open' | 'closed';
}

export interface Radios<T extends string> {
  name: string;
  legend: string;
  choices: readonly Choice<T>[];
  chosen: T;
  choose(item: T): void;
}

/** A group of radio buttons that looks like one bar of buttons. */
export function radios<T extends string>({ name, legend, choices, chosen, choose }: Radios<T>): HTMLElement {
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

export interface Box {
  id: string;
  label: Child;
  state: 'ticked' | 'empty';
  turn(): void;
}

export function box({ id, label, state, turn }: Box): HTMLElement {
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
