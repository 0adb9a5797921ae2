/** Lines above the map for what is not as usual, what is on its way and what can be undone; a progress line, and the words for screen readers. */

import { node } from '../elements/dom';
import { draw, element, icon } from '../elements/element';

const BREATH_MS = 100;

/** What a remark offers to do. */
export interface Offer {
  label: string;
  act(): void;
}

/** The lines for what is not as usual, the progress bar, and the live region. */
export class Notice {
  private saidAt = -Infinity;
  private readonly line = node('p', { class: 'notice', role: 'status', hidden: true });
  private readonly waiting = node('p', { class: 'toast waiting', role: 'status', hidden: true });
  private readonly remarks = node('div', { class: 'toasts', role: 'status' });
  private readonly progress = node('div', { class: 'progress', hidden: true });
  private readonly said = node('p', { class: 'unseen', 'aria-live': 'polite' });

  constructor(private readonly root: HTMLElement) {
    root.append(this.progress, this.line, this.waiting, this.remarks, this.said);
  }

  /** Shows `text` until the next call; `null` takes the line away. */
  show(text: string | null): void {
    this.line.hidden = text === null;
    this.line.textContent = text ?? '';
  }

  /** Says what is on its way, until nothing is. */
  wait(text: string | null): void {
    this.waiting.hidden = text === null;
    this.waiting.textContent = text ?? '';
  }

  /** Shows sentences until the reader closes them or the next remark; with what can be done about them. */
  remark(sentences: readonly string[], close: string, offer: Offer | null = null): void {
    const act = (): void => {
      this.clearRemark();
      offer?.act();
    };
    draw(
      this.remarks,
      element(
        'div',
        { class: 'toast' },
        element('div', {}, ...sentences.map((sentence) => element('p', {}, sentence))),
        offer && element('button', { id: 'remark-offer', type: 'button', click: act }, offer.label),
        element(
          'button',
          {
            id: 'remark-close',
            type: 'button',
            class: 'icon',
            'aria-label': close,
            title: close,
            click: () => this.clearRemark(),
          },
          icon('M6 6l12 12M18 6 6 18'),
        ),
      ),
    );
  }

  /** Takes the remark away. */
  clearRemark(): void {
    draw(this.remarks);
  }

  busy(state: 'busy' | 'idle'): void {
    this.progress.hidden = state === 'idle';
    if (state === 'idle') this.wait(null);
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
