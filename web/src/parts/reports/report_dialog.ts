/**
 * The form “Báo tin”: a place, a kind, a time, a few words. Nobody is asked who he is. What cannot be sent is kept on the
 * device and sent later; the receipt is a number under which its sender learns how far the report is.
 */

import '../../css/apart/report.css';
import { batch, effect, signal } from '@preact/signals-core';
import type { MessageKey } from '../../i18n/messages';
import { dropWaiting, keepWaiting, keptReports, type Outgoing, type Written } from '../../api/reports/kept';
import { type Challenge, fetchChallenge, isForLater, keptForm, Refusal, send, sendWaiting } from '../../api/reports/sending';
import { Dialog } from '../elements/dialog';
import { type Child, type Drawn, element, valueIn } from '../elements/element';
import type { ReportHost } from './host';
import { pickPlace } from './picking';
import { PlaceField } from './place_field';
import { Receipts } from './receipts';

/** A row of digits that could be somebody's number. */
const LIKE_A_NUMBER = /(?:\d[ .-]?){9,}/;
const MINUTE_MS = 60_000;
const MOST_CHARS = 500;

type Fault = 'category' | 'place' | 'time' | 'text' | null;
type Phase = 'writing' | 'sending' | 'sent' | 'kept' | 'refused';

/** A moment as a field for local times takes it. */
function localMoment(at: Date): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * MINUTE_MS).toISOString().slice(0, 16);
}

/** The dialog of the form, and of what this device has sent. */
export class ReportDialog {
  private readonly dialog = new Dialog('report');
  private readonly form = signal<Challenge['form'] | 'closed' | null>(keptForm());
  private readonly category = signal('');
  private readonly time = signal('');
  private readonly text = signal('');
  private readonly phase = signal<Phase>('writing');
  private readonly fault = signal<{ field: Fault; words: string }>({ field: null, words: '' });
  private readonly place: PlaceField;
  private readonly receipts: Receipts;

  constructor(private readonly host: ReportHost) {
    this.place = new PlaceField(host, () => void this.pick());
    this.receipts = new Receipts(host);
    effect(() => this.fill());
  }

  /** Opens the form; with a number, at what became of that report. */
  open(number: string | null = null): void {
    batch(() => {
      if (this.phase.peek() !== 'sending') this.phase.value = 'writing';
      this.fault.value = { field: null, words: '' };
      this.time.value = localMoment(new Date());
    });
    void this.learn();
    this.receipts.open(number);
    this.dialog.open();
    document.querySelector<HTMLElement>(number === null ? '#report-category' : '#report-sent-title')?.focus();
  }

  private async learn(): Promise<void> {
    try {
      this.form.value = (await fetchChallenge()).form;
      if ((await sendWaiting()) > 0) this.receipts.refresh();
    } catch (error) {
      if (error instanceof Refusal && error.status === 501) this.form.value = 'closed';
    }
  }

  private async pick(): Promise<void> {
    const picker = this.host.picker();
    if (!picker) return;
    this.dialog.close();
    const at = await pickPlace(picker, this.host.messages);
    if (at) this.place.chosen.value = { at };
    this.dialog.open();
    document.getElementById('report-pick')?.focus();
  }

  private fill(): void {
    const { messages } = this.host;
    this.dialog.fill(messages.say('report.title'), messages.say('dialog.close'), ...this.parts());
  }

  private parts(): Child[] {
    const { messages } = this.host;
    const form = this.form.value;
    if (form === 'closed') return [element('p', {}, messages.say('report.closed')), this.urgent(), ...this.receipts.parts()];
    const phase = this.phase.value;
    const said = { id: 'report-said', tabindex: -1, class: `said-${phase}` };
    if (phase === 'sent' || phase === 'kept')
      return [
        element('p', said, messages.say(`report.${phase}`)),
        ...this.receipts.parts(),
        this.button('report-again', 'report.again', () => this.again()),
      ];
    return [this.urgent(), this.formParts(form), ...this.receipts.parts()];
  }

  private urgent(): Drawn {
    return element('p', { class: 'urgent' }, this.host.messages.say('report.urgent'));
  }

  private button(id: string, key: MessageKey, click: () => void): Drawn {
    return element('button', { id, type: 'button', class: 'plain', click }, this.host.messages.say(key));
  }

  private formParts(form: Challenge['form'] | null): Drawn {
    const { messages } = this.host;
    const submit = (event: Event): void => {
      event.preventDefault();
      void this.submit();
    };
    const isSending = this.phase.value === 'sending';
    return element(
      'form',
      { class: 'report', novalidate: true, submit },
      ...this.categoryParts(form),
      this.place.parts(this.faultOf('place')),
      ...this.timeParts(),
      ...this.textParts(form),
      element('p', { class: 'quiet' }, messages.say('report.privacy', { days: form?.text_days ?? 90 })),
      element(
        'p',
        { id: 'report-fault', role: 'alert', class: 'fault' },
        this.fault.value.field === null ? this.fault.value.words : '',
      ),
      element(
        'button',
        { id: 'report-send', type: 'submit', class: 'plain main', 'aria-disabled': isSending ? 'true' : null },
        messages.say(isSending ? 'report.sending' : 'report.send'),
      ),
    );
  }

  private faultOf(field: Fault): string {
    const fault = this.fault.value;
    return fault.field === field ? fault.words : '';
  }

  /** A field under its label, with what is wrong with it below. */
  private field(name: Exclude<Fault, 'place' | null>, field: Drawn, ...more: Child[]): Child[] {
    const fault = this.faultOf(name);
    return [
      element('label', { for: `report-${name}` }, this.host.messages.say(`report.${name}`)),
      field,
      ...more,
      fault !== '' && element('p', { id: `report-${name}-fault`, class: 'fault', role: 'alert' }, fault),
    ];
  }

  private categoryParts(form: Challenge['form'] | null): Child[] {
    const { messages } = this.host;
    const chosen = this.category.value;
    const options = (form?.categories ?? []).map(({ id, name }) =>
      element('option', { value: id, selected: id === chosen }, messages.pick(name)),
    );
    const select = element(
      'select',
      {
        id: 'report-category',
        'aria-invalid': this.faultOf('category') ? 'true' : null,
        'aria-describedby': this.faultOf('category') ? 'report-category-fault' : null,
        change: (event) => (this.category.value = valueIn(event)),
      },
      element('option', { value: '', selected: chosen === '' }, messages.say(form ? 'report.category.choose' : 'state.loading')),
      ...options,
    );
    return this.field('category', select);
  }

  private timeParts(): Child[] {
    const input = element('input', {
      id: 'report-time',
      type: 'datetime-local',
      max: localMoment(new Date()),
      value: this.time.value,
      'aria-invalid': this.faultOf('time') ? 'true' : null,
      'aria-describedby': this.faultOf('time') ? 'report-time-fault' : null,
      input: (event) => (this.time.value = valueIn(event)),
    });
    return this.field('time', input);
  }

  private textParts(form: Challenge['form'] | null): Child[] {
    const { messages, numbers } = this.host;
    const most = form?.text_chars ?? MOST_CHARS;
    const [text, length] = [this.text.value, [...this.text.value.normalize('NFC')].length];
    const area = element('textarea', {
      id: 'report-text',
      rows: 3,
      value: text,
      'aria-describedby': 'report-text-hint',
      'aria-invalid': this.faultOf('text') ? 'true' : null,
      input: (event) => (this.text.value = (event.currentTarget as HTMLTextAreaElement).value),
    });
    const count = messages.say('report.text.count', { n: numbers.count(length), most: numbers.count(most) });
    const looksLikeNumber = LIKE_A_NUMBER.test(text);
    const hint = messages.say(looksLikeNumber ? 'report.text.number' : 'report.text.hint');
    const line = element(
      'p',
      { id: 'report-text-hint', class: looksLikeNumber ? 'fault' : 'quiet', role: looksLikeNumber ? 'alert' : null },
      `${hint} `,
      element('span', { class: 'count' }, count),
    );
    return this.field('text', area, line);
  }

  /** What is missing, said at its field. */
  private missing(): Fault {
    if (this.category.peek() === '') return 'category';
    if (this.place.chosen.peek() === null) return 'place';
    if (this.time.peek() === '') return 'time';
    const form = this.form.peek();
    const most = form !== null && form !== 'closed' ? form.text_chars : MOST_CHARS;
    return [...this.text.peek().normalize('NFC')].length > most ? 'text' : null;
  }

  private refuse(field: Fault, words: string): void {
    batch(() => {
      this.phase.value = 'writing';
      this.fault.value = { field, words };
    });
    const focused = { category: '#report-category', place: '#report-commune', time: '#report-time', text: '#report-text' };
    document.querySelector<HTMLElement>(field === null ? '#report-send' : focused[field])?.focus();
  }

  private written(): Written {
    const place = this.place.chosen.peek();
    const where =
      place === null
        ? {}
        : 'at' in place
          ? { lon: place.at[0], lat: place.at[1] }
          : { edition: place.commune.edition, area_code: place.commune.code };
    const text = this.text.peek().trim();
    const time = new Date(this.time.peek()).toISOString();
    return { category: this.category.peek(), time, ...where, ...(text !== '' && { text }) };
  }

  private async submit(): Promise<void> {
    if (this.phase.peek() === 'sending') return;
    const missing = this.missing();
    if (missing !== null) return this.refuse(missing, this.host.messages.say(`report.missing.${missing}`));
    const outgoing: Outgoing = { key: newKey(), written: this.written(), body: null, at: new Date().toISOString() };
    batch(() => {
      this.fault.value = { field: null, words: '' };
      this.phase.value = 'sending';
    });
    // Before the line is tried: a page that is closed meanwhile loses nothing.
    keepWaiting(outgoing);
    try {
      await send(keptReports().waiting.find(({ key }) => key === outgoing.key) ?? outgoing);
      this.done('sent');
    } catch (error) {
      if (isForLater(error)) return this.done('kept');
      dropWaiting(outgoing.key);
      this.refuse(fieldOf(error), error instanceof Error ? error.message : String(error));
    }
  }

  private done(phase: 'sent' | 'kept'): void {
    batch(() => {
      this.phase.value = phase;
      this.text.value = '';
      this.category.value = '';
      this.place.clear();
      this.receipts.refresh();
    });
    document.getElementById('report-said')?.focus();
  }

  private again(): void {
    this.open();
  }
}

function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The field of the form that a refusal is about. */
function fieldOf(error: unknown): Fault {
  const named = error instanceof Refusal ? error.field : null;
  if (named === 'category' || named === 'time' || named === 'text') return named;
  return named === 'lon' || named === 'lat' || named === 'area_code' || named === 'edition' ? 'place' : null;
}
