/** The table twin of the map: the same filter, level and selection as rows; sortable, filtered, and the way to choose for a comparison. */

import '../../css/area/table.css';
import { download, isOpenTo } from '../../api/download';
import { isPublished } from '../../api/published/mark';
import { publishedTable } from '../panel/published_tables';
import { gazetteerOf } from '../../api/gazetteer';
import { ratingsAddress } from '../../api/client';
import type { AreaRow } from '../../api/types';
import { filterOf, MOST_COMPARED } from '../../view/view';
import { computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals-core';
import { node } from '../elements/dom';
import { draw, type Drawn, element } from '../elements/element';
import { clusterNumbers } from '../clusters';
import { brushed, unbrush } from '../quadrant/brushed';
import { areasOf, periodText, type Scene } from '../scene';
import { chosenColumns, columnMenu } from './column_choice';
import { cellParts, type Column, columnsFor, type Groups, groupsOf, headingOf, unitAbove } from './columns';
import { Grid } from './grid';
import { matching, type Order, ordered, turned } from './order';

const BOX_REM = 3.5;
const FORMATS = ['csv', 'xlsx'] as const;

/** The address of the table as a file: the same level and filter. */
export function fileAddress(scene: Scene, format: (typeof FORMATS)[number]): string {
  const { view } = scene;
  if (isPublished) return publishedTable(scene, format);
  const filter = filterOf(view);
  filter.set('f', format);
  filter.set('lang', view.lang);
  return ratingsAddress(view.level, filter);
}

/** That only areas picked out elsewhere stand, and the way back to all. */
function pickedOut({ messages, numbers }: Scene): Drawn | null {
  const count = brushed.value.length;
  if (count === 0) return null;
  const text = messages.sayCount('quadrant.picked', count, { n: numbers.count(count) });
  const all = element(
    'button',
    { id: 'table-all', type: 'button', class: 'plain', click: unbrush },
    messages.say('quadrant.clear'),
  );
  return element('span', { id: 'table-picked' }, text, ' ', all);
}

/** What marks rows: the selection, and what is compared. */
interface Marks {
  area: string | null;
  compared: string[];
}

/** The table in its region: filter box, counts, files and the grid. */
export class Table {
  private readonly order = signal<Order>({ column: 'name', direction: 'ascending' });
  private readonly typed = signal('');
  private readonly groups: ReadonlySignal<Groups>;
  private rows: AreaRow[] = [];
  private readonly filter = node('input', {
    id: 'table-filter',
    type: 'search',
    autocomplete: 'off',
    input: () => (this.typed.value = this.filter.value),
  });
  private readonly count = node('p', { id: 'table-count', role: 'status' });
  private readonly files = node('p', { class: 'table-files' });
  private readonly menu = node('div', { class: 'table-menu' });
  private readonly title = node('h2', { id: 'table-title', tabindex: -1 });
  private readonly empty = node('p', { class: 'quiet nothing' });
  private readonly grid = new Grid({
    entered: (index, by) => this.enter(index, by),
    pressed: (index, event) => this.press(index, event),
  });

  constructor(
    private readonly scene: Scene,
    root: HTMLElement,
  ) {
    this.groups = computed(() => groupsOf(gazetteerOf(scene.answers), scene.view.edition, scene.view.level));
    const bar = node('div', { class: 'bar-above' }, this.title, this.filter, this.count, this.menu, this.files);
    root.replaceChildren(bar, this.empty, this.grid.root);
    this.whileShown(() => this.drawBar());
    this.whileShown(() => this.fill());
    this.revealSelection();
  }

  private whileShown(run: () => void): void {
    effect(() => {
      if (this.scene.view.mode === 'table') run();
    });
  }

  private drawBar(): void {
    const { scene } = this;
    const { messages } = scene;
    this.title.textContent = [messages.say(`level.${scene.view.level}`), periodText(scene).name].filter(Boolean).join(' · ');
    this.filter.placeholder = messages.say('table.filter');
    this.filter.setAttribute('aria-label', messages.say('table.filter'));
    draw(this.menu, pickedOut(scene), columnMenu(scene, this.columns()));
    draw(this.files, messages.say('table.files'), ...FORMATS.map((format) => this.fileLink(scene, format)));
  }

  /** Brings the row of another selection into view; what was selected before the table came stays where it is. */
  private revealSelection(): void {
    let before = this.scene.view.area;
    this.whileShown(() => {
      const { area } = this.scene.view;
      if (area === before) return;
      before = area;
      const index = this.rows.findIndex(({ code }) => code === area);
      if (index >= 0) untracked(() => this.grid.reveal(index));
    });
  }

  private fileLink(scene: Scene, format: (typeof FORMATS)[number]): Drawn {
    const href = fileAddress(scene, format);
    const name = `binh-yen-${scene.view.edition}-${scene.view.level}.${format}`;
    const save = (event: Event): void => {
      if (isOpenTo(href)) return;
      event.preventDefault();
      download(href, name).catch(() => scene.announce(scene.messages.say('table.files.failed')));
    };
    return element('a', { id: `table-${format}`, href, download: name, click: save }, format.toUpperCase());
  }

  /** The columns that can be shown here. */
  private columns(): Column[] {
    const { scene } = this;
    return columnsFor(this.groups.value, scene.view.theme === 'clusters' ? clusterNumbers(scene) : null);
  }

  /** The rows for what stands in the filter box, in the order on show. */
  private fill(): void {
    const { scene } = this;
    const { messages, numbers, view } = scene;
    const [groups, text, order] = [this.groups.value, this.typed.value, this.order.value];
    const columns = chosenColumns(this.columns());
    const all = areasOf(scene);
    const picked = new Set(brushed.value);
    const here = picked.size === 0 ? all : all.filter(({ code }) => picked.has(code));
    const column = columns.find((item) => item.id === order.column) ?? columns[0];
    if (!column) return;
    this.rows = ordered(matching(here, text, groups), column, order.direction, groups, numbers.compare);
    const counts = { n: numbers.count(this.rows.length), all: numbers.count(all.length) };
    const count = messages.say(this.rows.length < all.length ? 'table.count.some' : 'table.count', counts);
    if (this.count.textContent !== count) this.count.textContent = count;
    this.empty.textContent = this.rows.length === 0 && text !== '' ? messages.say('table.nothing', { text }) : '';
    const marks = { area: view.area, compared: view.compared };
    this.grid.show({
      label: messages.say('table'),
      widths_rem: [...(isPublished ? [] : [BOX_REM]), ...columns.map((item) => item.width_rem)],
      head: [...(isPublished ? [] : [this.boxHead(scene)]), ...columns.map((item) => this.columnHead(scene, item))],
      count: this.rows.length,
      row: (index) => this.row(index, columns, marks),
    });
  }

  private boxHead(scene: Scene): Drawn {
    return element(
      'div',
      { role: 'columnheader', class: 'box' },
      element('span', { class: 'unseen' }, scene.messages.say('table.compare')),
    );
  }

  private columnHead(scene: Scene, column: Column): Drawn {
    const order = this.order.value;
    const sort = order.column === column.id ? order.direction : 'none';
    const turn = (): void => void (this.order.value = turned(order, column));
    const arrow = { none: '', ascending: '▲', descending: '▼' }[sort];
    const unit = unitAbove(column, scene);
    return element(
      'div',
      { role: 'columnheader', class: `${column.kind} column-${column.id}`, 'aria-sort': sort },
      element(
        'button',
        { id: `sort-${column.id}`, type: 'button', click: turn },
        element('span', {}, headingOf(column, scene), unit !== '' && element('small', {}, unit)),
        element('span', { class: 'arrow', 'aria-hidden': 'true' }, arrow),
      ),
    );
  }

  private row(index: number, columns: Column[], marks: Marks): { cells: Drawn[]; chosen: boolean } {
    const { scene } = this;
    const area = this.rows[index];
    if (!area) return { cells: [], chosen: false };
    const cells = columns.map((column) =>
      element(
        'div',
        { role: column.id === 'name' ? 'rowheader' : 'gridcell', class: `${column.kind} column-${column.id}` },
        ...cellParts(column, area, scene, this.groups.peek()),
      ),
    );
    return { cells: isPublished ? cells : [this.box(area, marks.compared), ...cells], chosen: area.code === marks.area };
  }

  private box(area: AreaRow, compared: string[]): Drawn {
    const isIn = compared.includes(area.code);
    const box = element('input', {
      type: 'checkbox',
      checked: isIn,
      disabled: !isIn && compared.length >= MOST_COMPARED,
      'aria-label': this.scene.messages.say('table.compare.one', { name: area.name }),
      change: () => this.compare(area),
    });
    return element('div', { role: 'gridcell', class: 'box' }, element('label', {}, box));
  }

  /** Takes an area into the comparison, or out of it. */
  private compare(area: AreaRow): void {
    const { scene } = this;
    const { messages, view } = scene;
    const rest = view.compared.filter((code) => code !== area.code);
    if (rest.length >= MOST_COMPARED) return scene.announce(messages.say('comparison.full', { n: MOST_COMPARED }));
    const compared = rest.length < view.compared.length ? rest : [...rest, area.code];
    scene.change({ compared });
    const values = { name: area.name, n: compared.length };
    scene.announce(messages.say(compared.length > rest.length ? 'table.compare.added' : 'table.compare.removed', values));
  }

  /** Chooses a row; once more from the keyboard leads to what is known about it. */
  private enter(index: number, by: 'pointer' | 'keyboard'): void {
    const { scene } = this;
    const area = this.rows[index];
    if (!area) return;
    if (by === 'keyboard' && scene.view.area === area.code)
      document.dispatchEvent(new CustomEvent('binhyen:open', { detail: 'panel' }));
    else scene.change({ area: area.code });
  }

  private press(index: number, { key }: KeyboardEvent): boolean {
    const area = this.rows[index];
    if (!area || key.toLowerCase() !== 'c' || isPublished) return false;
    this.compare(area);
    return true;
  }
}
