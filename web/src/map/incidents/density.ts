/**
 * Squares of a kilometre in place of incidents that would lie on each other. The rule: a square is drawn where more than half
 * of its incidents, lying in it by chance, would touch another as dots. Of n dots of radius r in a square of side s that is
 * so from n = ln 2 · s² / (4 π r²) on. Up to zoom 10, where a square is hardly larger than a dot, all of them are drawn.
 */

import type { GeoJSONSourceSpecification, LayerSpecification } from 'maplibre-gl';
import type { Bounds } from '../../api/types';
import { type Expression, withStepBounds } from '../expression';

/** The source of the squares in the style. */
export const DENSITY_SOURCE = 'incident-density';
/** The layer by which a square is hit. */
export const DENSITY_LAYER = 'incident-density';
/** A dot of severity 2, the most frequent one, as the style draws it: zoom, radius in pixels. */
export const DOT_PX: readonly (readonly [zoom: number, px: number])[] = [
  [9, 1.8],
  [12, 3.8],
  [15, 6.5],
];
/** Pixels of a kilometre at zoom 0 on the parallel of 15.6°: 512 for 38,598 km. */
const KM_PX = 512 / 38_598;
const ALL_UP_TO = 10;
const DEEPEST = 17;

/** A square with what it counts. */
export interface DenseSquare {
  id: string;
  bounds: Bounds;
  count: number;
  component: string | null;
}

/** The squares of a filter, the bounds of their classes, and the one that was picked. */
export interface Density {
  squares: readonly DenseSquare[];
  bounds: number[];
  picked: string | null;
}

function dotPx(zoom: number): number {
  const after = DOT_PX.findIndex(([stop]) => stop > zoom);
  const [low, high] = [DOT_PX.at(after < 0 ? -1 : Math.max(after - 1, 0)), DOT_PX.at(after)];
  if (!low || !high || low === high || high[0] < low[0]) return low?.[1] ?? 0;
  return low[1] + ((high[1] - low[1]) * (zoom - low[0])) / (high[0] - low[0]);
}

/** How many incidents a square holds at most that is drawn as its points. */
export function mostApart(zoom: number): number {
  if (zoom <= ALL_UP_TO) return 0;
  return Math.floor((Math.LN2 * (KM_PX * 2 ** zoom) ** 2) / (4 * Math.PI * dotPx(zoom) ** 2));
}

/** Whether a square with so many is drawn, at the zoom at which the map stands. */
export function isDense(count: number, zoom: number): boolean {
  return count > mostApart(Math.round(zoom));
}

/** How far from the middle between two zooms square and points are seen through each other. */
const PASSING_ZOOM = 0.1;

/** An opacity that passes from square to points half way between two zooms, so that at no moment there is neither. */
function opacity(most: number): Expression {
  const at = (zoom: number): Expression => ['case', ['>', ['get', 'count'], mostApart(zoom)], most, 0];
  const zooms = Array.from({ length: DEEPEST - ALL_UP_TO }, (_, index) => ALL_UP_TO + index);
  const stops = zooms.flatMap((zoom): Expression[] => [
    ...[zoom + 0.5 - PASSING_ZOOM, at(zoom)],
    ...[zoom + 0.5 + PASSING_ZOOM, at(zoom + 1)],
  ]);
  return ['interpolate', ['linear'], ['zoom'], ...stops];
}

interface Loose {
  filter?: unknown;
  paint?: Record<string, Expression>;
}

/** A layer of the squares as they are drawn now: its classes, from which count on, and which one was picked. */
export function densityLayer(layer: LayerSpecification, { bounds, picked }: Density): LayerSpecification {
  const loose: Loose = { ...(layer as unknown as Loose) };
  const paint = { ...loose.paint };
  if (layer.type === 'fill') {
    paint['fill-color'] = withStepBounds(paint['fill-color'] ?? null, bounds);
    paint['fill-opacity'] = opacity(Number(paint['fill-opacity'] ?? 1));
  }
  if (layer.type === 'symbol') paint['text-opacity'] = opacity(1);
  if (layer.type === 'line') loose.filter = ['all', ['==', ['geometry-type'], 'Polygon'], ['==', ['get', 'id'], picked ?? '']];
  return { ...layer, ...loose, paint } as LayerSpecification;
}

interface SquareFeature {
  type: 'Feature';
  properties: Record<string, string | number | null>;
  geometry: { type: 'Polygon'; coordinates: number[][][] } | { type: 'Point'; coordinates: number[] };
}

/** A square, and the point in its middle where its number stands. */
function featuresOf({ id, bounds, count, component }: DenseSquare): SquareFeature[] {
  const [west, south, east, north] = bounds;
  const properties = { kind: 'square', id, count, component, west, south, east, north };
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return [
    { type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: [ring] } },
    { type: 'Feature', properties, geometry: { type: 'Point', coordinates: [(west + east) / 2, (south + north) / 2] } },
  ];
}

/** The squares as a source; the same squares give the same object. */
export function densitySource({ squares }: Density): GeoJSONSourceSpecification {
  const known = sources.get(squares);
  if (known) return known;
  const made: GeoJSONSourceSpecification = {
    type: 'geojson',
    data: { type: 'FeatureCollection', features: squares.flatMap(featuresOf) },
    // Squares share their edges: nothing is simplified away between them.
    tolerance: 0,
  };
  sources.set(squares, made);
  return made;
}

const sources = new WeakMap<readonly DenseSquare[], GeoJSONSourceSpecification>();
