/** The desk of moderation. What draws it is loaded when an operator first asks for it; nobody else is shown any of it. */

import { effect } from '@preact/signals-core';
import { withWords } from '../../i18n/catalogue';
import type { Picker } from '../reports/host';
import type { Scene } from '../scene';
import type { ModerationView } from './moderation_view';

/** Shows the desk in its two regions, beside the map, while its mode is on. */
export function mountModeration(scene: Scene, root: HTMLElement, picker: () => Picker | null): void {
  let desk: Promise<ModerationView> | null = null;
  effect(() => {
    root.hidden = scene.view.mode !== 'reports';
    if (root.hidden) return;
    desk ??= withWords(import('./moderation_view')).then(({ ModerationView }) => new ModerationView(scene, root, picker));
  });
}
