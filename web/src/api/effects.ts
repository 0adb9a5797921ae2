/** Whether community models help: what `/models`, `/models/kinds` and `/models/{id}/effect` say. What a role may not see is `null`. */

import type { Bilingual, Maybe } from './types';

/** What the numbers let one say of an effect. */
export type EffectWord = 'lower' | 'higher' | 'not_clearly_different' | 'cannot_tell';

/** The effect of all models of a kind. */
export interface KindEffect {
  models?: number;
  sentence: Bilingual;
  verdict: { word: EffectWord };
}

/** The kinds of models with their effects. */
export interface ModelKinds {
  kinds: { id: string; name: Bilingual; effect?: Maybe<KindEffect> }[];
}

/** How a model was classified at its last review. */
export type Review = 'good' | 'fair' | 'weak' | 'unclassified';

/** One model as a GeoJSON feature. */
export interface ModelFeature {
  properties: {
    id: string;
    code?: Maybe<string>;
    kind: string;
    started_on?: Maybe<string>;
    review?: Maybe<Review>;
  };
}

/** The models that a role may see one by one. */
export interface Models {
  features?: Maybe<ModelFeature[]>;
}

/** The effect of one model. */
export interface ModelEffect {
  sentence: Bilingual;
  verdict: { word: EffectWord };
}
