/** A text to take away: it can be read, selected and copied with one press, which is then said. */

import { element } from './element';
import type { Scene } from '../scene';

const SAID_MS = 2500;

export interface CopyField {
  id: string;
  /** What the text is, above it. */
  label: string;
  text: string;
  rows: number;
}

async function copied(field: HTMLTextAreaElement | HTMLInputElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    field.select();
    return false;
  }
}

/** The field under its label, and its button; `said` is the live region that tells what was copied. */
export function copyField({ id, label, text, rows }: CopyField, { messages }: Scene, said: HTMLElement): HTMLElement {
  const field =
    rows > 1
      ? element('textarea', { id, readonly: true, rows, spellcheck: 'false' })
      : element('input', { id, type: 'text', readonly: true, spellcheck: 'false' });
  field.value = text;
  const button = element('button', { id: `${id}-copy`, type: 'button', class: 'plain' }, messages.say('share.copy'));
  button.setAttribute('aria-label', `${messages.say('share.copy')}: ${label}`);
  button.addEventListener('click', async () => {
    const done = await copied(field);
    said.textContent = done ? messages.say('share.copied.said', { what: label }) : messages.say('share.uncopied');
    if (!done) return;
    button.textContent = messages.say('share.copied');
    setTimeout(() => (button.textContent = messages.say('share.copy')), SAID_MS);
  });
  return element('div', { class: 'copy-field' }, element('label', { for: id }, label), field, button);
}
