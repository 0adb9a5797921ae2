/** Keeps the screen from going dark while the wall is on, where the browser can; a hidden page loses the lock and takes it again. */

/** The wish to keep the screen awake. */
export class ScreenLock {
  private held: WakeLockSentinel | null = null;
  private isWanted = false;

  constructor() {
    document.addEventListener('visibilitychange', () => void this.take());
  }

  hold(): void {
    this.isWanted = true;
    void this.take();
  }

  release(): void {
    this.isWanted = false;
    void this.held?.release();
    this.held = null;
  }

  private async take(): Promise<void> {
    if (!this.isWanted || document.hidden || !('wakeLock' in navigator)) return;
    try {
      this.held = await navigator.wakeLock.request('screen');
    } catch (error) {
      // A battery that runs low, or a browser that never allows it: the wall works without.
      console.info('the screen cannot be kept awake:', error);
    }
  }
}
