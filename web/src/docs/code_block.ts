/** A snippet to read and to copy. */

import { node } from '../parts/elements/dom';
import type { SnippetId } from './snippets';
import type { Say } from './words';

const SAID_MS = 2500;

/** The text of a snippet with the button that copies it. */
export function codeBlock(id: SnippetId, text: string, say: Say): HTMLElement {
  const code = node('code', { 'data-snippet': id }, text);
  const button = node('button', { type: 'button', class: 'plain' }, say('copy'));
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = say('copied');
      setTimeout(() => (button.textContent = say('copy')), SAID_MS);
    } catch {
      getSelection()?.selectAllChildren(code);
    }
  });
  // A block that scrolls must be reachable by keyboard.
  return node('div', { class: 'code' }, node('pre', { tabindex: 0 }, code), button);
}
