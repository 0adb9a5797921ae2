/** Joins many requests for the same work: it is done at once, then once in a while at most, and never twice at a time. */

/** What is done, and how far its runs lie apart at least. */
export class Joined {
  private isWanted = false;
  private isBusy = false;

  constructor(
    private readonly run: () => Promise<void>,
    private readonly apartMs: number,
  ) {}

  /** Asks for a run that begins after now: the one that waits already, where one does. */
  ask(): void {
    this.isWanted = true;
    if (!this.isBusy) void this.work();
  }

  private async work(): Promise<void> {
    this.isBusy = true;
    while (this.isWanted) {
      this.isWanted = false;
      const apart = new Promise((resolve) => setTimeout(resolve, this.apartMs));
      // A run that fails has said so itself; the next one is its own.
      await this.run().catch(() => undefined);
      await apart;
    }
    this.isBusy = false;
  }
}
