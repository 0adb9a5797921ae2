/** The operator's desk. What draws it is loaded when somebody first asks for it; nobody else is shown any of it. */

import { effect } from '@preact/signals-core';
import { withWords } from '../../i18n/catalogue';
import type { Scene } from '../scene';
import type { DeskView } from './desk_view';

/** Shows the desk in `root` while its mode is on. */
export function mountDesk(scene: Scene, root: HTMLElement): void {
  let desk: Promise<DeskView> | null = null;
  effect(() => {
    root.hidden = scene.view.mode !== 'desk';
    if (!root.hidden) desk ??= withWords(import('./desk_view')).then(({ DeskView }) => new DeskView(scene, root));
  });
}
