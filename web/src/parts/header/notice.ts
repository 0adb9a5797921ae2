/** One line above the map for what is not as usual, a progress line for what is under way, and the words for screen readers. */

import { node } from '../elements/dom';

const BREATH_MS = 100;

/** The line for what is not as usual, the progress bar, and the live region. */
export class Notice {
  private saidAt = -Infinity;
  private readonly line = node('p', { class: 'notice', role: 'status', hidden: true });
  private readonly progress = node('div', { class: 'progress', hidden: true });
  private readonly said = node('p', { class: 'unseen', 'aria-live': 'polite' });

  constructor(private readonly root: HTMLElement) {
    root.append(this.progress, this.line, this.said);
  }

  /** Shows `text` until the next call; `null` takes the line away. */
  show(text: string | null): void {
    this.line.hidden = text === null;
    this.line.textContent = text ?? '';
  }

  busy(state: 'busy' | 'idle'): void {
    this.progress.hidden = state === 'idle';
    this.root.setAttribute('aria-busy', String(state === 'busy'));
  }

  /** Speaks without showing. What is said in one breath is read as one: a later text would cut off the earlier. */
  announce(text: string): void {
    const now = performance.now();
    const before = now - this.saidAt < BREATH_MS ? (this.said.textContent ?? '') : '';
    this.saidAt = now;
    this.said.textContent = before.includes(text) ? before : `${before} ${text}`.trim();
  }
}
