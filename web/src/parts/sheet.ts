/** On a narrow screen the rail and the panel become one sheet from below, opened by the tabs under the map. On a wide one all of this is out of sight. */

import type { Messages } from '../i18n/messages';
import { element, refill } from './element';

export const SHEETS = ['panel', 'list', 'controls'] as const;
export type SheetName = (typeof SHEETS)[number];

const NARROW = matchMedia('(max-width: 1023px)');

export class Sheet {
  private open: SheetName | null = null;

  constructor(
    private readonly body: HTMLElement,
    private readonly tabs: HTMLElement,
    /** Told when another part of the map lies open. */
    private readonly moved: () => void,
  ) {
    document.addEventListener('binhyen:open', (event) => this.show((event as CustomEvent<SheetName>).detail));
  }

  label(messages: Messages): void {
    const buttons = SHEETS.map((name) =>
      element(
        'button',
        { id: `tab-${name}`, type: 'button', 'aria-controls': name, click: () => this.show(this.open === name ? null : name) },
        messages.say(`tab.${name}`),
      ),
    );
    refill(this.tabs, ...buttons);
    this.mark();
  }

  show(name: SheetName | null): void {
    if (name === this.open) return;
    this.open = name;
    this.mark();
    if (NARROW.matches) this.moved();
  }

  private mark(): void {
    this.body.dataset['sheet'] = this.open ?? '';
    for (const button of this.tabs.querySelectorAll('button'))
      button.setAttribute('aria-expanded', String(button.id === `tab-${this.open}`));
  }

  /** How much of the map lies under the open sheet, or else under the legend. */
  coveredBelowPx(): number {
    const height = (id: string): number => document.getElementById(id)?.offsetHeight ?? 0;
    return NARROW.matches && this.open !== null ? height(this.open) : height('legend') + height('caption');
  }
}
