/** The view as everybody may see it: what a link that leaves the house can carry. */

import type { Meta } from '../../api/types';
import { isSamePeriod, readView, type View, writeView } from '../view';

/** The parts of a view that only a role may ask for. */
export type Withheld = 'period' | 'against' | 'categories' | 'severity' | 'scheme';

/** The view as the public gets it, and what of the reader's own view it leaves out. */
export interface PublicView {
  view: View;
  /** What the public cannot be shown, in the order of the controls. */
  withheld: Withheld[];
}

function publicMeta(meta: Meta): Meta {
  const schemes = meta.schemes?.filter((scheme) => scheme.released !== false) ?? null;
  return { ...meta, role: 'public', schemes };
}

/** `view` with everything that is not released put back to the default, and what that was. */
export function publicView(view: View, meta: Meta): PublicView {
  const shown = { ...readView(writeView(view), publicMeta(meta)), level: view.level };
  const differences: [Withheld, boolean][] = [
    ['period', !isSamePeriod(view.period, shown.period)],
    ['against', !isSamePeriod(view.against, shown.against)],
    ['categories', view.categories.length > 0],
    ['severity', view.minSeverity !== null],
    ['scheme', view.scheme !== shown.scheme],
  ];
  return { view: shown, withheld: differences.flatMap(([part, differs]) => (differs ? [part] : [])) };
}
