/** The answers of the server that most of the page reads, by short names. What a role may not see is null, and may be missing. */

import type { Schemas } from './schemas';

/** A member that the server may leave out or give as `null`. */
export type Maybe<T> = T | null | undefined;
/** A text in both languages of the page. */
export type Bilingual = Schemas['Names'];
/** The administrative levels. */
export type Level = Schemas['Level'];
/** The letters of a rating. */
export type Grade = Schemas['Letter'];
/** A letter, or why there is none. */
export type GradeCode = Schemas['Grade'];
/** Who asks, as the token says. */
export type Role = Schemas['Role'];

/** What the server has and what the role may ask for. */
export type Meta = Schemas['MetaAnswer'];
/** A dated set of boundaries. */
export type Edition = Schemas['EditionAnswer'];
/** A box in degrees: west, south, east, north. */
export type Bounds = Edition['bounds'];
/** A named period, half-open: `to` is the first day that no longer counts. */
export type Window = Schemas['WindowAnswer'];
/** A rule file by which areas are graded. */
export type RatingScheme = Schemas['SchemeAnswer'];
/** What the squares of incidents on a map count. */
export type CountedSquares = Schemas['CountedSquares'];
/** The program and the epoch of its numbers. */
export type Version = Schemas['VersionAnswer'];

/** One area with its rating: a row of `/ratings`. Rates are per 100,000 person-years. */
export type AreaRow = Schemas['RatingRow'];
/** The rated areas of a level under a filter. */
export type Ratings = Schemas['RatingsAnswer'];
/** The clusters of a level under a filter. */
export type Clusters = Schemas['ClustersAnswer'];
/** Areas that together lie above the common level. */
export type Cluster = Schemas['ClusterAnswer'];
/** The areas of a level as features. */
export type AreaCollection = Schemas['AreaCollection'];
/** All that is published of one area. */
export type AreaAnswer = Schemas['AreaAnswer'];
/** A group of incidents in the area; `rated` is false where it is no part of the grade. */
export type AreaComponent = Schemas['ComponentAnswer'];
/** How many units of one kind are certified. */
export type CertificationRow = Schemas['CertificationShareAnswer'];
/** Densities of community models, as many as the server gives. */
export type ModelDensities = Schemas['DensityFigures'];
/** How many models of one kind there are. */
export type ModelKindCount = Schemas['KindDensity'];

/** What a tileset is and where its tiles are. */
export type TileJson = Schemas['TileJson'];
