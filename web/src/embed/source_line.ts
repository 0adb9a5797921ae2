/** Whose map this is, and the way to all of it. */

import { node } from '../parts/elements/dom';
import type { FrameOptions } from './options';
import type { Say } from './words';

function outward(address: string, text: string, say: Say): HTMLElement {
  return node(
    'a',
    { href: address, target: '_blank', rel: 'noopener' },
    text,
    node('span', { class: 'unseen' }, ` ${say('newtab')}`),
  );
}

/** Links to the whole map and to its table, opened beside the page around the frame. */
export function sourceLine(options: FrameOptions, say: Say): (HTMLElement | string)[] {
  const home = new URL('.', document.baseURI).href;
  return [
    node('span', {}, say('source')),
    outward(`${home}${options.fragment}`, say('full'), say),
    outward(`${home}${options.fragment}&mode=table`, say('rows'), say),
  ];
}
