/**
 * Dresses the style of the server for a view: which tiles, level, theme, group, language and class bounds.
 * The style marks its layers in `metadata` (listed in styles/source/layers.mjs); nothing here knows a colour.
 */

import type { GeoJSONSourceSpecification, LayerSpecification, StyleSpecification, VectorSourceSpecification } from 'maplibre-gl';
import type { AreaRow, Bounds, Level, TileJson } from '../api/types';
import type { Anchor } from '../view/find/anchors';
import { type Language, type Overlay, type Theme, THEMES } from '../view/view';
import { readableBounds } from './classes';
import { conjoined, evaluate, type Expression, stepBounds, withStepBounds } from './expression';
import { following } from './following';
import { type Density, densityLayer, densitySource, DENSITY_SOURCE } from './incidents/density';
import { clearFrom, type Lettered } from './lettering';
import { LETTERED, lettersApart } from './letters';

/** The style's source of areas, whose tiles follow the filter. */
export const AREA_SOURCE = 'areas';
const FORMER_SOURCE = 'former';
const INSET_SOURCE = 'insets';
/** The layer of the tiles that holds the areas of a level. */
export const SOURCE_LAYER: Record<Level, string> = { commune: 'communes', district: 'districts', province: 'province' };
/** The points that carry letters, names and circles. */
export const LABEL_LAYER = 'labels';
const COARSENESS: Record<Level, number> = { commune: 0, district: 1, province: 2 };
const WRITTEN_LEVEL: Level = 'commune';
/** From this zoom on every area has its own name instead of the anchors. */
const ANCHORED_BELOW = 10;
const get = (name: string): Expression => ['get', name];

/** What the map marks under the theme of clusters: their areas, and what stands at the centre of each. */
export interface ClusterMarks {
  codes: string[];
  labels: (readonly [code: string, label: string])[];
}

/** Categories of incidents that share a colour. */
export interface IncidentGroup {
  id: string;
  categories: readonly string[];
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
  /** The groups that single incidents are coloured by, and those that are left out. */
  groups: readonly IncidentGroup[];
  hiddenGroups: readonly string[];
  /** Squares in place of incidents that would lie on each other; none where the role sees none, or they are not there. */
  density: Density | null;
  /** The areas that were picked out, by code; the others are muted while there are any. */
  pickedOut: readonly string[];
  /** The names that everybody knows, the most important first; none where they are not known yet. */
  anchors: Anchor[];
  /** Where letters stand, those of large areas first. */
  letters: Lettered[];
  /** The boxes that are drawn larger beside the map. */
  insets: Bounds[];
  /** Whether one of these drawings lies on the sea, over its name, or says it. */
  isSeaTaken: boolean;
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
  coloursGroups: boolean;
  showsDensity: boolean;
  namesAnchors: boolean;
  besideAnchors: boolean;
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
    coloursGroups: metadata['binhyen:groups'] === true,
    showsDensity: metadata['binhyen:density'] === true,
    namesAnchors: metadata['binhyen:anchors'] === true,
    besideAnchors: metadata['binhyen:beside-anchors'] === true,
  };
}

function isVisible(marks: Marks, content: MapContent): boolean {
  if (marks.theme && !marks.theme.includes(content.theme)) return false;
  if (marks.overlay && !content.overlays.some((overlay) => overlay === marks.overlay)) return false;
  if (marks.showsDensity && content.density === null) return false;
  if (marks.marksGroup && content.group === null && content.pickedOut.length === 0) return false;
  // Districts are among the anchors.
  if (marks.context && content.anchors.length > 0) return false;
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

/** The name of no peer group. */
const NO_GROUP = '-';
/** The layer that names the sea. */
export const SEA_NAME = 'sea-name';
/** The layer of incidents that a tile shows together. */
const CELL_LAYER = 'incident-cells';
/** Under squares they are small, so that none juts out; where a square is not dense they say that something is there. */
const UNDER_SQUARES = { 'circle-radius': 3, 'circle-opacity': ['step', ['zoom'], 0, 10, 0.9] as Expression };

/** The layer of circles whose area grows with the count. */
export const COUNT_LAYER = 'count-circle';
/** The largest circle of a map is at least so large: a few days hold few incidents. */
const LARGEST_AT_LEAST_PX = 12;

/** The radius of the circles: as written, or larger where even the largest of the areas on show would be a dot. */
export function countRadius(style: StyleSpecification, areas: readonly AreaRow[]): Expression {
  const layer = style.layers.find(({ id }) => id === COUNT_LAYER);
  const written = (layer?.type === 'circle' ? (layer.paint?.['circle-radius'] ?? null) : null) as Expression;
  const most = Math.max(0, ...areas.map(({ incidents }) => incidents ?? 0));
  const radius = Number(evaluate(written, { incidents: most }));
  if (!Array.isArray(written) || !(radius > 0) || radius >= LARGEST_AT_LEAST_PX) return written;
  // The last stop of the interpolation is its only measure.
  return [...written.slice(0, -1), (Number(written.at(-1)) * LARGEST_AT_LEAST_PX) / radius];
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
  if (marks.marksGroup) {
    // The group is read in either case, so that the layer goes on to follow the state: see `following`.
    const isOther = (group: string): Expression => ['!=', ['coalesce', get('peer_group'), ''], group];
    const isUnpicked: Expression = ['!', ['in', get('code'), ['literal', [...content.pickedOut]]]];
    return content.pickedOut.length > 0 ? ['all', isUnpicked, isOther(NO_GROUP)] : isOther(content.group ?? '');
  }
  if (marks.namesAnchors) return anchorFilter(content);
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

/** `expression` with the categories of each group where its `match` names the group. */
export function withGroups(expression: Expression, groups: readonly IncidentGroup[]): Expression {
  if (!Array.isArray(expression) || expression[0] !== 'match') return expression;
  const labels = (label: Expression): Expression => {
    const categories = groups.find(({ id }) => id === label)?.categories ?? [];
    return categories.length > 0 ? [...categories] : label;
  };
  return expression.map((item, index) => (index >= 2 && index % 2 === 0 && index < expression.length - 1 ? labels(item) : item));
}

/** A layer of single incidents: coloured by the groups of this taxonomy, without those that the reader left out. */
function groupedLayer(layer: Loose, { groups, hiddenGroups }: MapContent): Loose {
  const paint = (layer.paint ?? {}) as Record<string, Expression>;
  const hidden = groups.filter(({ id }) => hiddenGroups.includes(id)).flatMap(({ categories }) => categories);
  return {
    ...layer,
    paint: { ...paint, 'circle-color': withGroups(paint['circle-color'] ?? null, groups) },
    ...(hidden.length > 0 && { filter: ['all', layer.filter ?? true, ['!', ['in', ['get', 'category'], ['literal', hidden]]]] }),
  };
}

/** The anchors but the selected area, which has a name of its own. */
function anchorFilter({ anchors, selected }: MapContent): Expression {
  const of = (level: Level): Expression => {
    const codes = anchors.filter((anchor) => anchor.level === level && anchor.code !== selected).map(({ code }) => code);
    return ['all', ['==', get('level'), level], ['in', get('code'), ['literal', codes]]];
  };
  return ['any', ...[...new Set(anchors.map(({ level }) => level))].map(of)];
}

/** What anchors are called, where they may stand, and that the first of them find their place first. */
function anchorWords({ anchors }: MapContent): object {
  if (anchors.length === 0) return {};
  const names = anchors.flatMap(({ code, name }) => [code, name]);
  const ranks = anchors.flatMap(({ code }, index) => [code, index]);
  const around = ['top', 'bottom', 'left', 'right', 'top-left', 'top-right', 'bottom-left', 'bottom-right'];
  return {
    'text-variable-anchor': around,
    'text-radial-offset': 1,
    'text-field': ['match', get('code'), ...names, ''],
    'symbol-sort-key': ['match', get('code'), ...ranks, anchors.length],
  };
}

/** What names and letters are further asked for: that no anchor says the same, and that the letter has room. */
function roomFilters(layer: LayerSpecification, marks: Marks, content: MapContent): Expression[] {
  const isNamed = marks.besideAnchors && content.anchors.length > 0;
  const isLetter = layer.id.startsWith(`${LETTERED}-`) && content.letters.length > 0;
  return [
    ...(isNamed ? [['any', ['>=', ['zoom'], ANCHORED_BELOW], ['!', anchorFilter(content)]] as Expression] : []),
    ...(isLetter ? [['<=', ['match', get('code'), ...clearZooms(content), 0], ['zoom']] as Expression] : []),
  ];
}

/** From which zoom each letter has room, as pairs: the same for all layers of letters. */
function clearZooms({ letters }: MapContent): Expression[] {
  const known = clear.get(letters) ?? [...clearFrom(letters)].flat();
  clear.set(letters, known);
  return known;
}

const clear = new WeakMap<Lettered[], Expression[]>();

function isDrawable(layer: LayerSpecification, content: MapContent): boolean {
  if (layer.id === SEA_NAME && content.isSeaTaken) return false;
  return !('source' in layer) || layer.source !== FORMER_SOURCE || content.former !== null;
}

/** What a layer of the style says in each language, where it says the same everywhere. */
export function namesIn(style: StyleSpecification, layer: string): Record<Language, string> | null {
  const metadata = (style.metadata ?? {}) as Record<string, Record<string, Record<Language, string>>>;
  return metadata['binhyen:names']?.[layer] ?? null;
}

function styledLayer(layer: LayerSpecification, style: StyleSpecification, content: MapContent): LayerSpecification {
  const marks = marksOf(layer);
  let layerNow: Loose = structuredClone(layer);
  const isShown = isVisible(marks, content) && isDrawable(layer, content);
  layerNow.layout = { ...layerNow.layout, visibility: isShown ? 'visible' : 'none' };
  if (marks.followsLevel) {
    if (layerNow['source-layer'] !== undefined)
      layerNow['source-layer'] = replaced(layerNow['source-layer'], SOURCE_LAYER[WRITTEN_LEVEL], SOURCE_LAYER[content.level]);
    if (layerNow.filter !== undefined) layerNow.filter = replaced(layerNow.filter, WRITTEN_LEVEL, content.level);
  }
  const filter = marks.marksClusters ? clusterFilter(layer, content.clusters) : ownFilter(marks, content);
  if (filter !== null) layerNow.filter = filter;
  const further = roomFilters(layer, marks, content);
  if (further.length > 0) layerNow.filter = conjoined(layerNow.filter as Expression | undefined, ...further);
  if (layer.id === fillLayerId(content.theme))
    layerNow.paint = { ...layerNow.paint, 'fill-color': fillColour(style, content.theme, content.areas) };
  if (marks.namesAnchors) layerNow.layout = { ...layerNow.layout, ...anchorWords(content) };
  if (marks.marksClusters && layer.type === 'symbol') layerNow.layout = { ...layerNow.layout, ...clusterWords(content.clusters) };
  if (layer.id === COUNT_LAYER) layerNow.paint = { ...layerNow.paint, 'circle-radius': countRadius(style, content.areas) };
  if (marks.coloursGroups) layerNow = groupedLayer(layerNow, content);
  if (marks.showsDensity && content.density) layerNow = densityLayer(layerNow as LayerSpecification, content.density);
  if (layer.id === CELL_LAYER && content.density) layerNow.paint = { ...layerNow.paint, ...UNDER_SQUARES };
  const names = namesIn(style, layer.id);
  if (names) layerNow.layout = { ...layerNow.layout, 'text-field': names[content.lang] };
  return layerNow as LayerSpecification;
}

function vector({ tiles, minzoom, maxzoom }: TileJson): VectorSourceSpecification {
  return { type: 'vector', tiles, minzoom: minzoom ?? 0, maxzoom: maxzoom ?? 16 };
}

/** The frames of insets as a source. */
function framesOf(insets: Bounds[]): GeoJSONSourceSpecification {
  const rings = insets.map(([west, south, east, north]) => [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ]);
  return { type: 'geojson', data: { type: 'MultiLineString', coordinates: rings } };
}

/** The whole style for what is shown, ready for MapLibre. */
export function mapStyle(style: StyleSpecification, content: MapContent): StyleSpecification {
  const { center: _center, zoom: _zoom, ...rest } = style;
  const former = content.former && { [FORMER_SOURCE]: vector(content.former) };
  return {
    ...rest,
    sources: {
      ...style.sources,
      ...{ [AREA_SOURCE]: vector(content.tiles), [INSET_SOURCE]: framesOf(content.insets), ...former },
      ...(content.density && { [DENSITY_SOURCE]: densitySource(content.density) }),
    },
    layers: style.layers
      .flatMap(lettersApart)
      .map((layer) => following(styledLayer(layer, style, content), THEMES.map(fillLayerId))),
  };
}
