/** Waits until somebody wants to share the view; only then is the dialog loaded. */

import { withWords } from '../../i18n/catalogue';
import type { Scene } from '../scene';
import type { ShareDialog } from './share_dialog';

/** Opens the dialog of sharing when a part asks for it. */
export function listenForSharing(scene: Scene, root: HTMLElement): void {
  let dialog: ShareDialog | null = null;
  document.addEventListener('binhyen:dialog', async (event) => {
    if ((event as CustomEvent<string>).detail !== 'share') return;
    const { ShareDialog } = await withWords(import('./share_dialog'));
    dialog ??= new ShareDialog(scene, root);
    dialog.open();
  });
}
