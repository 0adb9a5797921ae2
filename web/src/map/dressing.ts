/**
 * Dresses the style of the server for a view: which tiles, level, theme, language and class bounds.
 * The style marks its layers in `metadata` (`binhyen:theme`, `binhyen:level`, `binhyen:follows-level`, `binhyen:overlay`); nothing here knows a colour.
 */

import type { LayerSpecification, StyleSpecification } from 'maplibre-gl';
import type { AreaRow, Level, TileJson } from '../api/types';
import type { Language, Overlay, Theme } from '../view/view';
import { readableBounds } from './classes';
import { type Expression, stepBounds, withStepBounds } from './expression';

export const AREA_SOURCE = 'areas';
export const SOURCE_LAYER: Record<Level, string> = { commune: 'communes', district: 'districts', province: 'province' };
const COARSENESS: Record<Level, number> = { commune: 0, district: 1, province: 2 };
const WRITTEN_LEVEL: Level = 'commune';

/** All that the look of the map depends on. */
export interface Look {
  tiles: TileJson;
  level: Level;
  theme: Theme;
  overlays: Overlay[];
  lang: Language;
  selected: string | null;
  areas: AreaRow[];
}

interface Marks {
  theme: string[] | null;
  level: Level | null;
  followsLevel: boolean;
  overlay: string | null;
  namesSelection: boolean;
}

function marksOf(layer: LayerSpecification): Marks {
  const metadata = (layer.metadata ?? {}) as Record<string, unknown>;
  const theme = metadata['binhyen:theme'];
  return {
    theme: typeof theme === 'string' ? theme.split(' ') : null,
    level: (metadata['binhyen:level'] as Level | undefined) ?? null,
    followsLevel: metadata['binhyen:follows-level'] === true,
    overlay: (metadata['binhyen:overlay'] as string | undefined) ?? null,
    namesSelection: metadata['binhyen:selected-name'] === true,
  };
}

function isVisible(marks: Marks, look: Look): boolean {
  if (marks.theme && !marks.theme.includes(look.theme)) return false;
  if (marks.overlay && !look.overlays.some((overlay) => overlay === marks.overlay)) return false;
  return marks.level === null || COARSENESS[marks.level] >= COARSENESS[look.level];
}

function replaced<T>(tree: T, from: string, to: string): T {
  if (Array.isArray(tree)) return tree.map((item: unknown) => replaced(item, from, to)) as T;
  return tree === from ? (to as T) : tree;
}

/** The fill layer that carries a theme's colours. */
export function fillLayerId(theme: Theme): string {
  return `area-${theme}`;
}

const VALUE_OF: Partial<Record<Theme, (area: AreaRow) => number | null | undefined>> = {
  rate: (area) => area.rate_smoothed,
  density: (area) => area.model_density,
};

/** The colour expression of a theme, its classes fitted to the areas on show, as written when there are none. */
export function fillColour(style: StyleSpecification, theme: Theme, areas: AreaRow[]): Expression {
  const layer = style.layers.find((item) => item.id === fillLayerId(theme));
  const written = (layer?.type === 'fill' ? (layer.paint?.['fill-color'] ?? null) : null) as Expression;
  const valueOf = VALUE_OF[theme];
  const values = areas.flatMap((area) => valueOf?.(area) ?? []);
  if (values.length === 0) return written;
  return withStepBounds(written, readableBounds(values, stepBounds(written).length + 1));
}

/** A layer of any type while it is being dressed. */
interface Loose {
  'source-layer'?: string;
  filter?: unknown;
  layout?: object;
  paint?: object;
}

function dressedLayer(layer: LayerSpecification, style: StyleSpecification, look: Look): LayerSpecification {
  const marks = marksOf(layer);
  const dressed: Loose = structuredClone(layer);
  dressed.layout = { ...dressed.layout, visibility: isVisible(marks, look) ? 'visible' : 'none' };
  if (marks.followsLevel) {
    if (dressed['source-layer'] !== undefined)
      dressed['source-layer'] = replaced(dressed['source-layer'], SOURCE_LAYER[WRITTEN_LEVEL], SOURCE_LAYER[look.level]);
    if (dressed.filter !== undefined) dressed.filter = replaced(dressed.filter, WRITTEN_LEVEL, look.level);
  }
  if (marks.namesSelection)
    dressed.filter = ['all', ['==', ['get', 'code'], look.selected ?? ''], ['==', ['get', 'level'], look.level]];
  if (layer.id === fillLayerId(look.theme))
    dressed.paint = { ...dressed.paint, 'fill-color': fillColour(style, look.theme, look.areas) };
  const names = ((style.metadata ?? {}) as Record<string, Record<string, Record<Language, string>>>)['binhyen:names']?.[layer.id];
  if (names) dressed.layout = { ...dressed.layout, 'text-field': names[look.lang] };
  return dressed as LayerSpecification;
}

/** The whole style for a look, ready for MapLibre. */
export function dressedStyle(style: StyleSpecification, look: Look): StyleSpecification {
  const { center: _center, zoom: _zoom, ...rest } = style;
  const { tiles, minzoom, maxzoom } = look.tiles;
  return {
    ...rest,
    sources: { ...style.sources, [AREA_SOURCE]: { type: 'vector', tiles, minzoom: minzoom ?? 0, maxzoom: maxzoom ?? 16 } },
    layers: style.layers.map((layer) => dressedLayer(layer, style, look)),
  };
}
