/** Printing as the rest of the page knows it: the wish to print, and the paper that is loaded once the page stands. */

import { withWords } from '../../i18n/catalogue';
import { region } from '../elements/dom';
import type { Scene } from '../scene';
import type { Paper, PaperSurroundings } from './print';

/** Asks for the page on paper, as the print buttons do. */
export function printPage(): void {
  document.dispatchEvent(new CustomEvent('binhyen:print'));
}

/** The browser's own key for printing, which would not wait for the maps. */
function isPrintKey({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  return key.toLowerCase() === 'p' && (ctrlKey || metaKey) && !altKey && !shiftKey;
}

/** Answers the wish to print; the function it gives back has the paper loaded, for the browser's own print command. */
export function listenForPrinting(scene: Scene, page: PaperSurroundings): () => void {
  let paper: Promise<Paper> | null = null;
  const load = (): Promise<Paper> =>
    (paper ??= withWords(import('./print')).then(
      ({ Paper }) => new Paper(region('print-head'), region('print-foot'), scene, page),
    ));
  document.addEventListener('binhyen:print', () => void load().then((loaded) => loaded.print()));
  addEventListener('keydown', (event) => {
    if (!isPrintKey(event) || document.querySelector('dialog[open]')) return;
    event.preventDefault();
    printPage();
  });
  return () => void load();
}
