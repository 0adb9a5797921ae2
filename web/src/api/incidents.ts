/** Single incidents, for those who see points, and squares of them for planners: the answers of `/incidents`. */

import { address } from './client';
import type { Schemas } from './schemas';
import type { Bounds } from './types';

/** A page of single incidents. */
export type IncidentPoints = Schemas['IncidentPointsAnswer'];
/** One incident: where it happened, and what the role is told of it. */
export type IncidentFeature = Schemas['IncidentFeature'];
/** Squares of the grid with enough incidents. */
export type IncidentCells = Schemas['IncidentCellsAnswer'];
/** One square. */
export type CellFeature = Schemas['CellFeature'];

/** The address of the incidents of a filter inside a box; `after` is the id of the last incident of the page before. */
export function incidentsAddress(filter: URLSearchParams, bounds: Bounds | null, limit: number, after?: string): string {
  const query = new URLSearchParams(filter);
  if (bounds) query.set('bbox', bounds.join(','));
  query.set('limit', String(limit));
  if (after !== undefined) query.set('cursor', after);
  return address('incidents', query);
}

/** The address of the squares of a filter. */
export function cellsAddress(filter: URLSearchParams): string {
  return address('incidents', filter);
}
