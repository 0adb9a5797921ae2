/** What can wait until nothing else is to be done. */

/** Where the browser does not say when it is idle. */
const LATER_MS = 500;

/** Runs `run` when the browser is idle. */
export function whenIdle(run: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(run);
  else setTimeout(run, LATER_MS);
}
