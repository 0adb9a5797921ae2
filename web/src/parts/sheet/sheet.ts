/**
 * On a narrow screen the panel, the rail and the list of incidents become one sheet from below with three heights: only its bar, half, or the whole
 * map. Its bar is dragged by touch, or moved by its buttons and the arrow keys. On a wide screen none of this is shown.
 */

import { batch, effect, signal } from '@preact/signals-core';
import { isLetter } from '../../view/text/sentence';
import { gradeText } from '../../view/text/values';
import { draw, type Drawn, element, icon } from '../elements/element';
import { NARROW } from '../elements/screen';
import { type Scene, selectedArea } from '../scene';

/** The parts of the page that the sheet can hold, one at a time. */
export const SHEETS = ['panel', 'rail', 'incidents'] as const;
/** One of the parts that the sheet can hold. */
export type SheetName = (typeof SHEETS)[number];
/** The heights at which the sheet rests, from the lowest. */
export const HEIGHTS = ['peek', 'half', 'full'] as const;
/** One of the heights at which the sheet rests. */
export type SheetHeight = (typeof HEIGHTS)[number];

/** A shorter way is a click that trembled. */
const DRAG_FROM_PX = 8;

/** Whether the screen is so narrow that panel and rail are a sheet. */
export function isNarrow(): boolean {
  return NARROW.matches;
}

/** The height at which a sheet let go at `share` of the room comes to rest. */
export function restingHeight(share: number): SheetHeight {
  if (share < 0.25) return 'peek';
  return share < 0.75 ? 'half' : 'full';
}

/** The next height up or down. */
export function nextHeight(height: SheetHeight, way: 'up' | 'down'): SheetHeight {
  const at = HEIGHTS.indexOf(height) + (way === 'up' ? 1 : -1);
  return HEIGHTS[Math.max(0, Math.min(at, HEIGHTS.length - 1))] ?? height;
}

/** What the sheet tells of itself. */
export interface SheetListener {
  /** Another part of the map lies open. */
  moved(): void;
  /** A part lies open over the map now, or none does. */
  turned(name: SheetName | null): void;
}

/** The sheet with its bar; on a wide screen it only keeps the order of the document. */
export class Sheet {
  private readonly open = signal<SheetName>('panel');
  private readonly height = signal<SheetHeight>('peek');
  private from: HTMLElement | null = null;
  private gripped: 'pressed' | 'dragged' = 'pressed';

  constructor(
    private readonly scene: Scene,
    private readonly body: HTMLElement,
    private readonly bar: HTMLElement,
    private readonly listener: SheetListener,
  ) {
    bar.addEventListener('pointerdown', (event) => this.grip(event));
    bar.addEventListener('keydown', (event) => this.key(event));
    NARROW.addEventListener('change', () => this.settle());
    effect(() => this.mark());
    effect(() => {
      const isGone = this.open.value === 'incidents' && !scene.view.overlays.includes('incidents');
      if (isGone) this.turn('panel', 'peek');
    });
    effect(() => this.drawBar());
    this.settle();
  }

  /** The rail stands before the map where it lies beside it, and after the sheet's bar where it lies below: as the eye reads. */
  private settle(): void {
    const rail = document.getElementById('rail');
    if (rail && isNarrow()) this.bar.parentElement?.append(rail);
    else if (rail) this.bar.parentElement?.prepend(rail);
    this.mark();
    this.tell();
  }

  /** Opens a part at half height, or higher where it already is. */
  bring(name: SheetName, height: SheetHeight = this.height.value === 'full' ? 'full' : 'half'): void {
    if (name !== 'panel') this.from = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    this.turn(name, height);
  }

  /** Lays a part down; says whether it was up. */
  lay(name: SheetName): 'laid' | 'lying' {
    if (!isNarrow() || this.open.value !== name || (this.height.value === 'peek' && name === 'panel')) return 'lying';
    const { from } = this;
    this.turn('panel', 'peek');
    if (from?.isConnected) from.focus();
    this.from = null;
    return 'laid';
  }

  private turn(name: SheetName, height: SheetHeight): void {
    const isSame = name === this.open.value && height === this.height.value;
    batch(() => {
      this.open.value = name;
      this.height.value = height;
    });
    if (!isSame && isNarrow()) this.listener.moved();
    this.tell();
  }

  private tell(): void {
    this.listener.turned(isNarrow() && this.height.peek() !== 'peek' ? this.open.peek() : null);
  }

  /** Opens a part as it lay open before, or lays the sheet down. */
  show(name: SheetName | null): void {
    if (!isNarrow()) return;
    if (name === null) this.turn('panel', 'peek');
    else if (this.height.peek() === 'peek' || this.open.peek() !== name) this.bring(name);
  }

  private title(): string {
    const { scene } = this;
    if (this.open.value === 'rail') return scene.messages.say('menu');
    if (this.open.value === 'incidents') return scene.messages.say('incidents');
    const area = selectedArea(scene);
    if (!area) return scene.messages.say('panel.province');
    // Open, the sheet shows the letter itself.
    if (this.height.value !== 'peek') return area.name;
    return isLetter(area.grade) || area.grade === 'range' ? `${area.name} · ${gradeText(area, scene)}` : area.name;
  }

  private mark(): void {
    const [open, height] = [this.open.value, this.height.value];
    this.body.dataset['sheet'] = open;
    this.body.dataset['height'] = height;
    // What lies under the edge of the screen is no stop of the Tab key.
    for (const name of SHEETS) {
      const part = document.getElementById(name);
      if (part) part.inert = isNarrow() && (name !== open || height === 'peek');
    }
  }

  private drawBar(): void {
    const { messages, view } = this.scene;
    const [open, height] = [this.open.value, this.height.value];
    const isPeek = height === 'peek';
    const turn = (): void => {
      if (this.gripped === 'pressed') this.turn(open, isPeek ? 'half' : 'peek');
    };
    const move = (way: 'up' | 'down'): void => this.turn(open, nextHeight(height, way));
    const closes = open !== 'panel' ? messages.say('sheet.close') : view.area !== null && messages.say('panel.close');
    const sign = (id: string, label: string, strokes: string, disabled: boolean, click: () => void): Drawn =>
      element('button', { id, type: 'button', class: 'icon', 'aria-label': label, title: label, disabled, click }, icon(strokes));
    draw(
      this.bar,
      element('span', { class: 'grip', 'aria-hidden': 'true' }),
      element(
        'button',
        {
          id: 'sheet-title',
          type: 'button',
          class: 'title',
          'aria-expanded': String(!isPeek),
          'aria-controls': open,
          click: turn,
        },
        this.title(),
      ),
      sign('sheet-down', messages.say('sheet.down'), 'M6 9l6 6 6-6', isPeek, () => move('down')),
      sign('sheet-up', messages.say('sheet.up'), 'M6 15l6-6 6 6', height === 'full', () => move('up')),
      closes && sign('sheet-close', closes, 'M6 6l12 12M18 6 6 18', false, () => this.close()),
    );
  }

  private close(): void {
    if (this.open.value !== 'panel') this.lay(this.open.value);
    else this.scene.change({ area: null });
  }

  private key(event: KeyboardEvent): void {
    const way = { ArrowUp: 'up', ArrowDown: 'down' }[event.key] as 'up' | 'down' | undefined;
    if (!way) return;
    event.preventDefault();
    this.turn(this.open.value, nextHeight(this.height.value, way));
  }

  /** Follows the finger; where it lets go, the sheet comes to rest at the nearest height. */
  private grip(down: PointerEvent): void {
    const part = document.getElementById(this.open.value);
    const room = this.bar.parentElement?.clientHeight ?? 0;
    if (!part || room === 0) return;
    const before = this.height.value === 'peek' ? 0 : part.offsetHeight;
    let share: number | null = null;
    const move = (event: PointerEvent): void => {
      const up = down.clientY - event.clientY;
      if (share === null && Math.abs(up) < DRAG_FROM_PX) return;
      share = Math.max(0, Math.min(1, (before + up) / (room - this.bar.offsetHeight)));
      this.body.dataset['height'] = 'dragged';
      this.body.style.setProperty('--dragged', `${100 * share}%`);
    };
    const end = (): void => {
      removeEventListener('pointermove', move);
      removeEventListener('pointerup', end);
      removeEventListener('pointercancel', end);
      this.body.style.removeProperty('--dragged');
      if (share === null) return;
      // The click that ends a drag is no click on the title.
      this.gripped = 'dragged';
      setTimeout(() => (this.gripped = 'pressed'));
      this.turn(this.open.value, restingHeight(share));
      this.mark();
    };
    // The finger may run ahead of the bar.
    addEventListener('pointermove', move);
    addEventListener('pointerup', end);
    addEventListener('pointercancel', end);
  }

  /** How much of the map lies under the sheet when it has come to rest; nothing where it lies low, or beside the map. */
  raisedPx(): number {
    const room = this.bar.parentElement?.clientHeight ?? 0;
    return isNarrow() && this.height.value !== 'peek' ? room / 2 : 0;
  }
}
