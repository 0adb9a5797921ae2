/**
 * The sea with the islands far out, as a style has it for maps of the country: what it and they are called, where they lie,
 * and the box in which all of that is seen. Pure.
 */

import type { StyleSpecification } from 'maplibre-gl';
import type { Bounds } from '../api/types';
import type { Position } from '../view/find/neighbours';
import type { Language } from '../view/view';
import { namesIn, SEA_NAME } from './map_style';

/** The layers and sources of the style that name an archipelago, and the one that has their islands. */
const ARCHIPELAGOS = ['hoang-sa-name', 'truong-sa-name'];
/** The layer and source of the islands. */
export const ISLANDS = 'islands';
/** Water around the islands. */
const AROUND_DEGREES = { across: 1, up: 0.35 };

/** A sea and what is written in it. */
export interface FarSea {
  name: Record<Language, string>;
  bounds: Bounds;
  islands: Position[];
  archipelagos: { name: Record<Language, string>; at: Position }[];
}

/** The points of a source of the style. */
function pointsOf(style: StyleSpecification, id: string): Position[] {
  const source = style.sources[id];
  const data = source?.type === 'geojson' && typeof source.data === 'object' ? source.data : null;
  if (data?.type === 'Point') return [data.coordinates as Position];
  return data?.type === 'MultiPoint' ? (data.coordinates as Position[]) : [];
}

/** The sea of a style; `null` where the style has none. */
export function farSeaOf(style: StyleSpecification): FarSea | null {
  const name = namesIn(style, SEA_NAME);
  const islands = pointsOf(style, ISLANDS);
  const archipelagos = ARCHIPELAGOS.flatMap((layer) => {
    const [[at], called] = [pointsOf(style, layer), namesIn(style, layer)];
    return at && called ? [{ name: called, at }] : [];
  });
  if (!name || islands.length === 0 || archipelagos.length === 0) return null;
  const [lons, lats] = [islands.map(([lon]) => lon), islands.map(([, lat]) => lat)];
  const west = Math.min(...lons) - AROUND_DEGREES.across;
  // The names stand in the middle.
  const middle = archipelagos.reduce((sum, { at }) => sum + at[0], 0) / archipelagos.length;
  const [south, north] = [Math.min(...lats) - AROUND_DEGREES.up, Math.max(...lats) + AROUND_DEGREES.up];
  return { name, bounds: [west, south, 2 * middle - west, north], islands, archipelagos };
}
