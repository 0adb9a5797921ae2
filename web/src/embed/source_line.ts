/** Whose map this is, and the way to all of it. */

import { node } from '../parts/elements/dom';
import type { Wish } from './options';
import type { Say } from './words';

function outward(address: string, text: string, say: Say): HTMLElement {
  return node(
    'a',
    { href: address, target: '_blank', rel: 'noopener' },
    text,
    node('span', { class: 'unseen' }, ` ${say('newtab')}`),
  );
}

export function sourceLine(wish: Wish, say: Say): (HTMLElement | string)[] {
  const home = new URL('.', document.baseURI).href;
  return [
    node('span', {}, say('source')),
    outward(`${home}${wish.fragment}`, say('full'), say),
    outward(`${home}${wish.fragment}&mode=table`, say('rows'), say),
  ];
}
