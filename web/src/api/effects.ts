/** Whether community models help: what `/models`, `/models/kinds` and `/models/{id}/effect` say. What a role may not see is `null`. */

import type { Bilingual, Maybe } from './types';

export type EffectWord = 'lower' | 'higher' | 'not_clearly_different' | 'cannot_tell';

export interface KindEffect {
  models?: number;
  sentence: Bilingual;
  verdict: { word: EffectWord };
}

export interface ModelKinds {
  kinds: { id: string; name: Bilingual; effect?: Maybe<KindEffect> }[];
}

export type Review = 'good' | 'fair' | 'weak' | 'unclassified';

export interface ModelFeature {
  properties: {
    id: string;
    code?: Maybe<string>;
    kind: string;
    started_on?: Maybe<string>;
    review?: Maybe<Review>;
  };
}

export interface Models {
  features?: Maybe<ModelFeature[]>;
}

export interface ModelEffect {
  sentence: Bilingual;
  verdict: { word: EffectWord };
}
