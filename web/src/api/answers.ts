/**
 * What parts of the page need beyond the scene, by address: a part names what it wants and gets what is known of it;
 * the first mention sends the request, and whatever read the address is drawn again when its answer is there.
 */

import { batch, type Signal, signal } from '@preact/signals-core';

/** An answer, that it is on its way, or why it could not be had. */
export type Known<T> = { state: 'here'; value: T } | { state: 'waiting' } | { state: 'missing'; reason: Error };

/** Enough for a comparison, a year of playback and the way back; the oldest goes first. */
const KEPT = 240;

/** Sends a request and reads its JSON. */
export type Ask = (url: string) => Promise<unknown>;
/** Runs something a little later, once for all that came together. */
export type Schedule = (run: () => void) => void;

const withNextFrame: Schedule = (run) => void requestAnimationFrame(run);

/** What is kept of an address. */
interface Kept {
  known: Signal<Known<unknown>>;
  /** How often it was asked for. */
  asked: number;
  /** The request whose answer is known: one that was overtaken comes to nothing. */
  shown: number;
}

/** Answers by address, each a signal of its own. */
export class Answers {
  private kept = new Map<string, Kept>();
  /** What was known of the epoch before; goes unless somebody reads it at once. */
  private former = new Map<string, Kept>();
  /** Grows when all is forgotten or asked for anew, so that whatever reads an answer reads it again. */
  private readonly round = signal(0);
  private readonly underWay = new Set<Promise<void>>();
  /** Answers that have come but are not shown yet. */
  private arrivals: (() => void)[] = [];

  constructor(
    private readonly ask: Ask,
    private readonly schedule: Schedule = withNextFrame,
  ) {}

  /** What is known of `url`, followed by whatever effect reads it; asks for it when nothing is. */
  of<T>(url: string): Known<T> {
    // Read, so that whoever asks is told when all is another.
    void this.round.value;
    const known = this.kept.get(url);
    if (known) return known.known.value as Known<T>;
    const kept = this.keep(url, this.former.get(url) ?? blank({ state: 'waiting' }));
    void this.fetch(url, kept);
    return kept.known.value as Known<T>;
  }

  /** The answer itself, asked for when it is not there; fails as the request does. */
  async later<T>(url: string): Promise<T> {
    const known = this.kept.get(url)?.known.peek();
    if (known?.state === 'here') return known.value as T;
    const round = this.round.peek();
    const value = await this.ask(url);
    if (round === this.round.peek()) {
      const here: Known<unknown> = { state: 'here', value };
      const asked = this.kept.get(url);
      if (asked) asked.known.value = here;
      else this.keep(url, blank(here));
    }
    return value as T;
  }

  /** Asks for `url` again; what was known of it stays until it is known anew. */
  async renew(url: string): Promise<void> {
    const asked = this.kept.get(url);
    if (asked) await this.fetch(url, asked);
  }

  /** The role or the language is another one: what is on show is asked for again, and is not there until then. */
  forget(): void {
    this.kept.clear();
    this.round.value += 1;
  }

  /** The epoch is another one: what is on show is asked for again and stays until then; the rest is forgotten. */
  renewShown(): void {
    const former = (this.former = this.kept);
    this.kept = new Map();
    this.round.value += 1;
    // Whoever shows an answer has read it by then.
    queueMicrotask(() => former.clear());
  }

  /** Resolves when nothing that was asked for is still on its way. */
  async settled(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  private async fetch(url: string, kept: Kept): Promise<void> {
    const fetched = this.answered(url, kept);
    this.underWay.add(fetched);
    await fetched;
    this.underWay.delete(fetched);
  }

  private async answered(url: string, kept: Kept): Promise<void> {
    const number = (kept.asked += 1);
    const known = await this.ask(url).then(
      (value): Known<unknown> => ({ state: 'here', value }),
      (reason: unknown): Known<unknown> => ({
        state: 'missing',
        reason: reason instanceof Error ? reason : new Error(String(reason)),
      }),
    );
    if (this.kept.get(url) !== kept || number < kept.shown) return;
    kept.shown = number;
    this.arrivals.push(() => (kept.known.value = known));
    if (this.arrivals.length === 1) this.schedule(() => this.showArrivals());
  }

  /** However many answers came together, everything is drawn once. */
  private showArrivals(): void {
    const arrived = this.arrivals;
    this.arrivals = [];
    batch(() => arrived.forEach((show) => show()));
  }

  private keep(url: string, kept: Kept): Kept {
    this.kept.delete(url);
    const oldest = this.kept.keys().next();
    if (this.kept.size >= KEPT && !oldest.done) this.kept.delete(oldest.value);
    this.kept.set(url, kept);
    return kept;
  }
}

function blank(known: Known<unknown>): Kept {
  return { known: signal(known), asked: 0, shown: 0 };
}

/** The answer where it is here. */
export function valueOf<T>(known: Known<T>): T | null {
  return known.state === 'here' ? known.value : null;
}
