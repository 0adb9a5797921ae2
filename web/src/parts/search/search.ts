/**
 * The search in the header (WAI-ARIA combobox with a list): areas and models by what is typed; without a word, all areas of
 * the view to pick from. Says where a former name leads before it is chosen, and after.
 */

import { type Gazetteer, gazetteerOf, type NamedArea } from '../../api/gazetteer';
import type { MessageKey } from '../../i18n/messages';
import { changeTo, type Destination, destinationOf, withoutEchoes } from '../../view/find/destination';
import { areaEntry, entriesOf, type Entry, found } from '../../view/find/search';
import { MOST_COMPARED } from '../../view/view';
import { effect, signal, untracked } from '@preact/signals-core';
import { iconNode, node } from '../elements/dom';
import { areasOf, type Scene } from '../scene';

const MOST_LISTED = 60;
const MOST_PICKED = 300;

interface Hit {
  entry: Entry;
  to: Destination;
}

/** The combobox with its list, its status line and the remark about a former name. */
export class Search {
  private gazetteer: Gazetteer | null = null;
  private entries: Entry[] | null = null;
  private hits: Hit[] = [];
  private active = -1;
  private readonly wanted = signal(false);
  private closed: () => void = () => undefined;
  /** The area that the remark is about. */
  private remarked: string | null = null;
  private readonly listbox = node('ul', { id: 'search-list', role: 'listbox', hidden: true });
  private readonly status = node('p', { class: 'status', role: 'status' });
  private readonly remark = node('p', { class: 'remark-here', hidden: true, click: () => this.say(null) });
  private readonly close = node(
    'button',
    { id: 'search-close', type: 'button', class: 'icon', click: () => this.done() },
    iconNode('M6 6l12 12M18 6 6 18'),
  );
  private readonly pop = node('div', { class: 'pop', hidden: true }, this.listbox, this.status);

  /** Adds to the field what it needs when it is used. */
  constructor(
    private readonly scene: Scene,
    private readonly input: HTMLInputElement,
    private readonly root: HTMLElement,
  ) {
    root.append(this.close, this.pop, this.remark);
    input.setAttribute('aria-controls', this.listbox.id);
    input.addEventListener('input', () => this.list('typed'));
    input.addEventListener('focus', () => this.want());
    input.addEventListener('blur', () => this.leave());
    input.addEventListener('keydown', (event) => this.key(event));
    this.listbox.addEventListener('mousedown', (event) => event.preventDefault());
    this.listbox.addEventListener('click', (event) => {
      const option = (event.target as Element).closest<HTMLElement>('[role=option]');
      if (option) this.choose(Number(option.dataset['index']));
    });
    effect(() => this.label());
    effect(() => this.follow(scene.asked.area));
    effect(() => {
      if (this.wanted.value) this.learn();
    });
    this.begin();
  }

  /** Answers what was done before this came: the field has the focus, and perhaps a word. */
  private begin(): void {
    if (document.activeElement !== this.input) return;
    this.wanted.value = true;
    if (this.input.value !== '') this.list('typed');
  }

  /** Lists what can be picked. */
  ask(): void {
    this.list('asked');
  }

  private label(): void {
    const { messages } = this.scene;
    this.listbox.setAttribute('aria-label', messages.say('search.list'));
    this.close.setAttribute('aria-label', messages.say('search.close'));
  }

  /** The remark about the way to an area goes with the area. */
  private follow(area: string | null): void {
    if (this.remarked === area) return;
    this.remarked = area;
    this.say(null);
  }

  /** Takes the focus; `closed` is called when the search is over. */
  open(closed: () => void): void {
    this.closed = closed;
    this.input.focus();
    this.list('asked');
  }

  private get isOpen(): boolean {
    return !this.pop.hidden;
  }

  /** The gazetteer is asked for when the search is first used. */
  private want(): void {
    this.input.select();
    this.wanted.value = true;
  }

  private learn(): void {
    const { scene } = this;
    this.gazetteer = gazetteerOf(scene.answers);
    this.entries = this.gazetteer
      ? entriesOf(this.gazetteer, (kind) => this.kindName(scene, kind))
      : this.shownAreas(scene).map(areaEntry);
    if (this.isOpen) untracked(() => this.list('asked'));
  }

  private kindName(scene: Scene, kind: string): string {
    return scene.messages.pick(scene.meta.model_kinds.find((item) => item.id === kind)?.name);
  }

  /** The areas of the view: what can be picked without typing, and all there is while the gazetteer is not here. */
  private shownAreas(scene: Scene): NamedArea[] {
    const { edition, level } = scene.asked;
    return [...areasOf(scene)]
      .sort((a, b) => scene.numbers.compare(a.name, b.name))
      .map(({ code, name, parent }) => ({ edition, level, code, name, parent: parent ?? null }));
  }

  private entriesFor(text: string, scene: Scene): Entry[] {
    if (text.trim() === '') return this.shownAreas(scene).slice(0, MOST_PICKED).map(areaEntry);
    const order = { edition: scene.asked.edition, compareNames: scene.numbers.compare };
    return withoutEchoes(found(this.entries ?? [], text, order), scene.asked, scene.meta).slice(0, MOST_LISTED);
  }

  private list(why: 'typed' | 'asked'): void {
    const { scene } = this;
    const text = this.input.value;
    this.hits = this.entriesFor(text, scene).map((entry) => ({ entry, to: destinationOf(entry.area, scene.asked, scene.meta) }));
    const chosen = this.hits.findIndex(({ to }) => to.code === scene.asked.area && to.edition === scene.asked.edition);
    this.active = text.trim() === '' ? chosen : this.hits.length > 0 ? 0 : -1;
    this.listbox.replaceChildren(...this.hits.map((hit, index) => this.option(hit, index, scene)));
    this.listbox.hidden = this.hits.length === 0;
    this.status.textContent = this.statusText(text, scene);
    this.status.classList.toggle('unseen', this.hits.length > 0);
    this.pop.hidden = false;
    this.input.setAttribute('aria-expanded', String(this.hits.length > 0));
    if (why === 'typed') this.say(null);
    this.mark();
  }

  private statusText(text: string, { messages, numbers }: Scene): string {
    if (this.hits.length > 0) return messages.sayCount('search.count', this.hits.length, { n: numbers.count(this.hits.length) });
    return messages.say(text.trim() === '' ? 'state.loading' : 'search.nothing', { text });
  }

  private option({ entry, to }: Hit, index: number, scene: Scene): HTMLElement {
    return node(
      'li',
      { id: `search-option-${index}`, role: 'option', 'data-index': index, 'aria-selected': 'false' },
      node('span', { class: 'name' }, entry.model?.name ?? entry.area.name),
      node('small', {}, this.note({ entry, to }, scene)),
    );
  }

  /** What stands under a name: where it is, or whose it is now. */
  private note({ entry: { area, model }, to }: Hit, scene: Scene): string {
    const { messages, asked } = scene;
    if (model) return messages.say('search.model', { name: area.name });
    const edition = this.editionName(area.edition, scene);
    if (to.successor) return `${edition} · ${this.successorText(to.successor, scene)}`;
    const where = to.edition === asked.edition ? '' : edition;
    const level = area.level === asked.level ? '' : messages.say(`level.${area.level}`);
    return [messages.say('panel.code', { code: area.code }), this.parentName(area), level, where].filter(Boolean).join(' · ');
  }

  private successorText({ name, part }: NonNullable<Destination['successor']>, { messages }: Scene): string {
    return messages.say(`search.now.${part}` as MessageKey, { name });
  }

  private parentName({ edition, parent, level }: NamedArea): string {
    if (level !== 'commune' || !parent) return '';
    return (
      this.gazetteer?.areas.find((item) => item.edition === edition && item.level === 'district' && item.code === parent)?.name ??
      ''
    );
  }

  private editionName(id: string, scene: Scene): string {
    return scene.messages.pick(scene.meta.editions.find((edition) => edition.id === id)?.name) || id;
  }

  private mark(): void {
    for (const [index, option] of [...this.listbox.children].entries())
      option.setAttribute('aria-selected', String(index === this.active));
    const option = this.listbox.children[this.active];
    if (option) this.input.setAttribute('aria-activedescendant', option.id);
    else this.input.removeAttribute('aria-activedescendant');
    option?.scrollIntoView({ block: 'nearest' });
  }

  private key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const { key } = event;
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      event.preventDefault();
      if (!this.isOpen) return this.list('asked');
      const count = this.hits.length;
      if (count > 0)
        this.active = key === 'ArrowDown' ? (this.active + 1) % count : (Math.max(this.active, 0) - 1 + count) % count;
      this.mark();
    } else if (key === 'Enter') {
      event.preventDefault();
      if (this.isOpen && this.active >= 0) this.choose(this.active);
    } else if (key === 'Escape') this.escape(event);
  }

  /** First the list goes, then the word, then the search itself. */
  private escape(event: KeyboardEvent): void {
    event.preventDefault();
    event.stopPropagation();
    if (this.isOpen && this.input.value !== '') {
      this.input.value = '';
      this.list('asked');
    } else this.done();
  }

  private leave(): void {
    this.fold();
    // A click on the list or on the button that closes keeps the search alive for its own event.
    setTimeout(() => {
      if (!this.root.contains(document.activeElement)) this.closed();
    });
  }

  private fold(): void {
    this.pop.hidden = true;
    this.input.setAttribute('aria-expanded', 'false');
    this.input.removeAttribute('aria-activedescendant');
  }

  private done(): void {
    this.input.value = '';
    this.fold();
    this.input.blur();
    this.closed();
  }

  private choose(index: number): void {
    const { scene } = this;
    const hit = this.hits[index];
    if (!hit) return;
    const change = changeTo(hit.to, scene.asked);
    if (
      scene.asked.mode === 'compare' &&
      scene.asked.compared.length >= MOST_COMPARED &&
      !scene.asked.compared.includes(hit.to.code)
    )
      return scene.announce(scene.messages.say('comparison.full', { n: MOST_COMPARED }));
    if (hit.entry.model) change.overlays = [...new Set([...scene.asked.overlays, 'models' as const])];
    const remark = this.wayText(hit, scene);
    this.input.value = '';
    this.fold();
    this.remarked = change.area ?? scene.asked.area;
    scene.change(change);
    this.say(remark);
    if (matchMedia('(hover: none)').matches) this.done();
    else this.closed();
  }

  /** How the name leads to what is now shown, where that is not plain. */
  private wayText({ entry, to }: Hit, scene: Scene): string | null {
    const { messages, asked } = scene;
    const edition = this.editionName(entry.area.edition, scene);
    if (to.successor) return `${entry.area.name} (${edition}) ${this.successorText(to.successor, scene)}.`;
    if (to.edition !== asked.edition) return messages.say('search.edition', { name: entry.area.name, edition });
    if (to.level !== asked.level) return messages.say('search.level', { level: messages.say(`level.${to.level}`) });
    return null;
  }

  private say(text: string | null): void {
    this.remark.hidden = text === null;
    this.remark.textContent = text ?? '';
    if (text !== null) this.scene.announce(text);
  }
}
