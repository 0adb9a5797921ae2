/** What the server tells planners and above: the last days against the usual, and alerts. */

import { address, problemOf, Unreachable } from '../client';
import type { Schemas } from '../schemas';
import { roleHeaders } from '../token';

/** The last days. */
export type Situation = Schemas['SituationAnswer'];
/** One incident that a request wrote lately. */
export type RecentIncident = Schemas['RecentIncidentAnswer'];
/** One area of them. */
export type SituationArea = Schemas['SituationAreaAnswer'];
/** One count of an area. */
export type SituationPart = Schemas['SituationPartAnswer'];
/** One of the newest incidents. */
export type Newest = Schemas['NewestIncident'];
/** The alerts that are kept. */
export type Alerts = Schemas['AlertsAnswer'];
/** One of them. */
export type Alert = Schemas['AlertAnswer'];

/** How many last days may be looked at. */
export const SPANS = [1, 7, 28] as const;
/** One of them. */
export type Span = (typeof SPANS)[number];

/** The outlines of communes, as far as they are drawn here. */
export interface Outlines {
  features: { properties: { code: string; name: string }; geometry: { coordinates: [number, number][][][] } | null }[];
}

/** The address of the last days on an edition. */
export function situationAddress(edition: string, days: Span): string {
  return address('situation', new URLSearchParams({ edition, days: String(days) }));
}

/** The address of the alerts. */
export const alertsAddress = (): string => address('alerts');

/** The address of the outlines of the communes of an edition. */
export function outlinesAddress(edition: string): string {
  return address('areas', new URLSearchParams({ edition, level: 'commune', geometry: 'simplified' }));
}

/** Takes note of an alert; gives it with the note. */
export async function acknowledge(number: number): Promise<Alert> {
  const url = address(`alerts/${number}/acknowledgement`);
  const response = await fetch(url, { method: 'POST', headers: roleHeaders(url) }).catch((cause: unknown) => {
    throw new Unreachable(url, { cause });
  });
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as Alert;
}
