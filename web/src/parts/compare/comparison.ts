/** Areas and periods side by side. What draws them is loaded when somebody first asks for it. */

import { effect } from '@preact/signals-core';
import { withWords } from '../../i18n/catalogue';
import type { Scene } from '../scene';
import type { ComparisonView } from './view';

/** Shows the comparison in `root` while its mode is on. */
export function mountComparison(scene: Scene, root: HTMLElement): void {
  let view: Promise<ComparisonView> | null = null;
  effect(() => {
    root.hidden = scene.view.mode !== 'compare';
    if (!root.hidden) view ??= withWords(import('./view')).then(({ ComparisonView }) => new ComparisonView(scene, root));
  });
}
