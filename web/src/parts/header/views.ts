/** Map, table, comparison: three views of the same filter and selection; before them the situation, for who may see it. */

import { DESKS, type Mode, modesOf } from '../../view/view';
import { type Drawn, element } from '../elements/element';
import type { Scene } from '../scene';

/** A button for each mode; that of the comparison counts its areas. */
export function viewTabs(scene: Scene): Drawn[] {
  const { messages, meta, view } = scene;
  const count = view.compared.length;
  // A desk is opened from the role, and is seen here while it is open.
  const isShown = (mode: Mode): boolean => mode === view.mode || !DESKS.some((desk) => desk === mode);
  const modes = modesOf(meta.role).filter(isShown);
  return modes.map((mode) =>
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
