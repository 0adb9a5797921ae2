/** The snippets at work on this page, each beside its text. */

import { node } from '../parts/elements/dom';
import { pictureAlt, embedWords } from '../embed/words';
import type { Language } from '../view/view';
import { exampleOf, type Runnable } from './snippets';
import type { Say } from './words';

/** Runs an example into its box when asked, and says what went wrong if it did. */
export function runButton(id: Runnable, home: string, say: Say): HTMLElement {
  const output = node('div', { class: `result ${id}`, role: 'status' });
  const button = node('button', { type: 'button', class: 'plain', id: `run-${id}` }, say('run'));
  button.addEventListener('click', async () => {
    output.textContent = say('running');
    try {
      const example = await exampleOf(id);
      const given = id === 'tiles' ? [(await import('./drawing_library')).library, home, output] : [home, output];
      if (id === 'tiles') output.textContent = '';
      await example(...given);
    } catch (error) {
      output.textContent = say('failed').replace('{reason}', error instanceof Error ? error.message : String(error));
    }
  });
  return node('div', { class: 'live' }, button, output);
}

/** A frame with the map, as the snippet above it embeds it. */
export function liveFrame(home: string, title: string): HTMLElement {
  const frame = node('iframe', { src: `${home}embed#layer=grade`, title, width: '100%', height: 560, loading: 'lazy' });
  return node('div', { class: 'live' }, frame);
}

/** The web component at work on this page. */
export function liveComponent(home: string, lang: Language): HTMLElement {
  const script = node('script', { type: 'module', src: `${home}binhyen-map.js` });
  const map = document.createElement('binhyen-map');
  for (const [name, value] of Object.entries({ layer: 'grade', height: '480', lang })) map.setAttribute(name, value);
  return node('div', { class: 'live' }, script, map);
}

/** A picture drawn by this server. */
export function livePicture(home: string, lang: Language): HTMLElement {
  const src = `${home}export/png?layer=grade&width=800&height=600`;
  const alt = pictureAlt(embedWords(lang), 'grade');
  return node('div', { class: 'live' }, node('img', { src, alt, width: 800, height: 600, loading: 'lazy' }));
}
