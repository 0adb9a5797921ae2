/**
 * The desk of moderation: the queue on one side of the map, on the other the report beside its near duplicates. One key for
 * each decision; a mouse does the same by buttons.
 */

import '../../css/apart/moderation.css';
import { effect } from '@preact/signals-core';
import type { Judgement, Report } from '../../api/roles/moderation';
import type { MessageKey } from '../../i18n/messages';
import { spotOf } from '../keyboard/keys';
import { draw, type Drawn, element } from '../elements/element';
import type { Picker } from '../reports/host';
import { pickPlace } from '../reports/picking';
import type { Scene } from '../scene';
import { Desk, type Target } from './desk';
import { pins, type Pin } from './pins';
import { placeWords, ReviewParts, momentWords } from './review_parts';

const AGAIN_MS = 10_000;

/** The point of a report; `null` where it has none. */
function pointOf({ place }: Pick<Report, 'place'>): readonly [number, number] | null {
  return place.lon == null || place.lat == null ? null : [place.lon, place.lat];
}

/** The desk in its region. */
export class ModerationView {
  private readonly desk = new Desk();
  private readonly review: ReviewParts;

  constructor(
    private readonly scene: Scene,
    root: HTMLElement,
    private readonly picker: () => Picker | null,
  ) {
    this.review = new ReviewParts(scene, this.desk, {
      place: () => void this.setPlace(),
      accept: () => void this.accept(),
      merge: () => void this.merge(),
      reject: () => this.askReason(),
      reasoned: (reason) => void this.decide({ decision: 'reject', reason }),
      skip: () => void this.skip(),
    });
    effect(() => {
      if (!this.isOn) return void (pins.value = []);
      draw(root, this.queueParts(), this.review.parts());
      pins.value = this.pinned();
    });
    effect(() => {
      if (this.isOn) void this.desk.renew();
      else void this.desk.leave();
    });
    setInterval(() => {
      if (this.isOn && document.visibilityState === 'visible') void this.desk.renew();
    }, AGAIN_MS);
    addEventListener('keydown', (event) => this.key(event), true);
    addEventListener('pagehide', () => void this.desk.leave());
  }

  private get isOn(): boolean {
    return this.scene.view.mode === 'reports';
  }

  private say(key: MessageKey, values?: Record<string, string>): void {
    this.scene.announce(this.scene.messages.say(key, values));
  }

  /** The places of the queue, of the report, of what is near it. */
  private pinned(): Pin[] {
    const { queue, review, draft } = this.desk;
    const open = review.value?.report;
    const waiting = (queue.value?.reports ?? []).filter(({ number }) => number !== open?.number);
    const found: Pin[] = waiting.flatMap((report) => pin(pointOf(report), 'waiting'));
    const target = this.desk.target.value;
    this.desk.targets().forEach((item, index) => {
      const place = 'report' in item ? item.report.report : item.incident;
      found.push(...pin(pointOf(place), index === target ? 'target' : 'near'));
    });
    return [...found, ...(open ? pin(draft.value.at ?? pointOf(open), 'report') : [])];
  }

  private queueParts(): Drawn {
    const { messages, numbers } = this.scene;
    const queue = this.desk.queue.value;
    const fault = this.desk.fault.value;
    const count = queue?.open ?? 0;
    return element(
      'section',
      { id: 'report-queue', 'aria-labelledby': 'report-queue-title' },
      element('h2', { id: 'report-queue-title', tabindex: -1 }, messages.say('moderation.queue')),
      element('p', { class: 'quiet' }, messages.say('moderation.what')),
      fault !== '' && element('p', { role: 'alert', class: 'fault' }, messages.say('moderation.missing', { reason: fault })),
      queue &&
        element(
          'p',
          { id: 'report-queue-count', role: 'status' },
          count === 0
            ? messages.say('moderation.none')
            : messages.sayCount('moderation.open', count, { n: numbers.count(count) }),
        ),
      element('ul', {}, ...(queue?.reports ?? []).map((report) => this.entry(report))),
      queue?.next != null && element('p', { class: 'quiet' }, messages.say('moderation.more')),
      element('p', { class: 'quiet keys-here' }, messages.say('moderation.keys')),
    );
  }

  private entry(report: Report): Drawn {
    const { messages } = this.scene;
    const { number, category, claim } = report;
    const isOpen = this.desk.review.value?.report.number === number;
    const held = claim && !claim.mine ? claim.by : null;
    return element(
      'li',
      { id: `waiting-${number}`, class: isOpen ? 'open' : null },
      element(
        'button',
        {
          id: `take-${number}`,
          type: 'button',
          'aria-current': this.desk.marked.value === number ? 'true' : null,
          click: () => void this.take(number),
        },
        element('b', {}, category ? messages.pick(category.name) : messages.say('moderation.no-category')),
        element('span', {}, placeWords(this.scene, report)),
        element('span', { class: 'quiet' }, momentWords(this.scene, report)),
        held !== null && element('span', { class: 'held' }, messages.say('moderation.held', { by: held })),
      ),
    );
  }

  private async take(number: string): Promise<void> {
    try {
      await this.desk.take(number);
      document.getElementById('review-title')?.focus();
    } catch (error) {
      this.lost(error);
    }
  }

  private lost(error: unknown): void {
    void this.desk.renew();
    this.say('moderation.lost', { reason: error instanceof Error ? error.message : String(error) });
  }

  private async skip(): Promise<void> {
    await this.desk.leave();
    this.desk.step(1);
    this.focusMark();
    await this.desk.renew();
  }

  /** Puts the focus on the mark of the queue. */
  private focusMark(): void {
    requestAnimationFrame(() => {
      const mark = document.getElementById(`take-${this.desk.marked.peek() ?? ''}`);
      (mark ?? document.getElementById('report-queue-title'))?.focus();
    });
  }

  private async setPlace(): Promise<void> {
    const picker = this.picker();
    if (!picker || !this.desk.review.peek()) return;
    const at = await pickPlace(picker, this.scene.messages);
    if (at) this.desk.draft.value = { ...this.desk.draft.peek(), at };
    document.getElementById('review-title')?.focus();
  }

  private async accept(): Promise<void> {
    const { category, severity, at } = this.desk.draft.peek();
    const report = this.desk.review.peek()?.report;
    if (!report) return;
    if (category === null) return this.need('category', '#review-category');
    if (severity === null) return this.need('severity', '#review-severity-3');
    if (!at && pointOf(report) === null && report.place.area_code == null) return this.need('place', '#review-place');
    await this.decide({ decision: 'accept', category, severity, ...(at && { lon: at[0], lat: at[1] }) });
  }

  private need(what: 'category' | 'severity' | 'place' | 'target', selector: string): void {
    this.say(`moderation.need.${what}`);
    document.querySelector<HTMLElement>(selector)?.focus();
  }

  private async merge(): Promise<void> {
    const target: Target | undefined = this.desk.targets()[this.desk.target.peek()];
    if (!target) return this.need('target', '#near-0');
    const into = 'report' in target ? { report: target.report.report.number } : { incident: target.incident.id };
    await this.decide({ decision: 'merge', ...into });
  }

  private askReason(): void {
    if (!this.desk.review.peek()) return;
    this.desk.asksReason.value = true;
    requestAnimationFrame(() => document.getElementById('review-reason')?.focus());
  }

  private async decide(judgement: Judgement): Promise<void> {
    try {
      const judged = await this.desk.judge(judgement);
      if (!judged || judged.status === 'received' || judged.status === 'in_review') return;
      this.say(`moderation.done.${judged.status}`, { number: judged.number });
      this.focusMark();
    } catch (error) {
      this.lost(error);
      this.focusMark();
    }
  }

  private key(event: KeyboardEvent): void {
    if (!this.isOn || document.body.hasAttribute('data-picking') || document.querySelector('dialog[open]')) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape' && this.desk.asksReason.peek()) this.desk.asksReason.value = false;
    else if (spotOf(event.target) === 'typing' || !this.run(event)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Does what a key says; whether it says anything here. */
  private run({ key, shiftKey, target }: KeyboardEvent): boolean {
    const onMap = spotOf(target) === 'map';
    if ((key === 'ArrowDown' || key === 'ArrowUp') && !onMap) {
      this.desk.step(key === 'ArrowDown' ? 1 : -1);
      this.focusMark();
      return true;
    }
    if (!this.desk.review.peek()) return false;
    if (/^[1-5]$/.test(key)) {
      this.desk.draft.value = { ...this.desk.draft.peek(), severity: Number(key) };
      return true;
    }
    const commands: Record<string, () => void> = {
      l: () => document.getElementById('review-category')?.focus(),
      p: () => void this.setPlace(),
      n: () => this.desk.choose(shiftKey ? -1 : 1),
      a: () => void this.accept(),
      m: () => void this.merge(),
      r: () => this.askReason(),
      s: () => void this.skip(),
    };
    const command = commands[key.toLowerCase()];
    command?.();
    return command !== undefined;
  }
}

function pin(at: readonly [number, number] | null, kind: Pin['kind']): Pin[] {
  return at ? [{ at, kind }] : [];
}
