/** Whether community models help: what `/models`, `/models/kinds` and `/models/{id}/effect` say. What a role may not see is `null`. */

import type { Schemas } from './schemas';

/** The effect of all models of a kind. */
export type KindEffect = Schemas['PooledEffect'];

/** The kinds of models with their effects. */
export type ModelKinds = Schemas['ModelKindsAnswer'];

/** One model as a GeoJSON feature. */
export type ModelFeature = Schemas['ModelFeature'];

/** The models that a role may see one by one. */
export type Models = Schemas['ModelPointsAnswer'];

/** The effect of one model. */
export type ModelEffect = Schemas['ModelEffectAnswer'];
