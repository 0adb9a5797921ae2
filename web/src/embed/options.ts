/** What the fragment of a frame's address asks for, as far as a poster needs to know before anything is loaded. */

import type { Language } from '../view/view';

/** Keys of a fragment that mean nothing in a frame: its own, the page's, and what only a role may ask for. */
const NOT_OF_THE_VIEW = [
  'theme',
  'interactive',
  'mode',
  'compare',
  'against',
  'token',
  'from',
  'to',
  'categories',
  'min_severity',
];

/** What a frame shows and how, as its address says. */
export interface FrameOptions {
  fragment: string;
  lang: Language;
  layer: string | null;
  scheme: 'light' | 'dark';
  /** Whether the map waits behind its picture until somebody wants it. */
  start: 'poster' | 'map';
}

/** Reads a frame's fragment; `device` is what `theme=auto` follows. A token has no meaning here and goes no further. */
export function readFrameOptions(hash: string, device: 'light' | 'dark'): FrameOptions {
  const query = new URLSearchParams(hash.replace(/^#/, ''));
  const theme = query.get('theme');
  const start = query.get('interactive') === '1' ? 'map' : 'poster';
  for (const key of NOT_OF_THE_VIEW) query.delete(key);
  return {
    fragment: `#${query.toString().replaceAll('%2C', ',')}`,
    lang: query.get('lang') === 'en' ? 'en' : 'vi',
    layer: query.get('layer'),
    scheme: theme === 'dark' || (theme === 'auto' && device === 'dark') ? 'dark' : 'light',
    start,
  };
}
