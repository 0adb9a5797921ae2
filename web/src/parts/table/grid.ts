/**
 * A grid that draws only the rows in view, however many there are: sticky head, one stop of the Tab key, arrows inside,
 * rows and columns numbered for screen readers (WAI-ARIA grid). Knows nothing of areas.
 */

import {
  defaultRangeExtractor,
  elementScroll,
  observeElementOffset,
  observeElementRect,
  type Range,
  Virtualizer,
} from '@tanstack/virtual-core';
import { node } from '../elements/dom';
import { draw, type Drawn } from '../elements/element';

/** What a grid shows; rows are described only when they come into view. */
export interface GridContent {
  label: string;
  widths_rem: number[];
  /** One node for each column; a button or box inside takes the focus instead of the cell. */
  head: Drawn[];
  count: number;
  /** The cells of a row, and whether it is the chosen one. */
  row(index: number): { cells: Drawn[]; chosen: boolean };
}

/** What the grid reports to its owner. */
export interface GridListener {
  /** A row was clicked, or Enter pressed on it. */
  entered(index: number, by: 'pointer' | 'keyboard'): void;
  /** Any other key on a row; `true` when it was for the grid's owner. */
  pressed(index: number, event: KeyboardEvent): boolean;
}

const ROW_REM = 2.75;
const HEAD_REM = 3.5;
const OVERSCAN = 8;
/** More rows than this nobody prints. */
const MOST_PRINTED = 1000;
/** The row number of the head. */
const HEAD = -1;

const remPx = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize);

function focusable(cell: Element | undefined): HTMLElement | null {
  return cell ? (cell.querySelector<HTMLElement>('button, input') ?? (cell as HTMLElement)) : null;
}

/** The grid of the table twin, with its own scrolling, focus and keys. */
export class Grid {
  private content: GridContent = { label: '', widths_rem: [], head: [], count: 0, row: () => ({ cells: [], chosen: false }) };
  private active = { row: HEAD, column: 0 };
  private printing = false;
  private readonly rows = new Map<number, HTMLElement>();
  private readonly head = node('div', { role: 'row', class: 'head', 'aria-rowindex': 1 });
  private readonly body = node('div', { role: 'rowgroup', class: 'body' });
  private readonly grid = node('div', { role: 'grid' }, node('div', { role: 'rowgroup', class: 'heads' }, this.head), this.body);
  readonly root = node('div', { class: 'scroll' }, this.grid);
  private readonly virtual: Virtualizer<HTMLElement, HTMLElement>;

  constructor(private readonly listener: GridListener) {
    this.virtual = new Virtualizer(this.options());
    this.virtual._didMount();
    this.grid.addEventListener('keydown', (event) => this.key(event));
    this.grid.addEventListener('focusin', (event) => this.focused(event.target as Element));
    this.body.addEventListener('click', (event) => this.clicked(event.target as Element));
    addEventListener('beforeprint', () => this.print(true));
    addEventListener('afterprint', () => this.print(false));
  }

  private options(): ConstructorParameters<typeof Virtualizer<HTMLElement, HTMLElement>>[0] {
    const rem = remPx();
    return {
      count: this.content.count,
      getScrollElement: () => this.root,
      estimateSize: () => ROW_REM * rem,
      overscan: this.printing ? MOST_PRINTED : OVERSCAN,
      scrollMargin: HEAD_REM * rem,
      scrollPaddingStart: HEAD_REM * rem,
      scrollToFn: elementScroll,
      observeElementRect,
      observeElementOffset,
      onChange: () => this.draw(),
    };
  }

  /** The rows in view, and the one that holds the focus, so that scrolling never takes the focus away. */
  private range(range: Range): number[] {
    const { row } = this.active;
    const inView = defaultRangeExtractor(range);
    return row < 0 || row >= range.count || inView.includes(row) ? inView : [...inView, row].sort((a, b) => a - b);
  }

  /** Shows other content; rows and cells keep their nodes, and with them the focus. */
  show(content: GridContent): void {
    this.content = content;
    this.active.row = Math.min(this.active.row, content.count - 1);
    this.active.column = Math.min(this.active.column, content.head.length - 1);
    this.grid.setAttribute('aria-label', content.label);
    this.grid.setAttribute('aria-rowcount', String(content.count + 1));
    this.grid.setAttribute('aria-colcount', String(content.head.length));
    this.grid.style.setProperty('--columns', content.widths_rem.map((width) => `${width}rem`).join(' '));
    this.fillRow(this.head, content.head);
    this.virtual.setOptions(this.options());
    this.virtual._willUpdate();
    this.virtual.measure();
    for (const [index, row] of this.rows) if (index < content.count) this.refreshRow(row, index);
    this.draw();
  }

  /** Brings a row into view without taking the focus there; the Tab key then leads to it. */
  reveal(index: number): void {
    if (!this.grid.contains(document.activeElement)) this.active.row = index;
    this.virtual.scrollToIndex(index, { align: 'auto' });
    this.draw();
  }

  private fillRow(row: HTMLElement, cells: Drawn[]): void {
    draw(row, ...cells);
    for (const [column, cell] of [...row.children].entries()) cell.setAttribute('aria-colindex', String(column + 1));
  }

  private refreshRow(row: HTMLElement, index: number): void {
    const { cells, chosen } = this.content.row(index);
    row.setAttribute('aria-selected', String(chosen));
    row.className = chosen ? 'chosen' : '';
    this.fillRow(row, cells);
  }

  private draw(): void {
    // A new function each time: the library remembers what the last one gave.
    this.virtual.setOptions({ ...this.virtual.options, rangeExtractor: (range) => this.range(range) });
    const items = this.virtual.getVirtualItems();
    const wanted = new Set(items.map((item) => item.index));
    for (const [index, row] of this.rows)
      if (!wanted.has(index)) {
        row.remove();
        this.rows.delete(index);
      }
    let before: HTMLElement | null = null;
    for (const { index, start } of items) {
      const row = this.rows.get(index) ?? this.newRow(index);
      row.style.top = `${start - this.virtual.options.scrollMargin}px`;
      if (before ? before.nextSibling !== row : this.body.firstChild !== row)
        this.body.insertBefore(row, before ? before.nextSibling : this.body.firstChild);
      before = row;
    }
    this.body.style.height = `${this.virtual.getTotalSize()}px`;
    this.markStop();
  }

  private newRow(index: number): HTMLElement {
    const row = node('div', { role: 'row', 'aria-rowindex': index + 2, 'data-index': index });
    this.refreshRow(row, index);
    this.rows.set(index, row);
    return row;
  }

  /** Exactly one cell is a stop of the Tab key. */
  private markStop(): void {
    for (const row of [this.head, ...this.rows.values()])
      for (const cell of row.children) focusable(cell)?.setAttribute('tabindex', '-1');
    this.target()?.setAttribute('tabindex', '0');
  }

  private target(): HTMLElement | null {
    const row = this.active.row === HEAD ? this.head : this.rows.get(this.active.row);
    return focusable(row?.children[this.active.column]);
  }

  private focused(target: Element): void {
    const cell = target.closest('[aria-colindex]');
    const row = target.closest<HTMLElement>('[role=row]');
    if (!cell || !row) return;
    this.active = { row: Number(row.dataset['index'] ?? HEAD), column: Number(cell.getAttribute('aria-colindex')) - 1 };
    this.markStop();
  }

  private clicked(target: Element): void {
    const row = target.closest<HTMLElement>('[role=row]');
    if (row && !target.closest('input, label')) this.listener.entered(Number(row.dataset['index']), 'pointer');
  }

  private key(event: KeyboardEvent): void {
    if (event.altKey || event.metaKey) return;
    const next = this.step(event);
    if (next) {
      event.preventDefault();
      return this.go(next);
    }
    const { row } = this.active;
    if (row < 0 || event.ctrlKey) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      this.listener.entered(row, 'keyboard');
    } else if (this.listener.pressed(row, event)) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  /** The cell that a key leads to. */
  private step({ key, ctrlKey }: KeyboardEvent): { row: number; column: number } | null {
    const { row, column } = this.active;
    const [lastRow, lastColumn] = [this.content.count - 1, this.content.head.length - 1];
    const page = Math.max(1, Math.floor(this.root.clientHeight / (ROW_REM * remPx())) - 2);
    const steps: Record<string, { row: number; column: number }> = {
      ArrowDown: { row: row + 1, column },
      ArrowUp: { row: row - 1, column },
      ArrowRight: { row, column: column + 1 },
      ArrowLeft: { row, column: column - 1 },
      PageDown: { row: row + page, column },
      PageUp: { row: row - page, column },
      Home: ctrlKey ? { row: 0, column: 0 } : { row, column: 0 },
      End: ctrlKey ? { row: lastRow, column: lastColumn } : { row, column: lastColumn },
    };
    const to = steps[key];
    return (
      (to && { row: Math.max(HEAD, Math.min(to.row, lastRow)), column: Math.max(0, Math.min(to.column, lastColumn)) }) ?? null
    );
  }

  private go(to: { row: number; column: number }): void {
    this.active = to;
    if (to.row >= 0) this.virtual.scrollToIndex(to.row, { align: 'auto' });
    this.draw();
    const target = this.target();
    target?.focus({ preventScroll: true });
    target?.closest('[aria-colindex]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  /** On paper there is no scrolling: all rows, within reason. */
  private print(printing: boolean): void {
    this.printing = printing;
    this.virtual.setOptions(this.options());
    this.virtual.measure();
    this.draw();
  }
}
