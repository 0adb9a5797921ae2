/** Finds an area to compare by what is typed (WAI-ARIA combobox with a list); without a word, all areas of the level. */

import { signal } from '@preact/signals-core';
import type { AreaRow } from '../../api/types';
import { foundAreas } from '../../view/find/areas';
import { type Drawn, element, valueIn } from '../elements/element';
import { areasOf, type Scene } from '../scene';

/** What stands in the field while the list is open; `null` while it is closed. */
const typed = signal<string | null>(null);
/** The option that Enter takes. */
const active = signal(0);

function close(): void {
  typed.value = null;
  active.value = 0;
}

function keys(event: Event, hits: AreaRow[], add: (code: string) => void): void {
  const { key } = event as KeyboardEvent;
  if (key === 'ArrowDown' || key === 'ArrowUp') {
    event.preventDefault();
    typed.value ??= '';
    const count = Math.max(hits.length, 1);
    active.value = (active.value + (key === 'ArrowDown' ? 1 : count - 1)) % count;
    document.getElementById(`compare-option-${active.value}`)?.scrollIntoView({ block: 'nearest' });
  } else if (key === 'Enter') {
    event.preventDefault();
    const hit = typed.value === null ? undefined : hits[active.value];
    if (hit) add(hit.code);
  } else if (key === 'Escape' && typed.value !== null) {
    event.preventDefault();
    event.stopPropagation();
    close();
  }
}

function optionItem(area: AreaRow, index: number, add: (code: string) => void): Drawn {
  // Before the field loses the focus, which closes the list.
  const press = (event: Event): void => {
    event.preventDefault();
    add(area.code);
  };
  return element(
    'li',
    {
      id: `compare-option-${index}`,
      role: 'option',
      'data-code': area.code,
      'aria-selected': String(active.value === index),
      mousedown: press,
    },
    area.name,
  );
}

/** The field with its list; `without` are those that stand already. */
export function areaPicker(scene: Scene, without: readonly string[], choose: (code: string) => void): Drawn {
  const { messages, numbers } = scene;
  const isOpen = typed.value !== null;
  const rest = areasOf(scene).filter(({ code }) => !without.includes(code));
  const hits = isOpen ? foundAreas(rest, typed.value ?? '', numbers.compare) : [];
  const add = (code: string): void => {
    close();
    choose(code);
  };
  const type = (event: Event): void => {
    typed.value = valueIn(event);
    active.value = 0;
  };
  const open = (): void => void (typed.value ??= '');
  return element(
    'div',
    { class: 'area-picker' },
    element('input', {
      id: 'compare-add',
      type: 'text',
      role: 'combobox',
      autocomplete: 'off',
      spellcheck: false,
      placeholder: messages.say('comparison.add'),
      'aria-label': messages.say('comparison.add'),
      'aria-expanded': String(hits.length > 0),
      'aria-controls': 'compare-options',
      'aria-autocomplete': 'list',
      'aria-activedescendant': hits.length > 0 ? `compare-option-${active.value}` : undefined,
      value: typed.value ?? '',
      input: type,
      click: open,
      blur: close,
      keydown: (event) => keys(event, hits, add),
    }),
    element(
      'ul',
      { id: 'compare-options', role: 'listbox', 'aria-label': messages.say('comparison.add'), hidden: hits.length === 0 },
      ...hits.map((area, index) => optionItem(area, index, add)),
    ),
    isOpen &&
      hits.length === 0 &&
      element('p', { class: 'quiet', role: 'status' }, messages.say('search.nothing', { text: typed.value ?? '' })),
  );
}
