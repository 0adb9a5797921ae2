/** The numbers to take away, written by the server for the reader's role, and where they come from. */

import type { TableForm } from '../../api/comparison';
import { download } from '../../api/download';
import { element } from '../elements/element';
import type { Scene } from '../scene';
import { section } from '../elements/section';
import { provenanceLines } from './provenance';

/** A form, its address, and what it is about where several stand together. */
export type Offer = [form: TableForm | 'png' | 'svg', url: string, of?: string];

function button(scene: Scene, [form, url, of]: Offer, index: number): HTMLElement {
  const { messages } = scene;
  const said = form.toUpperCase();
  const start = (): void => {
    node.disabled = true;
    download(url, `binhyen.${form}`)
      .catch((error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error);
        scene.announce(messages.say('comparison.refused', { reason }));
        node.after(element('small', { role: 'status' }, messages.say('comparison.refused', { reason })));
      })
      .finally(() => (node.disabled = false));
  };
  const node = element(
    'button',
    { id: `compare-file-${index}`, type: 'button', class: 'plain', click: start },
    of === undefined ? said : messages.say('comparison.file', { form: said, of }),
  );
  return node;
}

export function downloads(scene: Scene, offers: Offer[]): HTMLElement {
  const { messages } = scene;
  const part = section(
    messages.say('comparison.files'),
    element('div', { class: 'files' }, ...offers.map((offer, index) => button(scene, offer, index))),
    ...provenanceLines(scene).map((line) => element('p', { class: 'quiet' }, line)),
  );
  // On paper the foot of the page says the same.
  part.classList.add('downloads');
  return part;
}
