/** What map, list and card of the incidents tell each other, and no address needs to hold. */

import { batch, signal } from '@preact/signals-core';
import type { Bounds } from '../../api/types';
import type { DenseSquare, Density } from '../../map/incidents/density';
import type { IncidentHit } from '../../map/incidents/hits';
import type { Drawn } from '../elements/element';
import type { Scene } from '../scene';

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

/** Squares of incidents that would lie on each other, and what the legend says of them. */
export interface DenseSquares {
  squares: readonly DenseSquare[];
  bounds: number[];
  key(scene: Scene): Drawn[];
}

/** The squares of the filter; none where the role sees none, or the layer is off. */
export const denseSquares = signal<DenseSquares | null>(null);
/** The square that lies open: the list tells what is in it. */
export const openSquare = signal<IncidentHit | null>(null);

/** The squares as the map draws them. */
export function densityNow(): Density | null {
  const dense = denseSquares.value;
  return dense && { squares: dense.squares, bounds: dense.bounds, picked: openSquare.value?.id ?? null };
}

/** Where the map draws its ring: a square that lies open has an outline of its own. */
export function ringedPlace(): readonly [lon: number, lat: number] | null {
  const picked = pickedIncident.value;
  return markedPlace.value ?? (picked?.square ? null : (picked?.at ?? null));
}

/** What is to be brought out from under card, sheet and legend; `of` tells one wish from the next. */
export const uncovered = signal<{ of: string; bounds: Bounds } | null>(null);

/** Wishes what was chosen to be seen, once for each choice and each height of its card: later moves are the reader's. */
export function uncover({ id, at: [lon, lat] }: IncidentHit, cardPx: number): void {
  const of = `${id ?? `${lon},${lat}`}/${cardPx}`;
  if (uncovered.peek()?.of !== of) uncovered.value = { of, bounds: [lon, lat, lon, lat] };
}

/** What was clicked on the map: a square opens, and a click anywhere else closes it. */
export function pickOnMap(hit: IncidentHit | null): void {
  batch(() => {
    if (!hit) uncovered.value = null;
    pickedIncident.value = hit;
    openSquare.value = hit?.square ? hit : null;
  });
}
