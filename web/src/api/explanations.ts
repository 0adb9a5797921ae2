/** Explanations by address: each is asked for once and kept until the server's numbers change. */

import type { fetchExplanation } from './client';
import type { Explanation } from './explanation';

/** Enough for a walk from area to area and back; the oldest goes first. */
const KEPT = 60;

function addressOf(edition: string, code: string, filter: URLSearchParams): string {
  return `${edition}/${code}?${filter.toString()}`;
}

type Fetch = typeof fetchExplanation;

/** The explanations that were read last. */
export class Explanations {
  private readonly kept = new Map<string, Explanation>();
  /** Grows when all is forgotten, so that an answer still on its way is not kept beyond its epoch. */
  private round = 0;

  constructor(private readonly fetch: Fetch) {}

  /** What is kept for the address, without asking. */
  known(edition: string, code: string, filter: URLSearchParams): Explanation | null {
    return this.kept.get(addressOf(edition, code, filter)) ?? null;
  }

  async of(edition: string, code: string, filter: URLSearchParams, signal?: AbortSignal): Promise<Explanation> {
    const known = this.known(edition, code, filter);
    if (known) return known;
    const { round } = this;
    const answer = await this.fetch(edition, code, filter, signal);
    if (round === this.round) this.keep(addressOf(edition, code, filter), answer);
    return answer;
  }

  /** The epoch or the role is another one. */
  forget(): void {
    this.round += 1;
    this.kept.clear();
  }

  private keep(key: string, answer: Explanation): void {
    const oldest = this.kept.keys().next();
    if (this.kept.size >= KEPT && !oldest.done) this.kept.delete(oldest.value);
    this.kept.set(key, answer);
  }
}
