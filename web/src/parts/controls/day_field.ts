/** A field for a day, written dd/mm/yyyy whatever the browser's own form is, with the browser's calendar beside it. */

import { signal } from '@preact/signals-core';
import type { Messages } from '../../i18n/messages';
import { readDay, writtenDay } from '../../view/time/days';
import { type Drawn, element, icon, valueIn } from '../elements/element';

const CALENDAR = 'M5 6h14v14H5zM5 10.5h14M9 3v4M15 3v4';

/** What was typed and is no day, by the id of its field. */
const misread = signal<Readonly<Record<string, string>>>({});

function note(id: string, text: string | null): void {
  const { [id]: _before, ...rest } = misread.peek();
  misread.value = text === null ? rest : { ...rest, [id]: text };
}

/** A day under its label. */
export interface DayField {
  id: string;
  label: string;
  /** ISO 8601. */
  value: string;
  messages: Messages;
  choose(day: string): void;
}

/** The text field, the calendar that fills it, and what is wrong with what was typed. */
export function dayField({ id, label, value, messages, choose }: DayField): Drawn {
  const wrong = misread.value[id];
  const typed = (event: Event): void => {
    const text = valueIn(event);
    const day = readDay(text);
    note(id, day === null ? text : null);
    if (day !== null) choose(day);
  };
  const picked = (event: Event): void => {
    const day = valueIn(event);
    if (day === '') return;
    note(id, null);
    choose(day);
  };
  const open = (event: Event): void =>
    (event.currentTarget as Element).parentElement?.querySelector<HTMLInputElement>('input[type=date]')?.showPicker();
  const calendar = messages.say('day.calendar', { label });
  return element(
    'div',
    { class: 'field day' },
    element('label', { for: id }, label),
    element(
      'div',
      { class: 'day-control' },
      element('input', {
        id,
        type: 'text',
        inputmode: 'numeric',
        autocomplete: 'off',
        placeholder: messages.say('day.form'),
        value: wrong ?? writtenDay(value),
        'aria-invalid': wrong === undefined ? undefined : 'true',
        'aria-describedby': wrong === undefined ? undefined : `${id}-wrong`,
        change: typed,
      }),
      element('input', { type: 'date', class: 'unseen', tabindex: -1, 'aria-hidden': 'true', value, change: picked }),
      element(
        'button',
        { id: `${id}-calendar`, type: 'button', class: 'icon', title: calendar, 'aria-label': calendar, click: open },
        icon(CALENDAR),
      ),
    ),
    wrong !== undefined && element('small', { id: `${id}-wrong`, role: 'alert' }, messages.say('day.wrong')),
  );
}
