/**
 * What parts of the page need beyond the scene, by address: a part names what it wants and gets what is known of it;
 * the first mention sends the request, and the page is drawn anew when the answer is there.
 */

/** An answer, that it is on its way, or why it could not be had. */
export type Known<T> = { state: 'here'; value: T } | { state: 'waiting' } | { state: 'missing'; reason: Error };

/** Enough for a comparison, a year of playback and the way back; the oldest goes first. */
const KEPT = 240;

export type Ask = (url: string) => Promise<unknown>;

export class Answers {
  private readonly kept = new Map<string, Known<unknown>>();
  /** Grows when all is forgotten, so that an answer still on its way is not kept beyond its epoch. */
  private round = 0;

  constructor(
    private readonly ask: Ask,
    private readonly arrived: (url: string) => void,
  ) {}

  /** What is known of `url`; asks for it when nothing is. */
  of<T>(url: string): Known<T> {
    const known = this.kept.get(url);
    if (known) return known as Known<T>;
    const waiting: Known<unknown> = { state: 'waiting' };
    this.keep(url, waiting);
    void this.fetch(url);
    return waiting as Known<T>;
  }

  /** The answer itself, asked for when it is not there; fails as the request does. */
  async later<T>(url: string): Promise<T> {
    const known = this.kept.get(url);
    if (known?.state === 'here') return known.value as T;
    const { round } = this;
    const value = await this.ask(url);
    if (round === this.round) this.keep(url, { state: 'here', value });
    return value as T;
  }

  /** The epoch, the role or the language is another one. */
  forget(): void {
    this.round += 1;
    this.kept.clear();
  }

  private async fetch(url: string): Promise<void> {
    const { round } = this;
    const known = await this.ask(url).then(
      (value): Known<unknown> => ({ state: 'here', value }),
      (reason: unknown): Known<unknown> => ({
        state: 'missing',
        reason: reason instanceof Error ? reason : new Error(String(reason)),
      }),
    );
    if (round !== this.round) return;
    this.keep(url, known);
    this.arrived(url);
  }

  private keep(url: string, known: Known<unknown>): void {
    this.kept.delete(url);
    const oldest = this.kept.keys().next();
    if (this.kept.size >= KEPT && !oldest.done) this.kept.delete(oldest.value);
    this.kept.set(url, known);
  }
}

/** The answer where it is here. */
export function valueOf<T>(known: Known<T>): T | null {
  return known.state === 'here' ? known.value : null;
}
