/** Areas and periods side by side. */

import type { Scene } from './scene';

export class Comparison {
  constructor(private readonly root: HTMLElement) {}

  show(scene: Scene): void {
    this.root.hidden = scene.view.mode !== 'compare';
  }
}
