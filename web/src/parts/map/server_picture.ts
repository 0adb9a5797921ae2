/** The map as a picture that the server draws, for browsers that cannot draw it themselves. It is asked for in the reader's role. */

import '../../css/apart/server_picture.css';
import { address, text } from '../../api/client';
import { isPublished } from '../../api/published/mark';
import { imageQuery, pictureSize } from '../../view/share/sharing';
import { writeView } from '../../view/view';
import { draw, type Drawn, element } from '../elements/element';
import type { Scene } from '../scene';

/** The picture of the scene, asked for again when the scene changes. */
export class ServerPicture {
  private shown = '';

  constructor(private readonly root: HTMLElement) {}

  /** Shows the scene; the picture that is there stays until the next one has come. */
  async show(scene: Scene): Promise<void> {
    const { clientWidth, clientHeight } = this.root;
    const scheme = document.documentElement.dataset['scheme'] ?? 'light';
    const size = pictureSize({ width: clientWidth, height: clientHeight });
    const wanted = address('export/svg', imageQuery(writeView(scene.view), size, scheme));
    if (wanted === this.shown) return;
    this.shown = wanted;
    const drawing = isPublished ? null : await text(wanted).catch(() => null);
    if (wanted !== this.shown) return;
    draw(this.root, element('figure', { class: 'server-picture' }, ...this.parts(scene, drawing)));
  }

  private parts({ messages, view, change }: Scene, drawing: string | null): Drawn[] {
    const alt = messages.say('picture.alt', { layer: messages.say(`layer.${view.theme}`) });
    // An image with a header of its own cannot be had from an element, hence the data address.
    const picture =
      drawing === null
        ? element('p', { class: 'quiet' }, messages.say('picture.failed'))
        : element('img', { alt, src: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawing)}` });
    const toTable = element('button', { type: 'button', click: () => change({ mode: 'table' }) }, messages.say('picture.table'));
    return [picture, element('figcaption', {}, toTable)];
  }
}
