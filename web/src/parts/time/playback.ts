/** Plays a run of periods: each step is shown when its time has come and the one before is on the screen, the next ones are asked for ahead. */

import type { Period } from '../../view/view';

/** Steps asked for ahead of the one on show. */
export const AHEAD = 4;

/** What a playback needs of the timeline. */
export interface Player {
  /** Shows a step; `null` when another was asked for meanwhile. */
  show(period: Period): Promise<unknown>;
  warm(periods: Period[]): void;
  /** A step is on the screen. */
  moved(index: number, shown: unknown): void;
  /** The run is over: at its end, by hand, or because a step could not be had. */
  stopped(index: number, why: 'ended' | 'paused' | 'failed'): void;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** One run at a time, at the speed asked for anew with each step. */
export class Playback {
  /** The run under way; a later one ends the earlier. */
  private run: { index: number } | null = null;

  constructor(
    private readonly player: Player,
    private readonly wait: (ms: number) => Promise<void> = pause,
    private readonly now: () => number = () => performance.now(),
  ) {}

  get isPlaying(): boolean {
    return this.run !== null;
  }

  /** Plays `periods` from the first to the last; `stepMs` is asked anew at each step. */
  async play(periods: Period[], stepMs: () => number): Promise<void> {
    const run = { index: 0 };
    this.run = run;
    for (let index = 0; index < periods.length; index += 1) {
      const began = this.now();
      this.player.warm(periods.slice(index, index + 1 + AHEAD));
      const shown = await this.player.show(periods[index] as Period).catch(() => undefined);
      if (this.run !== run) return;
      if (shown === undefined) return this.stop('failed');
      run.index = index;
      if (shown !== null) this.player.moved(index, shown);
      if (index < periods.length - 1) await this.wait(Math.max(0, stepMs() - (this.now() - began)));
      if (this.run !== run) return;
    }
    this.stop('ended');
  }

  pause(): void {
    this.stop('paused');
  }

  private stop(why: 'ended' | 'paused' | 'failed'): void {
    const { run } = this;
    this.run = null;
    if (run) this.player.stopped(run.index, why);
  }
}
