/** Whose map this is, the way to all of it, and to the form of reports. */

import { isPublished } from '../api/published/mark';
import { node } from '../parts/elements/dom';
import type { FrameOptions } from './options';
import { showRelease } from './release_line';
import type { Say } from './words';

function outward(address: string, text: string, say: Say): HTMLElement {
  return node(
    'a',
    { href: address, target: '_blank', rel: 'noopener' },
    text,
    node('span', { class: 'unseen' }, ` ${say('newtab')}`),
  );
}

/** Whose numbers these are, with their release; links to the whole map and to its table, opened beside the page around the frame. */
export function sourceLine(options: FrameOptions, say: Say, report: () => void): (HTMLElement | string)[] {
  const home = new URL('.', document.baseURI).href;
  const release = node('span', { id: 'release' });
  void showRelease(release, options, say);
  return [
    node('span', {}, say('source')),
    release,
    outward(`${home}${options.fragment}`, say('full'), say),
    outward(`${home}${options.fragment}&mode=table`, say('rows'), say),
    ...(isPublished ? [] : [node('button', { id: 'report-open', type: 'button', class: 'link', click: report }, say('report'))]),
  ];
}
