/** Why an area has its letter and its verdict: the answer of `/areas/{edition}/{code}/explanation`. What a role may not see is `null` or absent. */

import type { Schemas } from './schemas';
import type { Bilingual, Grade, GradeCode, Level, Maybe } from './types';

/** Whether a value lies beyond chance above or below another. */
export type Difference = 'higher' | 'lower' | 'not_clearly_different';
/** Which way an area moved. */
export type Arrow = 'up' | 'down' | 'equal';
/** How an area lies among its neighbours. */
export type HotSpotKind = Schemas['ClusterKind'];
/** Whether an area meets the statutory standard. */
export type Verdict = 'met' | 'not_met' | 'insufficient';
/** Whether one criterion of the standard is met. */
export type CriterionVerdict = 'met' | 'not_met' | 'no_data' | 'not_applicable';
/** Whether our own check comes to the decision's verdict. */
export type Agreement = Schemas['Agreement'];

/** Every incident counts one; exact limits. */
export interface Unweighted {
  observed?: Maybe<number>;
  expected?: Maybe<number>;
  ratio?: Maybe<number>;
  low?: Maybe<number>;
  high?: Maybe<number>;
  level?: Maybe<number>;
}

/** The change since the window before. */
export interface Trend {
  arrow?: Maybe<Arrow>;
  before?: Maybe<{ window?: Maybe<{ from?: Maybe<string>; to?: Maybe<string> }>; reason?: Maybe<string> }>;
  incidents_before?: Maybe<number>;
  incidents?: Maybe<number>;
  rate_ratio?: Maybe<number>;
  low?: Maybe<number>;
  high?: Maybe<number>;
  level?: Maybe<number>;
}

/** The weighted numbers behind the letter. */
export type Weighted = Schemas['WeightedAnswer'];

/** One severity of one component: its share in raw ratio − 1 is `contribution`. */
export interface RatedClass {
  component: string;
  component_name?: Maybe<Bilingual>;
  rated?: Maybe<boolean>;
  observed: number;
  expected: number;
  contribution: number;
}

/** Why an area has its letter. */
export interface Explanation {
  edition: string;
  level: Level;
  area: { code: string; name: string };
  sentence?: Maybe<Bilingual>;
  grade?: Maybe<GradeCode>;
  grade_best?: Maybe<Grade>;
  grade_worst?: Maybe<Grade>;
  unweighted?: Maybe<Unweighted>;
  difference?: Maybe<Difference>;
  trend?: Maybe<Trend>;
  hot_spot?: Maybe<{ kind: HotSpotKind }>;
  weighted?: Maybe<Weighted>;
  classes?: Maybe<RatedClass[]>;
  scheme?: Maybe<{ id?: string; name?: Maybe<Bilingual>; version?: string; hash?: string }>;
  method?: Maybe<{ interval?: Maybe<number>; min_reliability?: Maybe<number> }>;
  statutory?: Maybe<StatutoryReading>;
}

/** A unit that the law counts; `label` is its name where it has one of its own. */
export type UnitName = Schemas['UnitName'];

/** Counts of units and of those that are certified. */
export interface ShareCounts {
  register?: Maybe<'complete' | 'unknown'>;
  units: number;
  registered: number;
  recognised: number;
  recognised_needed?: Maybe<number>;
}

/** The certified share of one kind of unit. */
export interface KindShare {
  kind: string;
  counts: ShareCounts;
  verdict?: Maybe<CriterionVerdict>;
  missing?: Maybe<{ silent: UnitName[]; unregistered: UnitName[]; unrecognised: UnitName[] }>;
}

/** What a criterion was judged by: a declaration, the models of the unit, or the shares of its own units. */
export interface Facts {
  declared?: Maybe<boolean>;
  active?: number;
  effective?: number;
  unreviewed?: number;
  kinds?: KindShare[];
}

/** A count in a year and in the one before. */
export interface CountChange {
  within_chance: boolean;
  sentence: Bilingual;
}

/** One criterion of the standard with the facts it was judged by. */
export interface Criterion {
  id: string;
  article: number;
  number: number;
  text: Bilingual;
  kind: 'declared' | 'computed' | 'evidence';
  verdict: CriterionVerdict;
  verdict_text: Bilingual;
  facts?: Maybe<Facts>;
  evidence?: Maybe<{ total: CountChange; by_severity?: Maybe<{ severity_name: Bilingual; change: CountChange }[]> }>;
}

/** The grade of the movement in a year. */
export interface MovementGrade {
  grade: string;
  name: Bilingual;
}

/** A unit with its decision, our check of it, and the criteria. */
export interface JudgedUnit {
  unit_id: string;
  kind: string;
  label?: Maybe<string>;
  commune?: Maybe<{ code: string; name?: Maybe<string> }>;
  decision?: Maybe<{ verdict?: Maybe<Verdict>; number?: Maybe<string>; decided_on?: Maybe<string>; body?: Maybe<string> }>;
  check?: Maybe<Verdict>;
  agreement?: Maybe<Agreement>;
  movement_grade?: Maybe<MovementGrade>;
  movement_grade_before?: Maybe<MovementGrade>;
  criteria?: Maybe<Criterion[]>;
}

/** The statutory reading of an area. */
export interface StatutoryReading {
  verdict?: Maybe<Verdict>;
  window?: Maybe<{ name?: Maybe<Bilingual>; from: string; to: string }>;
  circular?: Maybe<{ id: string; name?: Maybe<Bilingual> }>;
  agreement?: Maybe<Agreement>;
  counts?: Maybe<{ communes: number; check: Record<Verdict, number>; agreement: Record<Agreement, number> }>;
  communes?: Maybe<JudgedUnit[]>;
}
