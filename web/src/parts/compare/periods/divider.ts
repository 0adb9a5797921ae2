/** The line between two maps that lie on each other: dragged by mouse or finger, moved by keys. */

import { node } from '../../elements/dom';

const STEP = 2;
const LEAP = 10;

/** Where a key takes the divider, in percent from the left; `null` for keys that mean nothing here. */
export function movedBy(key: string, share: number): number | null {
  const targets: Record<string, number> = {
    ArrowLeft: share - STEP,
    ArrowDown: share - STEP,
    ArrowRight: share + STEP,
    ArrowUp: share + STEP,
    PageDown: share - LEAP,
    PageUp: share + LEAP,
    Home: 0,
    End: 100,
  };
  const target = targets[key];
  return target === undefined ? null : Math.min(100, Math.max(0, target));
}

/** A slider whose handle is the line between the maps. */
export class Divider {
  private share = 50;
  readonly handle = node('div', {
    id: 'compare-divider',
    class: 'divider',
    role: 'slider',
    tabindex: 0,
    'aria-valuemin': 0,
    'aria-valuemax': 100,
    'aria-orientation': 'horizontal',
  });
  private textOf: (share: number) => string = String;

  /** `frame` is what lies under the divider, `over` the map that it uncovers from the left. */
  constructor(
    private readonly frame: HTMLElement,
    private readonly over: HTMLElement,
  ) {
    this.handle.addEventListener('keydown', (event) => {
      const target = movedBy(event.key, this.share);
      if (target === null) return;
      event.preventDefault();
      this.moveTo(target);
    });
    this.handle.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      this.handle.focus();
      this.handle.setPointerCapture(event.pointerId);
    });
    this.handle.addEventListener('pointermove', (event) => {
      if (!this.handle.hasPointerCapture(event.pointerId)) return;
      const { left, width } = this.frame.getBoundingClientRect();
      this.moveTo(Math.min(100, Math.max(0, (100 * (event.clientX - left)) / width)));
    });
    this.moveTo(this.share);
  }

  /** Says what the divider is, and where it stands, in the reader's language. */
  name(label: string, textOf: (share: number) => string): void {
    this.handle.setAttribute('aria-label', label);
    this.textOf = textOf;
    this.moveTo(this.share);
  }

  private moveTo(share: number): void {
    this.share = share;
    this.handle.style.left = `${share}%`;
    this.over.style.clipPath = `inset(0 0 0 ${share}%)`;
    this.handle.setAttribute('aria-valuenow', String(Math.round(share)));
    this.handle.setAttribute('aria-valuetext', this.textOf(share));
  }
}
