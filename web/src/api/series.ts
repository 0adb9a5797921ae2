/** Counts and rates over time: the answer of `/series`. What a role may not see is `null`. */

import type { Level, Maybe } from './types';

/** One step of a series; counts are absent where they are hidden. */
export interface SeriesPoint {
  from: string;
  to: string;
  /** Cut by the period asked for: its rate holds, its count is not that of a whole step. */
  partial?: boolean;
  window?: Maybe<string>;
  incidents?: Maybe<number>;
  rate?: Maybe<number>;
  rate_low?: Maybe<number>;
  rate_high?: Maybe<number>;
}

/** The tendency over all steps with its limits. */
export interface Tendency {
  direction: 'rising' | 'falling' | 'not_clear';
  steps: number;
  rate_ratio_per_step?: Maybe<number>;
  low?: Maybe<number>;
  high?: Maybe<number>;
}

/** The course of one area. */
export interface AreaSeries {
  code: string;
  name: string;
  points: SeriesPoint[];
  tendency?: Maybe<Tendency>;
}

/** The answer of `/series`. */
export interface Series {
  areas: AreaSeries[];
  by: string;
  level: Level;
}
