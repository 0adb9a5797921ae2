/** Insets as one file that comes later: where they stand, and what is drawn in them. */

import '../../css/base/insets.css';

export { farSeaOf } from '../../map/far_sea';
export { placedInsets, type PlacedInset } from '../../map/inset_places';
export type { Shape } from '../../map/insets';
export { insetParts } from './insets';
