/** The answers of the server as the page reads them. Anything that a role may not see can be missing, hence the many `null`s. */

import type { Schemas } from './schemas';

/** A member that the server may leave out or give as `null`. */
export type Maybe<T> = T | null | undefined;
/** A text in both languages of the page, or one that the server has already chosen. */
export type Bilingual = string | { vi?: string; en?: string };
/** The administrative levels. */
export type Level = Schemas['Level'];
/** The letters of a rating. */
export type Grade = Schemas['Letter'];
/** A letter, or why there is none. */
export type GradeCode = Schemas['Grade'];
/** Who asks, as the token says. */
export type Role = Schemas['Role'];
/** A box in degrees. */
export type Bounds = [west: number, south: number, east: number, north: number];

/** A dated set of boundaries. */
export interface Edition {
  id: string;
  name: Bilingual;
  valid_from?: Maybe<string>;
  valid_until?: Maybe<string>;
  levels: Level[];
  bounds?: Maybe<Bounds>;
  areas?: Maybe<Partial<Record<Level, number>>>;
}

/** A named period, half-open: `to` is the first day that no longer counts. */
export interface Window {
  id: string;
  name: Bilingual;
  from: string;
  to: string;
  released?: boolean;
}

/** A kind of incident. */
export interface Category {
  id: string;
  name: Bilingual;
  component?: Maybe<string>;
}

/** A step of severity. */
export type Severity = Schemas['SeverityAnswer'];

/** What the server has and what the role may ask for. */
export interface Meta {
  sample: boolean;
  epoch: number;
  role: Role;
  default_edition: string;
  default_window: string;
  editions: Edition[];
  windows: Window[];
  categories?: Maybe<Category[]>;
  severities?: Maybe<Severity[]>;
  components?: Maybe<Component[]>;
  grade?: Maybe<GradeRule>;
  default_scheme?: Maybe<string>;
  schemes?: Maybe<RatingScheme[]>;
  peer_groups?: Maybe<{ id: string; name: Bilingual }[]>;
  rules?: Maybe<{ version?: string; hash?: string }>;
}

/** A rule file by which areas are graded. */
export interface RatingScheme {
  id: string;
  name: Bilingual;
  version: string;
  hash: string;
  released?: boolean;
  grade?: Maybe<GradeRule>;
}

/** How a scheme comes to its letters. */
export interface GradeRule {
  bands?: number[];
  interval?: number;
  min_reliability?: number;
  /** Whose figures an estimate leans on: `none` is the whole province. */
  peers?: string;
  /** Whose common level is 1. */
  expectation?: string;
}

/** A group of categories that are rated, or only counted, together. */
export interface Component {
  id: string;
  name: Bilingual;
  rated?: boolean;
}

/** The program and the epoch of its numbers. */
export type Version = Schemas['VersionAnswer'];

/** How many units of one kind are certified. */
export type CertificationRow = Schemas['CertificationShareAnswer'];

/** One area with its rating: a row of `/ratings`. Rates are per 100,000 person-years. */
export interface AreaRow {
  code: string;
  name: string;
  level: Level;
  parent?: Maybe<string>;
  population?: Maybe<number>;
  area_km2?: Maybe<number>;
  incidents?: Maybe<number>;
  rate?: Maybe<number>;
  rate_low?: Maybe<number>;
  rate_high?: Maybe<number>;
  rate_smoothed?: Maybe<number>;
  expected?: Maybe<number>;
  ratio?: Maybe<number>;
  ratio_low?: Maybe<number>;
  ratio_high?: Maybe<number>;
  prob_above_1?: Maybe<number>;
  reliability?: Maybe<number>;
  grade?: Maybe<GradeCode>;
  grade_best?: Maybe<Grade>;
  grade_worst?: Maybe<Grade>;
  statutory?: Maybe<'met' | 'not_met' | 'insufficient'>;
  difference?: Maybe<'higher' | 'lower' | 'not_clearly_different'>;
  trend?: Maybe<'up' | 'down' | 'equal'>;
  hot_spot?: Maybe<'hot' | 'cold' | 'none'>;
  peer_group?: Maybe<string>;
  statutory_check?: Maybe<'agrees' | 'disagrees' | 'unknown'>;
  movement_grade?: Maybe<'excellent' | 'good' | 'average' | 'weak'>;
  person_years?: Maybe<number>;
  unweighted?: Maybe<{
    observed?: Maybe<number>;
    expected?: Maybe<number>;
    ratio?: Maybe<number>;
    low?: Maybe<number>;
    high?: Maybe<number>;
  }>;
  funnel?: Maybe<{ z?: Maybe<number>; z_adjusted?: Maybe<number>; outside_inner?: boolean; outside_outer?: boolean }>;
  models?: Maybe<number>;
  model_coverage?: Maybe<number>;
  model_density_residential?: Maybe<number>;
  residential_served?: Maybe<number>;
  model_density?: Maybe<number>;
  model_density_km2?: Maybe<number>;
  certified_share?: Maybe<number>;
  certification?: Maybe<CertificationRow[]>;
}

/** Counts of the whole view. */
export type Totals = Schemas['TotalsAnswer'];

/** The numbers by which the areas were judged. */
export type RatingMethod = Schemas['RatingMethod'];

/** The rated areas of a level under a filter. */
export interface Ratings {
  sample?: boolean;
  epoch?: number;
  edition: string;
  window?: Maybe<{ id?: Maybe<string>; from: string; to: string }>;
  level: Level;
  scheme?: Maybe<{ id?: string; version?: string; hash?: string }>;
  method?: Maybe<RatingMethod>;
  totals?: Maybe<Totals>;
  /** The window before, or why nothing is said of a change since. */
  trend?: Maybe<{ window?: Maybe<{ id?: Maybe<string>; from: string; to: string }>; reason?: Maybe<string> }>;
  areas: AreaRow[];
}

/** Densities of community models, as many as the server gives. */
export type ModelDensities = Schemas['DensityFigures'];

/** How many models of one kind there are. */
export interface ModelKindCount extends ModelDensities {
  kind: string;
  name?: Maybe<Bilingual>;
  count: Maybe<number>;
}

/** A group of incidents in the area; `rated` is false where it is no part of the grade. */
export interface AreaComponent {
  id: string;
  name?: Maybe<Bilingual>;
  rated?: Maybe<boolean>;
  observed?: Maybe<number>;
  expected?: Maybe<number>;
}

/** All that is published of one area. */
export interface AreaAnswer {
  sample?: boolean;
  edition: string;
  area: AreaRow & { unlocated?: Maybe<number> };
  components?: Maybe<AreaComponent[]>;
  models?: Maybe<ModelDensities & { total?: Maybe<number>; by_kind?: Maybe<ModelKindCount[]> }>;
  certification?: Maybe<CertificationRow[]>;
  series?: Maybe<{ year: number; incidents?: Maybe<number> }[]>;
  label?: Maybe<[number, number]>;
  bounds?: Maybe<Bounds>;
}

/** A TileJSON document, as far as the map needs it. */
export interface TileJson {
  tiles: string[];
  minzoom?: number;
  maxzoom?: number;
  attribution?: string;
  vector_layers?: { id: string }[];
}
