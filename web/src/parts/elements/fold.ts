/** What can be unfolded in the panel. What the reader opened or closed stays so while other areas are shown. */

import { type Child, type Drawn, element } from './element';
import { NARROW } from './screen';

/** Whether a fold shows its contents. */
export type Folded = 'open' | 'closed';

const chosen = new Map<string, Folded>();

/** Open where there is room for it. */
export function byWidth(): Folded {
  return NARROW.matches ? 'closed' : 'open';
}

/** A heading that unfolds its contents; `id` names it in the memory of what is open, `first` holds until the reader decides. */
export function fold(id: string, first: Folded, title: Child, ...children: Child[]): Drawn {
  const state = chosen.get(id) ?? first;
  const turned = (event: Event): void => {
    const details = (event.currentTarget as Element).closest('details');
    // The click comes before the browser turns the state over; the keyboard clicks too.
    chosen.set(id, details?.open ? 'closed' : 'open');
  };
  return element(
    'details',
    { id, class: 'fold', open: state === 'open' },
    element('summary', { id: `${id}-summary`, click: turned }, title),
    element('div', { class: 'folded' }, ...children),
  );
}
