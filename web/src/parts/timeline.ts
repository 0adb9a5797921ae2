/** The timeline under the map: what the filter counts over time, and the period on show. */

import { element, refill } from './element';
import { periodText, type Scene } from './scene';

export class Timeline {
  constructor(private readonly root: HTMLElement) {}

  show(scene: Scene): void {
    const { name, days } = periodText(scene);
    refill(this.root, element('p', {}, [name, days].filter(Boolean).join(': ')));
  }
}
