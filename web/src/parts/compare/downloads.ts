/** The numbers to take away, written by the server for the reader's role, and where they come from. */

import type { TableForm } from '../../api/comparison';
import { download } from '../../api/download';
import { signal } from '@preact/signals-core';
import { type Child, type Drawn, element } from '../elements/element';
import type { Scene } from '../scene';
import { provenanceLines } from './provenance';

/** A form, its address, and what it is about where several stand together. */
export type Offer = [form: TableForm | 'png' | 'svg', url: string, of?: string];

/** Why files could not be had, by their address. */
const refused = signal<Readonly<Record<string, string>>>({});

/** Fetches a file; its button rests meanwhile. */
async function fetchFile(scene: Scene, [form, url]: Offer, button: HTMLButtonElement): Promise<void> {
  button.disabled = true;
  try {
    await download(url, `binhyen.${form}`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    scene.announce(scene.messages.say('comparison.refused', { reason }));
    refused.value = { ...refused.value, [url]: reason };
  } finally {
    button.disabled = false;
  }
}

function fileParts(scene: Scene, offer: Offer, index: number): Child[] {
  const { messages } = scene;
  const [form, url, of] = offer;
  const name = form.toUpperCase();
  const reason = refused.value[url];
  const start = (event: Event): void => void fetchFile(scene, offer, event.currentTarget as HTMLButtonElement);
  return [
    element(
      'button',
      { id: `compare-file-${index}`, type: 'button', class: 'plain', click: start },
      of === undefined ? name : messages.say('comparison.file', { form: name, of }),
    ),
    reason !== undefined && element('small', { role: 'status' }, messages.say('comparison.refused', { reason })),
  ];
}

/** The section of the files and of where their numbers come from; on paper the foot of the page says the same. */
export function downloads(scene: Scene, offers: Offer[]): Drawn {
  return element(
    'section',
    { class: 'downloads' },
    element('h3', {}, scene.messages.say('comparison.files')),
    element('div', { class: 'files' }, ...offers.flatMap((offer, index) => fileParts(scene, offer, index))),
    ...provenanceLines(scene).map((line) => element('p', { class: 'quiet' }, line)),
  );
}
