/** A dialog of the page: opened over it, closed by Escape, its button or a click beside it; the focus goes back where it came from. */

import { node } from './dom';
import { type Child, draw, element, icon } from './element';

/** A modal dialog with a heading and a button that closes it. */
export class Dialog {
  private readonly node = node('dialog', { class: 'dialog' });
  private from: HTMLElement | null = null;

  constructor(private readonly id: string) {
    this.node.id = id;
    this.node.setAttribute('aria-labelledby', `${id}-title`);
    this.node.addEventListener('click', (event) => {
      if (event.target === this.node) this.node.close();
    });
    this.node.addEventListener('close', () => {
      if (this.from?.isConnected) this.from.focus();
    });
    document.body.append(this.node);
  }

  get isOpen(): boolean {
    return this.node.open;
  }

  /** Fills the dialog; `close` names the button that closes it. */
  fill(title: string, close: string, ...children: Child[]): void {
    const label = { id: `${this.id}-close`, type: 'button', class: 'icon', 'aria-label': close, click: () => this.node.close() };
    const head = element(
      'header',
      {},
      element('h2', { id: `${this.id}-title` }, title),
      element('button', label, icon('M6 6l12 12M18 6 6 18')),
    );
    draw(this.node, element('div', { class: 'sheet-of-dialog' }, head, ...children));
  }

  close(): void {
    this.node.close();
  }

  open(): void {
    this.from = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    this.node.showModal();
  }
}
