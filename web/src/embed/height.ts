/**
 * Reports to the page around the frame how high the frame wants to be. What it wants depends on its width alone,
 * never on the height it has: a page that obeys the message cannot start a quarrel.
 */

/** A map is read well between these heights. */
const STAGE = { share: 0.72, least: 260, most: 600 };
/** On a phone it stands upright: below its areas there has to be room for the fan of the legend. */
const UPRIGHT = { below: 480, share: 1.15, least: 260, most: 414 };

/** The height that a map of this width wants. */
export function stageHeight(width: number): number {
  const { share, least, most } = width < UPRIGHT.below ? UPRIGHT : STAGE;
  return Math.round(Math.min(most, Math.max(least, width * share)));
}

/** Sends the height now and whenever it becomes another one: that of the stage, and of the lines above and below it. */
export function reportHeight(stage: HTMLElement, lines: HTMLElement[]): void {
  let reported = 0;
  const report = (): void => {
    const height = stageHeight(stage.clientWidth) + lines.reduce((sum, line) => sum + line.offsetHeight, 0);
    if (height === reported || parent === window) return;
    reported = height;
    // The height says nothing about anybody, so any page may know it.
    parent.postMessage({ type: 'binhyen:height', height }, '*');
  };
  const observer = new ResizeObserver(report);
  for (const node of [stage, ...lines]) observer.observe(node);
}
