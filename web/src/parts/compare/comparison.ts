/** Areas and periods side by side. What draws them is loaded when somebody first asks for it. */

import type { Scene } from '../scene';
import type { ComparisonView } from './view';

export class Comparison {
  private view: ComparisonView | null = null;
  private latest: Scene | null = null;

  constructor(private readonly root: HTMLElement) {}

  show(scene: Scene): void {
    this.latest = scene;
    this.root.hidden = scene.view.mode !== 'compare';
    if (this.root.hidden) this.view?.leave();
    else if (this.view) this.view.show(scene);
    else void this.open();
  }

  private async open(): Promise<void> {
    const { ComparisonView } = await import('./view');
    this.view ??= new ComparisonView(this.root);
    if (this.latest?.view.mode === 'compare') this.view.show(this.latest);
  }
}
