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

/** Answers by address, each a signal of its own. */
export class Answers {
  private readonly kept = new Map<string, Signal<Known<unknown>>>();
  /** Grows when all is forgotten, so that an answer still on its way is not kept beyond its epoch. */
  private readonly round = signal(0);
  /** Answers that have come but are not shown yet. */
  private arrivals: (() => void)[] = [];

  constructor(
    private readonly ask: Ask,
    private readonly schedule: Schedule = withNextFrame,
  ) {}

  /** What is known of `url`, followed by whatever effect reads it; asks for it when nothing is. */
  of<T>(url: string): Known<T> {
    const round = this.round.value;
    const known = this.kept.get(url);
    if (known) return known.value as Known<T>;
    const asked = this.keep(url, signal<Known<unknown>>({ state: 'waiting' }));
    void this.fetch(url, asked, round);
    return asked.value as Known<T>;
  }

  /** The answer itself, asked for when it is not there; fails as the request does. */
  async later<T>(url: string): Promise<T> {
    const known = this.kept.get(url)?.peek();
    if (known?.state === 'here') return known.value as T;
    const round = this.round.peek();
    const value = await this.ask(url);
    if (round === this.round.peek()) {
      const here: Known<unknown> = { state: 'here', value };
      const asked = this.kept.get(url);
      if (asked) asked.value = here;
      else this.keep(url, signal(here));
    }
    return value as T;
  }

  /** The epoch, the role or the language is another one: what is on show is asked for again. */
  forget(): void {
    this.kept.clear();
    this.round.value += 1;
  }

  private async fetch(url: string, asked: Signal<Known<unknown>>, round: number): Promise<void> {
    const known = await this.ask(url).then(
      (value): Known<unknown> => ({ state: 'here', value }),
      (reason: unknown): Known<unknown> => ({
        state: 'missing',
        reason: reason instanceof Error ? reason : new Error(String(reason)),
      }),
    );
    if (round !== this.round.peek()) return;
    this.arrivals.push(() => (asked.value = known));
    if (this.arrivals.length === 1) this.schedule(() => this.showArrivals());
  }

  /** However many answers came together, everything is drawn once. */
  private showArrivals(): void {
    const arrived = this.arrivals;
    this.arrivals = [];
    batch(() => arrived.forEach((show) => show()));
  }

  private keep(url: string, known: Signal<Known<unknown>>): Signal<Known<unknown>> {
    this.kept.delete(url);
    const oldest = this.kept.keys().next();
    if (this.kept.size >= KEPT && !oldest.done) this.kept.delete(oldest.value);
    this.kept.set(url, known);
    return known;
  }
}

/** The answer where it is here. */
export function valueOf<T>(known: Known<T>): T | null {
  return known.state === 'here' ? known.value : null;
}
