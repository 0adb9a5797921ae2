/** The table twin of the map: the same filter and selection as rows. */

import type { Scene } from './scene';

export class Table {
  constructor(private readonly root: HTMLElement) {}

  show(scene: Scene): void {
    this.root.hidden = scene.view.mode !== 'table';
  }
}
