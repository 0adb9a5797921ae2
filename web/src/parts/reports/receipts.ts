/** What this device has sent, and how far it is; and a field for a number that another device has. */

import { batch, signal } from '@preact/signals-core';
import { address } from '../../api/client';
import { dropSent, keptReports } from '../../api/reports/kept';
import { fetchStatus, Refusal } from '../../api/reports/sending';
import { type Child, type Drawn, element, valueIn } from '../elements/element';
import type { ReportHost } from './host';

/** How far a report is, that it is asked for, or that it cannot be said. */
type Known = 'received' | 'in_review' | 'taken_up' | 'not_taken_up' | 'asking' | 'unknown' | 'unreachable';

/** A number with a gap, as it is easier to read. */
function spaced(number: string): string {
  return `${number.slice(0, 5)}-${number.slice(5)}`;
}

/** The list of receipts below the form. */
export class Receipts {
  private readonly kept = signal(keptReports());
  private readonly known = signal<ReadonlyMap<string, Known>>(new Map());
  private readonly typed = signal('');
  private readonly asked = signal<string | null>(null);

  constructor(private readonly host: ReportHost) {}

  /** Reads anew what is kept, and asks for the status of what was sent; `number` is asked for too. */
  open(number: string | null): void {
    batch(() => {
      this.asked.value = number;
      this.typed.value = number ?? '';
    });
    this.refresh();
    if (number !== null) void this.ask(number);
  }

  /** Reads anew what is kept, and asks for the status of what was sent. */
  refresh(): void {
    this.kept.value = keptReports();
    for (const { number } of this.kept.peek().sent) void this.ask(number);
  }

  private note(number: string, known: Known): void {
    this.known.value = new Map(this.known.peek()).set(number, known);
  }

  private async ask(number: string): Promise<void> {
    if (!this.known.peek().has(number)) this.note(number, 'asking');
    try {
      this.note(number, (await fetchStatus(number)).status as Known);
    } catch (error) {
      this.note(number, error instanceof Refusal && error.status === 404 ? 'unknown' : 'unreachable');
    }
  }

  /** The list as it is drawn. */
  parts(): Child[] {
    const { messages } = this.host;
    const { sent, waiting } = this.kept.value;
    const isEmpty = sent.length === 0 && waiting.length === 0;
    return [
      element(
        'section',
        { class: 'receipts', 'aria-labelledby': 'report-sent-title' },
        element('h3', { id: 'report-sent-title', tabindex: -1 }, messages.say('report.mine')),
        isEmpty && element('p', { class: 'quiet' }, messages.say('report.mine.none')),
        waiting.length > 0 &&
          element(
            'p',
            { class: 'waiting', role: 'status' },
            messages.sayCount('report.waiting', waiting.length, { n: this.host.numbers.count(waiting.length) }),
          ),
        sent.length > 0 && element('ul', {}, ...sent.map(({ number, at }) => this.receipt(number, at))),
        this.lookup(),
      ),
    ];
  }

  private status(number: string): string {
    return this.host.messages.say(`report.status.${this.known.value.get(number) ?? 'asking'}`);
  }

  private receipt(number: string, at: string): Drawn {
    const { messages, numbers } = this.host;
    const link = element('a', { href: address(`#report=${number}`), target: '_blank', rel: 'noopener' }, spaced(number));
    const forget = (): void => {
      dropSent(number);
      this.kept.value = keptReports();
    };
    const label = messages.say('report.forget', { number: spaced(number) });
    return element(
      'li',
      { id: `receipt-${number}` },
      element('span', { class: 'number' }, link),
      element('span', { class: 'status' }, this.status(number)),
      element('span', { class: 'quiet' }, numbers.moment(new Date(at))),
      element('button', { type: 'button', class: 'icon', 'aria-label': label, title: label, click: forget }, '×'),
    );
  }

  private lookup(): Drawn {
    const { messages } = this.host;
    const look = (event: Event): void => {
      event.preventDefault();
      const number = this.typed.peek().replace(/[ -]/g, '').toUpperCase();
      if (number === '') return;
      this.asked.value = number;
      void this.ask(number);
    };
    const asked = this.asked.value;
    return element(
      'form',
      { class: 'lookup', submit: look },
      element('label', { for: 'report-number' }, messages.say('report.lookup')),
      element('input', {
        id: 'report-number',
        type: 'text',
        autocomplete: 'off',
        autocapitalize: 'characters',
        spellcheck: 'false',
        value: this.typed.value,
        input: (event) => (this.typed.value = valueIn(event)),
      }),
      element('button', { id: 'report-look', type: 'submit', class: 'plain' }, messages.say('report.look')),
      element('p', { id: 'report-looked', role: 'status' }, asked === null ? '' : `${spaced(asked)}: ${this.status(asked)}`),
    );
  }
}
