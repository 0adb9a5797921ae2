/** The table twin of the map: the same filter, level and selection as rows; sortable, filtered, and the way to choose for a comparison. */

import { download, isOpenTo } from '../../api/download';
import { type Gazetteer, gazetteerOf } from '../../api/gazetteer';
import { ratingsAddress } from '../../api/client';
import type { AreaRow } from '../../api/types';
import { filterOf, MOST_COMPARED } from '../../view/view';
import { element, refill } from '../elements/element';
import { areasOf, periodText, type Scene } from '../scene';
import { cellParts, type Column, columnsFor, type Groups, groupsOf } from './columns';
import { Grid } from './grid';
import { matching, type Order, ordered, turned } from './order';

const BOX_REM = 3.5;
const FORMATS = ['csv', 'xlsx'] as const;

/** The address of the table as a file: the same level and filter. */
export function fileAddress(scene: Scene, format: (typeof FORMATS)[number]): string {
  const { view } = scene;
  const filter = filterOf(view);
  filter.set('f', format);
  filter.set('lang', view.lang);
  return ratingsAddress(view.level, filter);
}

export class Table {
  private scene: Scene | null = null;
  private order: Order = { column: 'name', direction: 'ascending' };
  private columns: Column[] = [];
  private groups: Groups = new Map();
  private grouped: { gazetteer: Gazetteer | null; key: string } = { gazetteer: null, key: '' };
  private rows: AreaRow[] = [];
  private readonly filter = element('input', {
    id: 'table-filter',
    type: 'search',
    autocomplete: 'off',
    input: () => this.fill(),
  });
  private readonly count = element('p', { id: 'table-count', role: 'status' });
  private readonly files = element('p', { class: 'table-files' });
  private readonly title = element('h2', { id: 'table-title', tabindex: -1 });
  private readonly empty = element('p', { class: 'quiet nothing' });
  private readonly grid = new Grid({
    entered: (index, by) => this.enter(index, by),
    pressed: (index, event) => this.press(index, event),
  });

  constructor(private readonly root: HTMLElement) {
    const bar = element('div', { class: 'bar-above' }, this.title, this.filter, this.count, this.files);
    root.replaceChildren(bar, this.empty, this.grid.root);
  }

  show(scene: Scene): void {
    this.scene = scene;
    this.root.hidden = scene.view.mode !== 'table';
    if (this.root.hidden) return;
    const { messages } = scene;
    this.learnGroups(scene);
    this.title.textContent = [messages.say(`level.${scene.view.level}`), periodText(scene).name].filter(Boolean).join(' · ');
    this.filter.placeholder = messages.say('table.filter');
    this.filter.setAttribute('aria-label', messages.say('table.filter'));
    refill(this.files, messages.say('table.files'), ...FORMATS.map((format) => this.fileLink(scene, format)));
    this.fill();
  }

  /** Marks the chosen row. */
  mark(scene: Scene): void {
    this.scene = scene;
    if (this.root.hidden) return;
    this.grid.refresh();
    const index = this.rows.findIndex((area) => area.code === scene.view.area);
    if (index >= 0) this.grid.reveal(index);
  }

  private learnGroups(scene: Scene): void {
    const gazetteer = gazetteerOf(scene.answers);
    const key = `${scene.view.edition} ${scene.view.level}`;
    if (gazetteer === this.grouped.gazetteer && key === this.grouped.key && this.columns.length > 0) return;
    this.grouped = { gazetteer, key };
    this.groups = groupsOf(gazetteer, scene.view.edition, scene.view.level);
    this.columns = columnsFor(this.groups);
  }

  private fileLink(scene: Scene, format: (typeof FORMATS)[number]): HTMLElement {
    const href = fileAddress(scene, format);
    const name = `binh-yen-${scene.view.edition}-${scene.view.level}.${format}`;
    const save = (event: Event): void => {
      if (isOpenTo(href)) return;
      event.preventDefault();
      download(href, name).catch(() => scene.announce(scene.messages.say('table.files.failed')));
    };
    return element('a', { id: `table-${format}`, href, download: name, click: save }, format.toUpperCase());
  }

  /** The rows for what stands in the filter box, in the order on show. */
  private fill(): void {
    const { scene } = this;
    if (!scene) return;
    const { messages, numbers } = scene;
    const all = areasOf(scene);
    const column = this.columns.find((item) => item.id === this.order.column) ?? this.columns[0];
    if (!column) return;
    const text = this.filter.value;
    this.rows = ordered(matching(all, text, this.groups), column, this.order.direction, this.groups, numbers.compare);
    const counts = { n: numbers.count(this.rows.length), all: numbers.count(all.length) };
    const told = messages.say(this.rows.length < all.length ? 'table.count.some' : 'table.count', counts);
    if (this.count.textContent !== told) this.count.textContent = told;
    this.empty.textContent = this.rows.length === 0 && text !== '' ? messages.say('table.nothing', { text }) : '';
    this.grid.show({
      label: messages.say('table'),
      widths_rem: [BOX_REM, ...this.columns.map((item) => item.width_rem)],
      head: [this.boxHead(scene), ...this.columns.map((item) => this.columnHead(scene, item))],
      count: this.rows.length,
      row: (index) => this.row(index),
    });
  }

  private boxHead(scene: Scene): HTMLElement {
    return element(
      'div',
      { role: 'columnheader', class: 'box' },
      element('span', { class: 'unseen' }, scene.messages.say('table.compare')),
    );
  }

  private columnHead(scene: Scene, column: Column): HTMLElement {
    const { order } = this;
    const sort = order.column === column.id ? order.direction : 'none';
    const turn = (): void => {
      this.order = turned(order, column);
      this.fill();
    };
    const arrow = { none: '', ascending: '▲', descending: '▼' }[sort];
    return element(
      'div',
      { role: 'columnheader', class: `${column.kind} column-${column.id}`, 'aria-sort': sort },
      element(
        'button',
        { id: `sort-${column.id}`, type: 'button', click: turn },
        scene.messages.say(`table.${column.id}`),
        element('span', { class: 'arrow', 'aria-hidden': 'true' }, arrow),
      ),
    );
  }

  private row(index: number): { cells: HTMLElement[]; chosen: boolean } {
    const [scene, area] = [this.scene, this.rows[index]];
    if (!scene || !area) return { cells: [], chosen: false };
    const cells = this.columns.map((column) =>
      element(
        'div',
        { role: column.id === 'name' ? 'rowheader' : 'gridcell', class: `${column.kind} column-${column.id}` },
        ...cellParts(column, area, scene, this.groups),
      ),
    );
    return { cells: [this.box(scene, area), ...cells], chosen: area.code === scene.view.area };
  }

  private box(scene: Scene, area: AreaRow): HTMLElement {
    const { compared } = scene.view;
    const isIn = compared.includes(area.code);
    const box = element('input', {
      type: 'checkbox',
      checked: isIn,
      disabled: !isIn && compared.length >= MOST_COMPARED,
      'aria-label': scene.messages.say('table.compare.one', { name: area.name }),
      change: () => this.compare(area),
    });
    return element('div', { role: 'gridcell', class: 'box' }, element('label', {}, box));
  }

  /** Takes an area into the comparison, or out of it. */
  private compare(area: AreaRow): void {
    const { scene } = this;
    if (!scene) return;
    const { messages, view } = scene;
    const rest = view.compared.filter((code) => code !== area.code);
    if (rest.length >= MOST_COMPARED) return scene.announce(messages.say('table.compare.full', { most: MOST_COMPARED }));
    const compared = rest.length < view.compared.length ? rest : [...rest, area.code];
    scene.change({ compared });
    const values = { name: area.name, n: compared.length };
    scene.announce(messages.say(compared.length > rest.length ? 'table.compare.added' : 'table.compare.removed', values));
  }

  /** Chooses a row; once more from the keyboard leads to what is known about it. */
  private enter(index: number, by: 'pointer' | 'keyboard'): void {
    const [scene, area] = [this.scene, this.rows[index]];
    if (!scene || !area) return;
    if (by === 'keyboard' && scene.view.area === area.code)
      document.dispatchEvent(new CustomEvent('binhyen:open', { detail: 'panel' }));
    else scene.change({ area: area.code });
  }

  private press(index: number, { key }: KeyboardEvent): boolean {
    const area = this.rows[index];
    if (!area || key.toLowerCase() !== 'c') return false;
    this.compare(area);
    return true;
  }
}
