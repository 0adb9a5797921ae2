/** The picture that stands for the map until somebody wants to use it, and for good where the browser cannot draw. */

import { node } from '../parts/elements/dom';
import { imageQuery, pictureSize } from '../view/share/sharing';
import { stageHeight } from './height';
import type { FrameOptions } from './options';
import { pictureAlt, type Say } from './words';

/** The picture with its button and the line that says what is going on. */
export class Poster {
  private readonly picture: HTMLImageElement;
  private readonly button: HTMLButtonElement;
  private readonly line = node('p', { class: 'line', role: 'status' });

  constructor(
    private readonly stage: HTMLElement,
    options: FrameOptions,
    private readonly say: Say,
    open: () => void,
  ) {
    this.picture = node('img', {
      id: 'poster',
      alt: pictureAlt(say, options.layer),
      error: () => this.lost(),
    });
    this.button = node('button', { id: 'open', type: 'button', click: open }, say('open'));
    stage.prepend(this.picture);
    stage.append(this.line, this.button);
    this.load(options);
  }

  /** Asks for the picture in the size of the frame that it fills. */
  private load(options: FrameOptions): void {
    const { clientWidth, clientHeight } = this.stage;
    const size = pictureSize({ width: clientWidth, height: Math.max(clientHeight, stageHeight(clientWidth)) });
    const address = new URL('export/svg', new URL('.', document.baseURI));
    address.search = imageQuery(options.fragment, size, options.scheme).toString();
    this.picture.src = address.href;
  }

  private lost(): void {
    this.picture.hidden = true;
    if (this.line.textContent === '') this.line.textContent = this.say('unavailable');
  }

  busy(): void {
    this.button.hidden = true;
    this.line.textContent = this.say('opening');
  }

  failed(): void {
    this.button.hidden = false;
    this.line.textContent = this.say('failed');
  }

  /** The picture stays, with the reason why it does. */
  stay(): void {
    this.button.hidden = true;
    this.line.textContent = this.say('undrawable');
  }

  remove(): void {
    for (const node of [this.picture, this.button, this.line]) node.remove();
  }
}
