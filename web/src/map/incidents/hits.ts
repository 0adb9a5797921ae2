/** Which incident, or how many together, lies under a point of the map. */

import type { Map as MapLibre, Point } from 'maplibre-gl';
import type { Bounds } from '../../api/types';
import { DENSITY_LAYER, isDense } from './density';

/** A single incident, or several that the map shows together, as its tile tells of it. */
export interface IncidentHit {
  kind: 'incident' | 'cell' | 'square';
  /** Of a single incident, or of a square that can be opened. */
  id: string | null;
  at: readonly [lon: number, lat: number];
  category: string | null;
  severity: number | null;
  count: number;
  time: string | null;
  precision: string | null;
  /** Of a square that can be opened: where it lies, and the component with the most of its incidents. */
  square?: { bounds: Bounds; component: string | null };
}

/** The nearest first: single ones lie over what stands for several. */
const LAYERS = ['incidents', 'incident-cells', 'incident-squares'];
/** Points are smaller than a pointer is steady. */
const REACH_PX = 4;
const REACH_BY_TOUCH_PX = 14;

interface Found {
  geometry: { type: string; coordinates?: unknown };
  properties: Record<string, unknown>;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** The middle of a ring: squares have no other point. */
function middleOf(coordinates: unknown): readonly [number, number] | null {
  const [ring] = coordinates as [number, number][][];
  if (!ring || ring.length === 0) return null;
  const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => y)];
  return [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2];
}

/** What a feature of the layer of incidents stands for; `null` for what has no place. */
export function hitOf({ geometry, properties }: Found): IncidentHit | null {
  if (properties['kind'] === 'square' && typeof properties['west'] === 'number') return hitOfSquare(properties);
  const at = geometry.type === 'Point' ? (geometry.coordinates as [number, number]) : middleOf(geometry.coordinates ?? [[]]);
  const kind = (['incident', 'cell', 'square'] as const).find((item) => item === properties['kind']);
  if (!at || !kind) return null;
  return {
    kind,
    id: kind === 'incident' ? textOf(properties['id']) : null,
    at,
    category: textOf(properties['category']),
    severity: typeof properties['severity'] === 'number' ? properties['severity'] : null,
    count: typeof properties['count'] === 'number' ? properties['count'] : 1,
    time: textOf(properties['time']),
    precision: textOf(properties['precision']),
  };
}

/** A square that can be opened; its shape in the tile may be cut. */
function hitOfSquare(properties: Record<string, unknown>): IncidentHit {
  const [west = 0, south = 0, east = 0, north = 0] = ['west', 'south', 'east', 'north'].map((side) => Number(properties[side]));
  return {
    ...{ kind: 'square', id: textOf(properties['id']), at: [(west + east) / 2, (south + north) / 2] },
    ...{ category: null, severity: null, count: Number(properties['count']), time: null, precision: null },
    square: { bounds: [west, south, east, north], component: textOf(properties['component']) },
  };
}

/** Whether two hits stand for the same. */
export function isSameHit(a: IncidentHit | null, b: IncidentHit | null): boolean {
  if (a === null || b === null) return false;
  return a.kind === b.kind && a.id === b.id && (a.id !== null || (a.at[0] === b.at[0] && a.at[1] === b.at[1]));
}

/** What lies under a point of the map, the nearest of what is within reach; `null` where nothing does. */
export function incidentAt(map: MapLibre, { x, y }: Point): IncidentHit | null {
  const isDrawn = (id: string): boolean => map.getLayer(id) !== undefined && map.getLayoutProperty(id, 'visibility') !== 'none';
  if (isDrawn(DENSITY_LAYER)) {
    // What lies under a square is not seen.
    const squares = map.queryRenderedFeatures([x, y], { layers: [DENSITY_LAYER] });
    const hit = squares.map((feature) => hitOf(feature as unknown as Found)).find((found) => found?.square);
    if (hit && isDense(hit.count, map.getZoom())) return hit;
  }
  const layers = LAYERS.filter(isDrawn);
  if (layers.length === 0) return null;
  const reach = matchMedia('(pointer: coarse)').matches ? REACH_BY_TOUCH_PX : REACH_PX;
  const found = map.queryRenderedFeatures(
    [
      [x - reach, y - reach],
      [x + reach, y + reach],
    ],
    { layers },
  );
  const hits = found.flatMap((feature) => hitOf(feature as unknown as Found) ?? []);
  const away = ({ at }: IncidentHit): number => {
    const shown = map.project([at[0], at[1]]);
    return Math.hypot(shown.x - x, shown.y - y);
  };
  // A square is hit anywhere inside, so its middle says nothing.
  const nearness = (hit: IncidentHit): number => (hit.kind === 'square' ? reach : away(hit));
  return hits.sort((a, b) => nearness(a) - nearness(b))[0] ?? null;
}
