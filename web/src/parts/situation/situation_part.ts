/** The situation: what is out of the ordinary lately. What draws it is loaded when somebody first looks; the public is shown none. */

import { effect } from '@preact/signals-core';
import { withWords } from '../../i18n/catalogue';
import type { Scene } from '../scene';
import type { SituationView } from './situation_view';

/** Shows the situation in `root` while its mode is on. */
export function mountSituation(scene: Scene, root: HTMLElement): void {
  let view: Promise<SituationView> | null = null;
  effect(() => {
    root.hidden = scene.view.mode !== 'situation';
    if (!root.hidden) view ??= withWords(import('./situation_view')).then(({ SituationView }) => new SituationView(scene, root));
  });
}
