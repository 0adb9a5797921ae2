/** The dialog of bookmarks: saves the view under a name, opens and deletes saved ones. All of it stays on the device. */

import '../../css/apart/bookmarks.css';
import { effect, signal } from '@preact/signals-core';
import { type Bookmark, LONGEST_NAME, readBookmarks, withBookmark, withoutBookmark } from '../../view/bookmarks';
import { writeView } from '../../view/view';
import { Dialog } from '../elements/dialog';
import { type Drawn, element, icon, valueIn } from '../elements/element';
import { periodText, type Scene, selectedArea } from '../scene';

const KEY = 'binhyen.bookmarks';

/** A name for the view on show, to begin with. */
function suggestion(scene: Scene): string {
  const { messages, view } = scene;
  const { name, days } = periodText(scene);
  const place = selectedArea(scene)?.name ?? messages.say(`level.${view.level}`);
  return [messages.say(`layer.${view.theme}`), place, name || days].join(' · ').slice(0, LONGEST_NAME);
}

/** The dialog with the reader's bookmarks. */
export class BookmarksDialog {
  private readonly dialog = new Dialog('bookmarks');
  private readonly list = signal<Bookmark[]>(readBookmarks(localStorage.getItem(KEY)));
  private readonly typed = signal('');
  private readonly said = signal('');

  constructor(private readonly scene: Scene) {
    effect(() => this.fill());
    addEventListener('storage', ({ key, newValue }) => key === KEY && (this.list.value = readBookmarks(newValue)));
  }

  open(): void {
    this.said.value = '';
    this.typed.value = suggestion(this.scene);
    this.dialog.open();
    document.querySelector<HTMLInputElement>('#bookmark-name')?.select();
  }

  private fill(): void {
    const { messages } = this.scene;
    this.dialog.fill(
      messages.say('bookmarks'),
      messages.say('dialog.close'),
      this.saving(),
      element('p', { class: 'said', role: 'status' }, this.said.value),
      this.saved(),
      element('p', { class: 'quiet' }, messages.say('bookmarks.where')),
    );
  }

  private saving(): Drawn {
    const { messages } = this.scene;
    const name = element('input', {
      id: 'bookmark-name',
      type: 'text',
      maxlength: LONGEST_NAME,
      autocomplete: 'off',
      value: this.typed.value,
      input: (event) => (this.typed.value = valueIn(event)),
    });
    const submit = (event: Event): void => {
      event.preventDefault();
      this.save();
    };
    return element(
      'form',
      { class: 'bookmark-form', submit },
      element('label', { for: 'bookmark-name' }, messages.say('bookmarks.name')),
      name,
      element(
        'button',
        { id: 'bookmark-save', type: 'submit', class: 'plain', disabled: this.typed.value.trim() === '' },
        messages.say('bookmarks.save'),
      ),
    );
  }

  private saved(): Drawn {
    const { messages } = this.scene;
    const list = this.list.value;
    if (list.length === 0) return element('p', {}, messages.say('bookmarks.none'));
    return element('ul', { class: 'bookmarks' }, ...list.map((bookmark, index) => this.row(bookmark, index)));
  }

  /** A saved view is a link of this page: it is followed as any other. */
  private row({ name, fragment }: Bookmark, index: number): Drawn {
    const { messages } = this.scene;
    const label = messages.say('bookmarks.delete', { name });
    return element(
      'li',
      {},
      element('a', { id: `bookmark-${index}`, href: fragment, click: () => this.dialog.close() }, name),
      element(
        'button',
        { type: 'button', class: 'icon', 'aria-label': label, title: label, click: () => this.remove(name) },
        icon('M6 7h12M10 7V5h4v2M8 7l1 12h6l1-12'),
      ),
    );
  }

  private save(): void {
    const name = this.typed.value.trim();
    if (name === '') return;
    const isKept = this.keep(withBookmark(this.list.peek(), name, writeView(this.scene.asked)));
    this.said.value = this.scene.messages.say(isKept ? 'bookmarks.saved' : 'bookmarks.failed', { name });
  }

  private remove(name: string): void {
    this.keep(withoutBookmark(this.list.peek(), name));
    this.said.value = this.scene.messages.say('bookmarks.deleted', { name });
    document.getElementById('bookmark-name')?.focus();
  }

  /** Keeps the list on the device; `false` where its storage is full or closed. */
  private keep(list: Bookmark[]): boolean {
    try {
      localStorage.setItem(KEY, JSON.stringify(list));
    } catch {
      return false;
    }
    this.list.value = list;
    return true;
  }
}
