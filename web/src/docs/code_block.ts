/** A snippet to read and to copy. */

import { element } from '../parts/elements/element';
import type { SnippetId } from './snippets';
import type { Say } from './words';

const SAID_MS = 2500;

export function codeBlock(id: SnippetId, text: string, say: Say): HTMLElement {
  const code = element('code', { 'data-snippet': id }, text);
  const button = element('button', { type: 'button', class: 'plain' }, say('copy'));
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
  return element('div', { class: 'code' }, element('pre', { tabindex: 0 }, code), button);
}
