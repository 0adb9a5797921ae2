/** The dialog that lists the keys, and lets single letters be turned off. */

import { isPublished } from '../../api/published/mark';
import type { MessageKey } from '../../i18n/messages';
import { lettersChoice, rememberLetters } from './keys';
import { Dialog } from '../elements/dialog';
import { type Drawn, element } from '../elements/element';
import type { Scene } from '../scene';

type Row = [keys: string[], what: MessageKey];

/** A published site compares nothing. */
const MODE_ROWS: Row[] = isPublished
  ? [
      [['m'], 'mode.map'],
      [['t'], 'mode.table'],
    ]
  : [[['m', 't', 'c'], 'keys.modes']];
const ROWS: Row[] = [
  [['/'], 'keys.search'],
  ...MODE_ROWS,
  [['↑', '↓', '←', '→'], 'keys.step'],
  [['Enter'], 'keys.read'],
  [['Shift ↑↓←→'], 'keys.pan'],
  [['+', '−'], 'keys.zoom'],
  [['b'], 'bookmarks'],
  [['w'], 'keys.wall'],
  [['Esc'], 'keys.back'],
  [['?'], 'keys.list'],
];
const TABLE_ROWS: Row[] = [
  [['↑', '↓', '←', '→'], 'keys.table.move'],
  [['Home', 'End'], 'keys.table.ends'],
  [['Enter'], 'keys.table.enter'],
  ...(isPublished ? [] : [[['c'], 'keys.table.compare'] satisfies Row]),
];

/** The dialog with both lists of keys and the switch for single letters. */
export class KeysDialog {
  private readonly dialog = new Dialog('keys-dialog');

  open(scene: Scene): void {
    const { messages } = scene;
    const list = (rows: Row[]): Drawn =>
      element(
        'dl',
        { class: 'keys' },
        ...rows.map(([keys, what]) =>
          element(
            'div',
            {},
            element('dt', {}, ...keys.flatMap((key, index) => [index > 0 && ' ', element('kbd', {}, key)])),
            element('dd', {}, messages.say(what)),
          ),
        ),
      );
    const box = element('input', {
      id: 'keys-letters',
      type: 'checkbox',
      checked: lettersChoice() === 'on',
      change: (event) => rememberLetters((event.currentTarget as HTMLInputElement).checked ? 'on' : 'off'),
    });
    this.dialog.fill(
      messages.say('keys'),
      messages.say('dialog.close'),
      list(ROWS),
      element('h3', {}, messages.say('keys.table')),
      list(TABLE_ROWS),
      element('label', { class: 'choice' }, box, messages.say('keys.letters')),
    );
    this.dialog.open();
  }
}
