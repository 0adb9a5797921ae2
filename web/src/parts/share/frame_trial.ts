/** A frame as another site would show it, at the width of a phone: it is tried here, and says itself whether it opened. */

import { type Signal, signal } from '@preact/signals-core';
import { type Drawn, element, heldElement } from '../elements/element';
import type { Scene } from '../scene';

/** How far a frame that is tried has come. */
export type Trial = 'trying' | 'shown' | 'refused';

/** A narrow phone. */
const WIDTH_PX = 360;
const HEIGHT_PX = 520;
/** A frame that has said nothing for so long is not coming. */
const PATIENCE_MS = 10_000;

/** One frame that is tried while the dialog lies open. */
export class FrameTrial {
  readonly state: Signal<Trial> = signal('trying');
  private frame: HTMLIFrameElement | null = null;
  private address = '';
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    addEventListener('message', (event) => this.hear(event));
  }

  /** The frame of `address`, with a line that says how far it has come. */
  part({ messages }: Scene, address: string): Drawn {
    if (address !== this.address) this.begin(address);
    const hold = (frame: Element | null): void => {
      this.frame = frame as HTMLIFrameElement | null;
    };
    const attributes = { src: address, title: messages.say('share.embed.preview'), width: WIDTH_PX, height: HEIGHT_PX };
    return element(
      'figure',
      { class: 'frame-trial' },
      heldElement('iframe', { id: 'share-trial', ...attributes }, hold),
      element(
        'figcaption',
        { 'data-state': this.state.value },
        messages.say(`share.trial.${this.state.value}`, { width: WIDTH_PX }),
      ),
    );
  }

  /** The dialog is closed. */
  end(): void {
    clearTimeout(this.timer);
    this.address = '';
  }

  private begin(address: string): void {
    this.address = address;
    this.state.value = 'trying';
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (this.state.peek() === 'trying') this.state.value = 'refused';
    }, PATIENCE_MS);
  }

  /** The frame tells its height when it stands. */
  private hear({ source, data }: MessageEvent): void {
    if (!this.frame || source !== this.frame.contentWindow) return;
    const { type } = (data ?? {}) as { type?: unknown };
    if (type === 'binhyen:height') this.state.value = 'shown';
  }
}
