/** What map, list and card of the incidents tell each other, and no address needs to hold. */

import { signal } from '@preact/signals-core';
import type { Bounds } from '../../api/types';
import type { IncidentHit } from '../../map/incident_hits';

/** Where list and card stand. */
export interface IncidentRegions {
  list: HTMLElement;
  card: HTMLElement;
}

/** Something of the incidents under the pointer, and where on the screen. */
export interface PointedIncident {
  hit: IncidentHit;
  point: { x: number; y: number };
}

/** The part of the map on the screen; none before it is drawn. */
export const seenBounds = signal<Bounds | null>(null);
/** What the pointer is over. */
export const pointedIncident = signal<PointedIncident | null>(null);
/** What was clicked on the map or chosen in the list. */
export const pickedIncident = signal<IncidentHit | null>(null);
/** The place that the list marks on the map. */
export const markedPlace = signal<readonly [lon: number, lat: number] | null>(null);
/** The groups that the reader left out of map and list. */
export const hiddenGroups = signal<ReadonlySet<string>>(new Set());
