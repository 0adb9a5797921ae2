/** The field of the search in the header. What answers it is loaded with the first focus. */

import { effect } from '@preact/signals-core';
import { node } from '../elements/dom';
import type { Scene } from '../scene';
import type { Search } from './search';

/** The field, which is there from the start. */
export class SearchField {
  private readonly input = node('input', {
    id: 'search-input',
    type: 'text',
    inputmode: 'search',
    enterkeyhint: 'search',
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    focus: () => void this.search().catch(() => undefined),
    click: () =>
      void this.search().then(
        (search) => search.ask(),
        () => undefined,
      ),
  });
  readonly root = node('div', { id: 'search', role: 'search' }, this.input);
  private loading: Promise<Search> | null = null;

  constructor(private readonly scene: Scene) {
    effect(() => {
      const { messages } = scene;
      this.input.placeholder = messages.say('search.hint');
      for (const part of [this.input, this.root]) part.setAttribute('aria-label', messages.say('search'));
    });
  }

  /** Takes the focus; `closed` is called when the search is over. */
  open(closed: () => void): void {
    this.input.focus();
    void this.search().then((search) => search.open(closed), closed);
  }

  private search(): Promise<Search> {
    this.loading ??= import('./search').then(({ Search }) => new Search(this.scene, this.input, this.root));
    this.loading.catch(() => (this.loading = null));
    return this.loading;
  }
}
