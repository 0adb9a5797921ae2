/** Which columns the reader wants to see, kept on this device; the name of the area always stands. */

import { signal } from '@preact/signals-core';
import { box } from '../controls/choices';
import { type Drawn, element } from '../elements/element';
import type { Scene } from '../scene';
import { ALWAYS_SHOWN, type Column, type ColumnId, headingOf, hiddenColumns } from './columns';

const KEY = 'binhyen.columns.hidden';

/** The columns that the reader hid. */
const hidden = signal(hiddenColumns(localStorage.getItem(KEY)));

function remember(ids: ReadonlySet<string>): void {
  if (ids.size === 0) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, [...ids].join(','));
  hidden.value = ids;
}

/** Those of `columns` that are shown. */
export function chosenColumns(columns: Column[]): Column[] {
  return columns.filter(({ id }) => !hidden.value.has(id));
}

function turned(id: ColumnId): ReadonlySet<string> {
  const next = new Set(hidden.peek());
  if (!next.delete(id)) next.add(id);
  return next;
}

/** The menu of the columns: a box for each, and the way back to all of them. */
export function columnMenu(scene: Scene, columns: Column[]): Drawn {
  const { messages, numbers } = scene;
  const shown = chosenColumns(columns).length;
  const boxes = columns
    .filter(({ id }) => id !== ALWAYS_SHOWN)
    .map((column) =>
      box({
        id: `column-${column.id}`,
        label: headingOf(column, scene),
        state: hidden.value.has(column.id) ? 'empty' : 'ticked',
        turn: () => remember(turned(column.id)),
      }),
    );
  const counts = { n: numbers.count(shown), all: numbers.count(columns.length) };
  return element(
    'details',
    { id: 'table-columns', class: 'drop' },
    element('summary', { id: 'table-columns-summary' }, messages.say('table.columns', counts)),
    element(
      'div',
      { class: 'drop-body' },
      element('fieldset', {}, element('legend', {}, messages.say('table.columns.which')), ...boxes),
      element(
        'button',
        {
          id: 'columns-all',
          type: 'button',
          class: 'plain',
          disabled: shown === columns.length,
          click: () => remember(new Set()),
        },
        messages.say('table.columns.all'),
      ),
    ),
  );
}
