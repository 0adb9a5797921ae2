/** Incidents as the page lists them: what is known of each, in which group, and in which order. Pure. */

import type { IncidentFeature } from '../../api/incidents';
import type { Bounds } from '../../api/types';
import type { Kinds } from '../kinds';

/** What the role is told of one incident. */
export interface IncidentRecord {
  id: string;
  at: readonly [lon: number, lat: number] | null;
  /** Local time, as RFC 3339 writes it. */
  time: string;
  category: string | null;
  severity: number;
  precision: string | null;
  channel: string | null;
  status: string | null;
  /** The commune in which it lies. */
  code: string | null;
}

/** By what the list is sorted. */
export const INCIDENT_ORDERS = ['time', 'severity', 'category'] as const;
/** One of the orders of the list. */
export type IncidentOrder = (typeof INCIDENT_ORDERS)[number];

/** The record of a feature of `/incidents`. */
export function recordOf({ id, geometry, properties }: IncidentFeature): IncidentRecord {
  const at = geometry?.type === 'Point' ? (geometry.coordinates as [number, number]) : null;
  const { time, category, severity, precision, channel, status, code } = properties;
  return {
    ...{ id, at, time, severity },
    ...{ category: category ?? null, precision: precision ?? null, channel: channel ?? null },
    ...{ status: status ?? null, code: code ?? null },
  };
}

/** The group of a category; the last one holds what no group names. */
export function groupOf(category: string | null, groups: readonly Kinds[]): string {
  const own = groups.find(({ categories }) => categories.some(({ id }) => id === category));
  return own?.id ?? groups.at(-1)?.id ?? '';
}

function latestFirst(a: IncidentRecord, b: IncidentRecord): number {
  return a.time === b.time ? a.id.localeCompare(b.id) : a.time < b.time ? 1 : -1;
}

/** The records in an order, of equals the latest first; categories stand in the order of the taxonomy. */
export function ordered(records: readonly IncidentRecord[], order: IncidentOrder, groups: readonly Kinds[]): IncidentRecord[] {
  const ranks = new Map(groups.flatMap(({ categories }) => categories.map(({ id }) => id)).map((id, index) => [id, index]));
  const rank = ({ category }: IncidentRecord): number => ranks.get(category ?? '') ?? ranks.size;
  const before: Record<IncidentOrder, (a: IncidentRecord, b: IncidentRecord) => number> = {
    time: () => 0,
    severity: (a, b) => b.severity - a.severity,
    category: (a, b) => rank(a) - rank(b),
  };
  return [...records].sort((a, b) => before[order](a, b) || latestFirst(a, b));
}

/** How many records each group holds. */
export function countsByGroup(records: readonly IncidentRecord[], groups: readonly Kinds[]): ReadonlyMap<string, number> {
  const counts = new Map(groups.map(({ id }) => [id, 0]));
  for (const { category } of records) {
    const group = groupOf(category, groups);
    counts.set(group, (counts.get(group) ?? 0) + 1);
  }
  return counts;
}

const ROUNDED_TO = 1000;

/** The box in thousandths of a degree, never smaller than it was: a tremble of the map asks for nothing new. */
export function roundedBounds([west, south, east, north]: Bounds): Bounds {
  const down = (value: number): number => Math.floor(value * ROUNDED_TO) / ROUNDED_TO;
  const up = (value: number): number => Math.ceil(value * ROUNDED_TO) / ROUNDED_TO;
  return [Math.max(-180, down(west)), Math.max(-90, down(south)), Math.min(180, up(east)), Math.min(90, up(north))];
}
