/**
 * What the desk of moderation holds: the queue, the report that is looked at, what the operator has set so far. Each report is
 * claimed while it is looked at, and given back when it is left.
 */

import { batch, signal } from '@preact/signals-core';
import {
  claimReport,
  fetchQueue,
  fetchReview,
  isLost,
  type Judgement,
  judgeReport,
  type NearIncident,
  type NearReport,
  releaseReport,
  type Report,
  type ReportQueue,
  type ReportReview,
} from '../../api/roles/moderation';
import type { Spot } from '../reports/host';

/** What a report may be merged with. */
export type Target = { report: NearReport } | { incident: NearIncident };

/** What the operator has set of the report so far. */
export interface Draft {
  category: string | null;
  severity: number | null;
  at: Spot | null;
}

const EMPTY: Draft = { category: null, severity: null, at: null };

/** The state of the desk, and what changes it. */
export class Desk {
  readonly queue = signal<ReportQueue | null>(null);
  readonly fault = signal('');
  /** The report in the queue that the keys stand on. */
  readonly marked = signal<string | null>(null);
  readonly review = signal<ReportReview | null>(null);
  readonly draft = signal<Draft>(EMPTY);
  readonly target = signal(-1);
  readonly asksReason = signal(false);

  /** Asks for the queue; what the keys stand on stays where it can. */
  async renew(): Promise<void> {
    try {
      const queue = await fetchQueue();
      batch(() => {
        this.queue.value = queue;
        this.fault.value = '';
        const numbers = queue.reports.map(({ number }) => number);
        if (!numbers.includes(this.marked.peek() ?? '')) this.marked.value = numbers[0] ?? null;
      });
    } catch (error) {
      this.fault.value = error instanceof Error ? error.message : String(error);
    }
  }

  /** Moves the mark in the queue. */
  step(by: 1 | -1): void {
    const numbers = (this.queue.peek()?.reports ?? []).map(({ number }) => number);
    const at = numbers.indexOf(this.marked.peek() ?? '');
    this.marked.value = numbers[Math.min(Math.max(at + by, 0), numbers.length - 1)] ?? null;
  }

  /** Takes a report to look at; fails where another operator has it. */
  async take(number: string): Promise<void> {
    await this.leave();
    await claimReport(number);
    const review = await fetchReview(number);
    batch(() => {
      this.marked.value = number;
      this.review.value = review;
      this.draft.value = { ...EMPTY, category: review.report.category?.id ?? null };
      this.target.value = -1;
      this.asksReason.value = false;
    });
    await this.renew();
  }

  /** Gives the report back that is looked at. */
  async leave(): Promise<void> {
    const number = this.review.peek()?.report.number;
    this.close();
    // Where it cannot be given back, the claim ends by itself.
    if (number !== undefined) await releaseReport(number).catch(() => undefined);
  }

  private close(): void {
    batch(() => {
      this.review.value = null;
      this.draft.value = EMPTY;
      this.target.value = -1;
      this.asksReason.value = false;
    });
  }

  /** All that the report may be merged with, in the order in which it is listed. */
  targets(): Target[] {
    const review = this.review.value;
    if (!review) return [];
    const open = review.near_reports.filter(({ report }) => report.status !== 'not_taken_up');
    return [...open.map((report) => ({ report })), ...review.near_incidents.map((incident) => ({ incident }))];
  }

  /** Chooses the next one to merge with. */
  choose(by: 1 | -1): void {
    const count = this.targets().length;
    if (count > 0) this.target.value = (Math.max(this.target.peek(), by === 1 ? -1 : 0) + by + count) % count;
  }

  /** Judges the report that is looked at, and goes on to the next; gives it as it is then. */
  async judge(judgement: Judgement): Promise<Report | null> {
    const review = this.review.peek();
    if (!review) return null;
    const { number, version } = review.report;
    const numbers = (this.queue.peek()?.reports ?? []).map((report) => report.number);
    const next = numbers[numbers.indexOf(number) + 1] ?? numbers.find((other) => other !== number) ?? null;
    try {
      const judged = await judgeReport(number, version, judgement);
      this.close();
      this.marked.value = next;
      await this.renew();
      return judged;
    } catch (error) {
      if (isLost(error)) {
        this.close();
        await this.renew();
      }
      throw error;
    }
  }
}
