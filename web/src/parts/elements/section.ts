/** The plain pieces of the panel: a section under its heading, a fact beside its label. */

import { type Child, type Drawn, element } from './element';

/** A section of the panel under its heading. */
export function section(title: string, ...children: Child[]): Drawn {
  return element('section', {}, element('h3', {}, title), ...children);
}

/** A number beside its label, with a note below it. */
export function fact(label: string, value: string, note = ''): Drawn {
  return element('div', {}, element('dt', {}, label), element('dd', {}, value, note && element('small', {}, note)));
}

/** A label with a whole sentence below it. */
export function remark(label: string, ...children: Child[]): Drawn {
  return element('div', { class: 'remark' }, element('dt', {}, label), element('dd', {}, ...children));
}
