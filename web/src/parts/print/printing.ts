/** Printing as the rest of the page knows it: the wish to print, and the paper that is loaded once the page stands. */

import { region } from '../elements/dom';
import type { Scene } from '../scene';
import type { Paper } from './print';

/** Asks for the page on paper, as the print buttons do. */
export function printPage(): void {
  document.dispatchEvent(new CustomEvent('binhyen:print'));
}

/** Where the browser does not say when it is idle. */
const LATER_MS = 500;

/** Answers the wish to print; the function it gives back has the paper loaded when idle, for the browser's own print command. */
export function listenForPrinting(scene: Scene): () => void {
  let paper: Promise<Paper> | null = null;
  const load = (): Promise<Paper> =>
    (paper ??= import('./print').then(({ Paper }) => new Paper(region('print-head'), region('print-foot'), scene)));
  document.addEventListener('binhyen:print', () => void load().then((loaded) => loaded.print()));
  return () => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => void load());
    else setTimeout(() => void load(), LATER_MS);
  };
}
