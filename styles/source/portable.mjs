// The styles that other programs load: what any client can draw from the tiles alone, with glyphs and sprite of this server.
// Made from the same layers and palettes as those of the page. What the page fills in (what is under the mouse, groups,
// clusters, squares, insets) is left out. `metadata` is what the server reads before it hands a style out:
//   binhyen:theme   as in layers.mjs: the server keeps the layers of one theme
//   binhyen:form    `full`: with patterns, shades by reliability and rich texts; `simple`: plain colours, one attribute
//                   each, for clients that know few expressions; without it the layer is in both
import { layers } from './layers.mjs';

const get = (name) => ['get', name];
const has = (name) => ['has', name];
/** Filters of the simple form are written the old way, which every client reads. */
const COMMUNES = ['==', 'level', 'commune'];
const LETTERS = ['A', 'B', 'C', 'D', 'E'];
/** The shade of a letter that is as sure as can be. */
const SUREST = 2;

/** Layers that the page fills in, or that draw from what only the page knows. */
const OF_PAGE = [
  'binhyen:group',
  'binhyen:selected-name',
  'binhyen:anchors',
  'binhyen:clusters',
  'binhyen:density',
  'binhyen:context',
];
const SOURCES_OF_PAGE = ['former', 'insets', 'incident-density'];
/** Outlines whose width or opacity is a state that the page sets. */
const hasState = (layer) => JSON.stringify(layer.paint).includes('feature-state');

/** The public's tiles have no such layer, and clients report a layer that is not there as a fault. */
const ofIncidents = (layer) => layer['source-layer'] === 'incidents';

const isOfPage = (layer) =>
  ofIncidents(layer) ||
  SOURCES_OF_PAGE.includes(layer.source) ||
  hasState(layer) ||
  OF_PAGE.some((mark) => layer.metadata?.[mark] !== undefined);

const themesOf = (layer) => layer.metadata?.['binhyen:theme'];

function kept(layer) {
  const { metadata, ...rest } = layer;
  const theme = themesOf(layer);
  const form = isFullOnly(layer) ? { 'binhyen:form': 'full' } : {};
  const marks = { ...(theme ? { 'binhyen:theme': theme } : {}), ...form };
  return Object.keys(marks).length > 0 ? { ...rest, metadata: marks } : rest;
}

/** Layers that have a plain counterpart, or none: the simple form draws from our tiles and nothing else, because QGIS knows
 * one source. */
function isFullOnly(layer) {
  if (layer.type !== 'background' && layer.source !== 'areas') return true;
  const isFill = layer.type === 'fill' && layer.source === 'areas';
  const isName = layer.type === 'symbol' && layer['source-layer'] === 'labels';
  return isFill || isName || layer.type === 'circle';
}

function simple(id, theme, more) {
  return { id, source: 'areas', metadata: { 'binhyen:theme': theme, 'binhyen:form': 'simple' }, ...more };
}

function filled(theme, minor, colour, filter) {
  return simple(`simple-${theme}${minor}`, theme, {
    type: 'fill',
    'source-layer': 'communes',
    ...(filter ? { filter } : {}),
    paint: { 'fill-color': colour },
  });
}

/** Classes of one attribute, and below them one colour for where it is missing: no client has to compare with nothing. */
function scale(theme, property, colours, bounds, unknown) {
  const classes = bounds.flatMap((bound, index) => [bound, colours[index + 1]]);
  return [filled(theme, '-unknown', unknown), filled(theme, '', ['step', get(property), colours[0], ...classes], has(property))];
}

function named(theme, property, colours, unknown) {
  // Each word in a list of its own: QGIS 3.22 reads a bare one as an empty list, and draws no colour.
  const classes = Object.entries(colours).flatMap(([word, colour]) => [[word], colour]);
  return [filled(theme, '-unknown', unknown), filled(theme, '', ['match', get(property), ...classes, unknown], has(property))];
}

function grades(palette) {
  const letters = Object.entries(palette.grade).map(([letter, shades]) => [letter, shades[SUREST]]);
  return Object.fromEntries([
    ...letters,
    ['range', palette.unclear],
    ['insufficient', palette.insufficient],
    ['suppressed', palette.withheld],
  ]);
}

function simpleFills(palette) {
  const { unknown, withheld } = palette;
  return [
    ...named('grade', 'grade', grades(palette), unknown),
    ...scale('rate', 'rate_smoothed', palette.rate, [50, 100, 200, 400], withheld),
    ...scale('density', 'model_density', palette.density, [1, 2, 5, 10], unknown),
    ...scale('certified', 'certified_share', palette.certified, [0.6, 0.7, 0.9, 1], withheld),
    ...named('statutory', 'statutory', palette.statutory, unknown),
    ...named('movement', 'movement_grade', palette.movement, unknown),
    filled('count', '', palette.count.ground),
  ];
}

const THEMES = 'grade rate density certified statutory movement count';

function simpleNames({ label, count }) {
  const paint = { 'text-color': label.ink, 'text-halo-color': label.halo, 'text-halo-width': 1.6 };
  const text = (id, theme, attribute, font, zooms, filter) =>
    simple(id, theme, {
      type: 'symbol',
      'source-layer': 'labels',
      ...zooms,
      filter,
      layout: { 'text-field': get(attribute), 'text-font': [font], 'text-size': 13, 'text-max-width': 8 },
      paint,
    });
  const letters = ['in', 'grade', ...LETTERS];
  const counted = ['all', COMMUNES, ['>=', 'incidents', 1]];
  return [
    text('simple-letter', 'grade', 'grade', 'Be Vietnam Pro SemiBold', { minzoom: 8, maxzoom: 10 }, ['all', COMMUNES, letters]),
    simple('simple-count-circle', 'count', {
      type: 'circle',
      'source-layer': 'labels',
      filter: counted,
      paint: {
        'circle-color': count.circle,
        'circle-opacity': 0.82,
        'circle-stroke-color': count.halo,
        'circle-stroke-width': 1,
        'circle-radius': ['interpolate', ['linear'], get('incidents'), 0, 2, 100, 11, 1000, 34],
      },
    }),
    text('simple-name', THEMES, 'name', 'Be Vietnam Pro', { minzoom: 10 }, COMMUNES),
  ];
}

/** The areas first, then everything that lies on them, as in the full form. */
function withSimple(all, palette) {
  const firstBorder = all.findIndex((layer) => layer.id.startsWith('border-'));
  return [...all.slice(0, firstBorder), ...simpleFills(palette), ...all.slice(firstBorder), ...simpleNames(palette)];
}

/** All layers of a served style, of every theme and both forms, from the ground up. */
export function portableLayers(palette) {
  const all = layers(palette).filter((layer) => !isOfPage(layer));
  return withSimple(all.map(kept), palette);
}

/** The sources of a served style. */
export function portableSources(sources) {
  return Object.fromEntries(Object.entries(sources).filter(([name]) => !SOURCES_OF_PAGE.includes(name)));
}
