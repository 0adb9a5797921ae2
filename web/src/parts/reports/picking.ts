/**
 * Picking a place: a cross in the middle of the map, the map moved beneath it by hand or by its keys, and one button. The same
 * with a mouse, a finger and a keyboard.
 */

import type { Messages } from '../../i18n/messages';
import { node } from '../elements/dom';
import type { Picker, Spot } from './host';

/** How the map begins: at a place picked before. */
interface Words {
  hint: string;
  take: string;
  leave: string;
}

/** Lets the reader pick a place on the map; `null` where he leaves it. */
export function pickPlace(picker: Picker, messages: Messages): Promise<Spot | null> {
  const words = {
    hint: messages.say('report.pick.hint'),
    take: messages.say('report.pick.take'),
    leave: messages.say('report.pick.leave'),
  };
  return new Promise((resolve) => shown(picker, words, resolve));
}

function shown(picker: Picker, words: Words, picked: (at: Spot | null) => void): void {
  const done = (at: Spot | null): void => {
    removeEventListener('keydown', key, true);
    cover.remove();
    document.body.toggleAttribute('data-picking', false);
    picked(at);
  };
  const take = (): void => {
    const at = picker.centre();
    if (at) done(at);
  };
  // Before the page's own keys: here they would move to other areas.
  const key = (event: KeyboardEvent): void => {
    const onMap = !(event.target instanceof HTMLButtonElement);
    if (event.key === 'Escape') done(null);
    else if (event.key === 'Enter' && onMap) take();
    else if (!onMap || event.key.startsWith('Arrow') || event.key === 'Tab') return;
    else if (event.key.length > 1 || '+-=−'.includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const button = (id: string, label: string, click: () => void): HTMLElement =>
    node('button', { id, type: 'button', class: 'plain', click }, label);
  const cover = node(
    'div',
    { class: 'picking' },
    node('div', { class: 'cross', 'aria-hidden': 'true' }),
    node(
      'div',
      { class: 'picking-bar', role: 'group', 'aria-label': words.hint },
      node('p', { role: 'status' }, words.hint),
      button('pick-take', words.take, take),
      button('pick-leave', words.leave, () => done(null)),
    ),
  );
  picker.stage.append(cover);
  document.body.toggleAttribute('data-picking', true);
  addEventListener('keydown', key, true);
  picker.focus();
}
