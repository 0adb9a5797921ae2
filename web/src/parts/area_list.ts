/** The table twin of the map: every area by name, grade and the number of the layer on show; sortable, and the way to choose without a mouse. */

import type { AreaRow } from '../api/types';
import { folded } from '../i18n/fold';
import { isLetter } from '../view/sentence';
import type { Theme } from '../view/view';
import { element } from './element';
import { areasOf, type Scene } from './scene';
import { swatch } from './swatch';

type Column = 'name' | 'grade' | 'value';

export interface Order {
  column: Column;
  ascending: boolean;
}

/** The number that the list shows beside a theme. */
function valueOf(area: AreaRow, theme: Theme): number | null {
  if (theme === 'density') return area.model_density ?? null;
  if (theme === 'count') return area.incidents ?? null;
  return area.rate_smoothed ?? null;
}

function valueText(area: AreaRow, scene: Scene): string {
  const { theme } = scene.view;
  const value = valueOf(area, theme);
  if (value === null) return '–';
  if (theme === 'density') return scene.numbers.density(value);
  return theme === 'count' ? scene.numbers.count(value) : scene.numbers.rate(value);
}

/** Sorts by column; what has no value comes last either way. */
export function sorted(areas: AreaRow[], order: Order, theme: Theme, compareNames: (a: string, b: string) => number): AreaRow[] {
  const sign = order.ascending ? 1 : -1;
  const rank = (area: AreaRow): number | null =>
    order.column === 'value' ? valueOf(area, theme) : isLetter(area.grade) ? area.grade.charCodeAt(0) : null;
  return [...areas].sort((a, b) => {
    if (order.column === 'name') return sign * compareNames(a.name, b.name);
    const [x, y] = [rank(a), rank(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null) || compareNames(a.name, b.name);
    return sign * (x - y) || compareNames(a.name, b.name);
  });
}

export function matching(areas: AreaRow[], text: string): AreaRow[] {
  const wanted = folded(text);
  return wanted === '' ? areas : areas.filter((area) => area.code === wanted || folded(area.name).includes(wanted));
}

export class AreaList {
  private order: Order = { column: 'name', ascending: true };
  private text = '';
  private scene: Scene | null = null;
  private readonly search = element('input', {
    id: 'list-search',
    type: 'search',
    autocomplete: 'off',
    input: () => this.filter(),
  });
  private readonly body = element('tbody', { keydown: (event) => this.step(event as KeyboardEvent) });
  private readonly head = element('tr');
  private readonly caption = element('caption', { class: 'unseen' });
  private readonly empty = element('p', { class: 'quiet' });

  constructor(root: HTMLElement) {
    const table = element('table', { id: 'area-list' }, this.caption, element('thead', {}, this.head), this.body);
    root.replaceChildren(this.search, element('div', { class: 'scroll' }, table, this.empty));
  }

  private filter(): void {
    this.text = this.search.value;
    this.fill();
  }

  show(scene: Scene): void {
    this.scene = scene;
    this.search.placeholder = scene.messages.say('list.search');
    this.search.setAttribute('aria-label', scene.messages.say('list.search'));
    this.caption.textContent = scene.messages.say('list.caption');
    this.fill();
  }

  /** Marks the chosen row without drawing the list anew. */
  mark(code: string | null): void {
    for (const row of this.body.rows) {
      const chosen = row.dataset['code'] === code;
      row.querySelector('button')?.setAttribute('aria-pressed', String(chosen));
      row.classList.toggle('chosen', chosen);
      if (chosen) row.scrollIntoView({ block: 'nearest' });
    }
  }

  private columnHead(scene: Scene, column: Column, label: string): HTMLElement {
    const { order } = this;
    const sort = order.column !== column ? 'none' : order.ascending ? 'ascending' : 'descending';
    const turn = (): void => {
      this.order = { column, ascending: order.column === column ? !order.ascending : column !== 'value' };
      this.show(scene);
      document.getElementById(`sort-${column}`)?.focus();
    };
    const arrow = sort === 'none' ? '' : order.ascending ? ' ▲' : ' ▼';
    return element(
      'th',
      { scope: 'col', class: column, 'aria-sort': sort },
      element(
        'button',
        { id: `sort-${column}`, type: 'button', click: turn },
        label,
        element('span', { 'aria-hidden': 'true' }, arrow),
      ),
    );
  }

  private row(area: AreaRow, scene: Scene): HTMLElement {
    const { messages, view } = scene;
    const choose = (): void => scene.change({ area: area.code });
    const theme = view.theme === 'statutory' ? 'statutory' : 'grade';
    const grade = isLetter(area.grade)
      ? ''
      : messages.say(
          area.grade === 'insufficient'
            ? 'legend.insufficient'
            : area.grade === 'suppressed'
              ? 'legend.suppressed'
              : 'legend.none',
        );
    const spoken =
      theme === 'statutory'
        ? area.statutory
          ? messages.say(`statutory.${area.statutory}`)
          : messages.say('legend.none')
        : grade;
    const mark = swatch(scene, theme, area);
    mark.title = spoken;
    return element(
      'tr',
      { 'data-code': area.code, click: choose },
      element('td', { class: 'name' }, element('button', { id: `area-${area.code}`, type: 'button', tabindex: -1 }, area.name)),
      element('td', { class: 'grade' }, mark, spoken && element('span', { class: 'unseen' }, spoken)),
      element('td', { class: 'value' }, valueText(area, scene)),
    );
  }

  private fill(): void {
    const { scene } = this;
    if (!scene) return;
    const { messages, view } = scene;
    const valueLabel = view.theme === 'density' ? 'list.density' : view.theme === 'count' ? 'list.count' : 'list.rate';
    const gradeLabel = view.theme === 'statutory' ? 'list.statutory' : 'list.grade';
    this.head.replaceChildren(
      this.columnHead(scene, 'name', messages.say('list.name')),
      this.columnHead(scene, 'grade', messages.say(gradeLabel)),
      this.columnHead(scene, 'value', messages.say(valueLabel)),
    );
    const areas = sorted(matching(areasOf(scene), this.text), this.order, view.theme, scene.numbers.compare);
    this.body.replaceChildren(...areas.map((area) => this.row(area, scene)));
    // One stop of the Tab key for the whole list: the arrows do the rest.
    const entry =
      this.body.querySelector<HTMLElement>(`[data-code="${CSS.escape(view.area ?? '')}"] button`) ??
      this.body.querySelector('button');
    entry?.setAttribute('tabindex', '0');
    this.empty.textContent = areas.length === 0 && this.text !== '' ? messages.say('list.none', { text: this.text }) : '';
    this.mark(view.area);
  }

  /** Arrow keys, Home and End walk the list. */
  private step(event: KeyboardEvent): void {
    const buttons = [...this.body.querySelectorAll('button')];
    const here = buttons.indexOf(event.target as HTMLButtonElement);
    const target = {
      ArrowDown: here + 1,
      ArrowUp: here - 1,
      Home: 0,
      End: buttons.length - 1,
      PageDown: here + 10,
      PageUp: here - 10,
    }[event.key];
    if (target === undefined || here < 0) return;
    event.preventDefault();
    const next = buttons[Math.min(Math.max(target, 0), buttons.length - 1)];
    buttons[here]?.setAttribute('tabindex', '-1');
    next?.setAttribute('tabindex', '0');
    next?.focus();
  }
}
