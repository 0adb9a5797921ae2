/** A text to take away: it can be read, selected and copied with one press, which is then said. */

import { type Signal, signal } from '@preact/signals-core';
import { type Drawn, element } from './element';
import type { Scene } from '../scene';

const SAID_MS = 2500;

/** What can be copied, and under which label. */
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

/** The field that was copied last, for as long as its button says so. */
const copiedField = signal<string | null>(null);
let saying: ReturnType<typeof setTimeout> | undefined;

async function copy({ id, label }: CopyField, { messages }: Scene, status: Signal<string>): Promise<void> {
  const field = document.getElementById(id) as HTMLTextAreaElement | HTMLInputElement;
  const done = await copied(field);
  status.value = done ? messages.say('share.copied.said', { what: label }) : messages.say('share.uncopied');
  if (!done) return;
  copiedField.value = id;
  clearTimeout(saying);
  saying = setTimeout(() => (copiedField.value = null), SAID_MS);
}

/** The field under its label, and its button; `status` is what a live region says of the copying. */
export function copyField(content: CopyField, scene: Scene, status: Signal<string>): Drawn {
  const { id, label, text, rows } = content;
  const { messages } = scene;
  const common = { id, value: text, readonly: true, spellcheck: false };
  const field = rows > 1 ? element('textarea', { ...common, rows }) : element('input', { ...common, type: 'text' });
  const button = element(
    'button',
    {
      id: `${id}-copy`,
      type: 'button',
      class: 'plain',
      'aria-label': `${messages.say('share.copy')}: ${label}`,
      click: () => void copy(content, scene, status),
    },
    messages.say(copiedField.value === id ? 'share.copied' : 'share.copy'),
  );
  return element('div', { class: 'copy-field' }, element('label', { for: id }, label), field, button);
}
