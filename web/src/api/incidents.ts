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

/** Which incidents of a filter: those at a point, inside a box where one is named; or those without a place. */
export type IncidentPart = { bounds: Bounds | null } | 'unlocated';

function partOf(filter: URLSearchParams, part: IncidentPart): URLSearchParams {
  const query = new URLSearchParams(filter);
  if (part === 'unlocated') query.set('located', 'false');
  else if (part.bounds) query.set('bbox', part.bounds.join(','));
  return query;
}

/** The address of a page of incidents. */
export function incidentsAddress(filter: URLSearchParams, part: IncidentPart, limit: number): string {
  const query = partOf(filter, part);
  query.set('limit', String(limit));
  return address('incidents', query);
}

/** The address of all of them as a file. */
export function incidentsFile(filter: URLSearchParams, part: IncidentPart): string {
  const query = partOf(filter, part);
  query.set('f', 'csv');
  return address('incidents', query);
}

/** The address of the squares of a filter. */
export function cellsAddress(filter: URLSearchParams): string {
  return address('incidents', filter);
}

/** The address of all squares of a kilometre with incidents of a filter, for those who see points. */
export function squaresAddress(filter: URLSearchParams): string {
  return address('incidents', new URLSearchParams([...filter, ['shape', 'squares']]));
}
