/** Why an area has its letter and its verdict: the answer of `/areas/{edition}/{code}/explanation`. What a role may not see is `null` or absent. */

import type { Schemas } from './schemas';

/** Why an area has its letter. */
export type Explanation = Schemas['ExplanationAnswer'];
/** Every incident counts one; exact limits. */
export type Unweighted = Schemas['UnweightedFigures'];
/** The weighted numbers behind the letter. */
export type Weighted = Schemas['WeightedAnswer'];
/** One severity of one component: its share in raw ratio − 1 is `contribution`. */
export type RatedClass = Schemas['ClassAnswer'];
/** The change since the window before. */
export type Trend = Schemas['TrendAnswer'];
/** Whether a value lies beyond chance above or below another. */
export type Difference = Schemas['Clarity'];
/** The statutory reading of an area. */
export type StatutoryReading = Schemas['StatutoryAnswer'];
/** Whether an area meets the statutory standard. */
export type Verdict = Schemas['Statutory'];
/** A commune with its decision, our check of it, and the criteria. */
export type JudgedUnit = Schemas['CommuneAnswer'];
/** One criterion of the standard with the facts it was judged by. */
export type Criterion = Schemas['CriterionAnswer'];
/** Whether one criterion of the standard is met. */
export type CriterionVerdict = Schemas['StatutoryVerdict'];
/** The certified share of one kind of unit. */
export type KindShare = Schemas['KindShareAnswer'];
/** A unit that the law counts; `label` is its name where it has one of its own. */
export type UnitName = Schemas['UnitName'];
