/** The incidents beside the map: a list in step with it, and a card. What draws them is loaded when the layer is first on show. */

import { computed, effect } from '@preact/signals-core';
import { withWords } from '../../i18n/catalogue';
import type { Scene } from '../scene';
import type { IncidentRegions } from './shared';
import type { IncidentView } from './view';

/** Shows list and card while the layer of incidents lies on the map; the public has none. */
export function mountIncidents(scene: Scene, { list, card }: IncidentRegions): void {
  let view: Promise<IncidentView> | null = null;
  const isShown = computed(
    () => scene.view.mode === 'map' && scene.view.overlays.includes('incidents') && scene.meta.role !== 'public',
  );
  effect(() => {
    list.hidden = !isShown.value;
    document.body.dataset['incidents'] = isShown.value ? 'shown' : 'none';
    if (!isShown.value) return;
    view ??= withWords(import('./view')).then(({ IncidentView }) => new IncidentView(scene, { list, card }, isShown));
  });
}
