/** Counts and rates over time: the answer of `/series`. What a role may not see is `null`. */

import type { Schemas } from './schemas';

/** One step of a series; counts are absent where they are hidden. */
export type SeriesPoint = Schemas['SeriesStep'];

/** The tendency over all steps with its limits. */
export type Tendency = Schemas['TendencyAnswer'];

/** The answer of `/series`. */
export type Series = Schemas['SeriesAnswer'];
