/** Map, table, comparison: three views of the same filter and selection. */

import { MODES } from '../../view/view';
import { type Drawn, element } from '../elements/element';
import type { Scene } from '../scene';

/** A button for each mode; that of the comparison counts its areas. */
export function viewTabs(scene: Scene): Drawn[] {
  const { messages, view } = scene;
  const count = view.compared.length;
  return MODES.map((mode) =>
    element(
      'button',
      {
        id: `view-${mode}`,
        type: 'button',
        'aria-pressed': String(view.mode === mode),
        click: () => scene.change({ mode }),
      },
      messages.say(`mode.${mode}`),
      mode === 'compare' && count > 0 && element('span', { class: 'count' }, String(count)),
    ),
  );
}
