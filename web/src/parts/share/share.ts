/** Waits until somebody wants to share the view; only then is the dialog loaded. */

import type { Scene } from '../scene';
import type { ShareDialog } from './share_dialog';

export class Share {
  private dialog: ShareDialog | null = null;
  private scene: Scene | null = null;

  constructor(private readonly root: HTMLElement) {
    document.addEventListener('binhyen:dialog', (event) => {
      if ((event as CustomEvent<string>).detail === 'share') void this.open();
    });
  }

  show(scene: Scene): void {
    this.scene = scene;
    this.dialog?.show(scene);
  }

  private async open(): Promise<void> {
    const { ShareDialog } = await import('./share_dialog');
    if (!this.scene) return;
    this.dialog ??= new ShareDialog(this.root);
    this.dialog.open(this.scene);
  }
}
