/**
 * Dresses the style of the server for a view: which tiles, level, theme, group, language and class bounds.
 * The style marks its layers in `metadata` (listed in styles/source/layers.mjs); nothing here knows a colour.
 */

import type { LayerSpecification, StyleSpecification, VectorSourceSpecification } from 'maplibre-gl';
import type { AreaRow, Level, TileJson } from '../api/types';
import type { Language, Overlay, Theme } from '../view/view';
import { readableBounds } from './classes';
import { evaluate, type Expression, stepBounds, withStepBounds } from './expression';
import { following } from './following';
import { lettersApart } from './letters';

/** The style's source of areas, whose tiles follow the filter. */
export const AREA_SOURCE = 'areas';
const FORMER_SOURCE = 'former';
/** The layer of the tiles that holds the areas of a level. */
export const SOURCE_LAYER: Record<Level, string> = { commune: 'communes', district: 'districts', province: 'province' };
/** The points that carry letters, names and circles. */
export const LABEL_LAYER = 'labels';
const COARSENESS: Record<Level, number> = { commune: 0, district: 1, province: 2 };
const WRITTEN_LEVEL: Level = 'commune';

/** What the map marks under the theme of clusters: their areas, and what stands at the centre of each. */
export interface ClusterMarks {
  codes: string[];
  labels: (readonly [code: string, label: string])[];
}

/** What the map is to show. */
export interface MapContent {
  tiles: TileJson;
  level: Level;
  theme: Theme;
  overlays: Overlay[];
  lang: Language;
  selected: string | null;
  edition: string;
  /** The peer group that stands out. */
  group: string | null;
  /** The tiles of the newest edition that has districts, where the reader wants to see those. */
  former: TileJson | null;
  areas: AreaRow[];
  clusters: ClusterMarks;
}

interface Marks {
  theme: string[] | null;
  level: Level | null;
  followsLevel: boolean;
  overlay: string | null;
  namesSelection: boolean;
  context: Level | null;
  marksGroup: boolean;
  followsEdition: boolean;
  marksClusters: boolean;
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
    context: (metadata['binhyen:context'] as Level | undefined) ?? null,
    marksGroup: metadata['binhyen:group'] === true,
    followsEdition: metadata['binhyen:edition'] === true,
    marksClusters: metadata['binhyen:clusters'] === true,
  };
}

function isVisible(marks: Marks, content: MapContent): boolean {
  if (marks.theme && !marks.theme.includes(content.theme)) return false;
  if (marks.overlay && !content.overlays.some((overlay) => overlay === marks.overlay)) return false;
  if (marks.marksGroup && content.group === null) return false;
  if (marks.context && COARSENESS[marks.context] <= COARSENESS[content.level]) return false;
  return marks.level === null || COARSENESS[marks.level] >= COARSENESS[content.level];
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

/** The pattern that the map lays over an area under a theme, by its name in the style. */
export function patternOf(style: StyleSpecification, theme: Theme, area: object): string | null {
  const fits = style.layers.find((layer) => {
    if (layer.type !== 'fill' || !layer.id.startsWith(`${fillLayerId(theme)}-`)) return false;
    return layer.filter !== undefined && evaluate(layer.filter as Expression, area) === true;
  });
  const picture = fits?.type === 'fill' ? fits.paint?.['fill-pattern'] : undefined;
  return typeof picture === 'string' ? picture : null;
}

/** A layer of any type while it is being rewritten. */
interface Loose {
  'source-layer'?: string;
  filter?: unknown;
  layout?: object;
  paint?: object;
}

/** The filter of a layer that depends on more than the level. */
function ownFilter(marks: Marks, content: MapContent): unknown {
  if (marks.namesSelection)
    return ['all', ['==', ['get', 'code'], content.selected ?? ''], ['==', ['get', 'level'], content.level]];
  if (marks.marksGroup) return ['!=', ['coalesce', ['get', 'peer_group'], ''], content.group ?? ''];
  if (marks.followsEdition) return ['any', ['!', ['has', 'until']], ['>', ['get', 'until'], content.edition]];
  return null;
}

/** The areas of clusters, or the centres where words stand; the ground lies under every area. */
function clusterFilter(layer: LayerSpecification, { codes, labels }: ClusterMarks): unknown {
  if (layer.type === 'background' || layer.filter === undefined) return null;
  const marked = layer.type === 'symbol' ? labels.map(([code]) => code) : codes;
  return ['in', ['get', 'code'], ['literal', marked]];
}

function clusterWords({ labels }: ClusterMarks): object {
  return labels.length > 0 ? { 'text-field': ['match', ['get', 'code'], ...labels.flat(), ''] } : {};
}

function isDrawable(layer: LayerSpecification, content: MapContent): boolean {
  return !('source' in layer) || layer.source !== FORMER_SOURCE || content.former !== null;
}

function styledLayer(layer: LayerSpecification, style: StyleSpecification, content: MapContent): LayerSpecification {
  const marks = marksOf(layer);
  const layerNow: Loose = structuredClone(layer);
  const isShown = isVisible(marks, content) && isDrawable(layer, content);
  layerNow.layout = { ...layerNow.layout, visibility: isShown ? 'visible' : 'none' };
  if (marks.followsLevel) {
    if (layerNow['source-layer'] !== undefined)
      layerNow['source-layer'] = replaced(layerNow['source-layer'], SOURCE_LAYER[WRITTEN_LEVEL], SOURCE_LAYER[content.level]);
    if (layerNow.filter !== undefined) layerNow.filter = replaced(layerNow.filter, WRITTEN_LEVEL, content.level);
  }
  const filter = marks.marksClusters ? clusterFilter(layer, content.clusters) : ownFilter(marks, content);
  if (filter !== null) layerNow.filter = filter;
  if (layer.id === fillLayerId(content.theme))
    layerNow.paint = { ...layerNow.paint, 'fill-color': fillColour(style, content.theme, content.areas) };
  if (marks.marksClusters && layer.type === 'symbol') layerNow.layout = { ...layerNow.layout, ...clusterWords(content.clusters) };
  const names = ((style.metadata ?? {}) as Record<string, Record<string, Record<Language, string>>>)['binhyen:names']?.[layer.id];
  if (names) layerNow.layout = { ...layerNow.layout, 'text-field': names[content.lang] };
  return layerNow as LayerSpecification;
}

function vector({ tiles, minzoom, maxzoom }: TileJson): VectorSourceSpecification {
  return { type: 'vector', tiles, minzoom: minzoom ?? 0, maxzoom: maxzoom ?? 16 };
}

/** The whole style for what is shown, ready for MapLibre. */
export function mapStyle(style: StyleSpecification, content: MapContent): StyleSpecification {
  const { center: _center, zoom: _zoom, ...rest } = style;
  const former = content.former && { [FORMER_SOURCE]: vector(content.former) };
  return {
    ...rest,
    sources: { ...style.sources, [AREA_SOURCE]: vector(content.tiles), ...former },
    layers: style.layers
      .flatMap(lettersApart)
      .map((layer) => following(styledLayer(layer, style, content), fillLayerId(content.theme))),
  };
}
