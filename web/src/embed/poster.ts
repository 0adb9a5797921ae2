/** The picture that stands for the map until somebody wants to use it, and for good where the browser cannot draw. */

import { node } from '../parts/elements/dom';
import { imageQuery, isPublishedHome, pictureSize } from '../view/share/sharing';
import type { FrameOptions } from './options';
import { pictureAlt, type Say } from './words';

/** A frame that is being resized asks for nothing until it rests so long. */
const REST_MS = 150;

/** The picture with its button and the line that says what is going on. */
export class Poster {
  private readonly picture: HTMLImageElement;
  private readonly button: HTMLButtonElement;
  private readonly fit: ResizeObserver;
  private asked = '';
  private readonly line = node('p', { class: 'line', role: 'status' });

  /** `place` below the stage holds the button and the line, so that neither covers the picture. */
  constructor(
    private readonly stage: HTMLElement,
    private readonly place: HTMLElement,
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
    this.place.append(this.line, this.button);
    this.load(options);
    let resting: ReturnType<typeof setTimeout> | undefined;
    this.fit = new ResizeObserver(() => {
      clearTimeout(resting);
      resting = setTimeout(() => this.load(options), REST_MS);
    });
    this.fit.observe(stage);
  }

  /** Asks for the picture in the size of the frame that it fills: one that is shrunk into it could not be read. */
  private load(options: FrameOptions): void {
    if (isPublishedHome()) return void (this.picture.hidden = true);
    const { clientWidth, clientHeight } = this.stage;
    const size = pictureSize({ width: clientWidth, height: clientHeight });
    const address = new URL('export/svg', new URL('.', document.baseURI));
    address.search = imageQuery(options.fragment, size, options.scheme).toString();
    if (address.href === this.asked || clientHeight === 0) return;
    this.asked = address.href;
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
    this.fit.disconnect();
    for (const node of [this.picture, this.button, this.line]) node.remove();
  }
}
