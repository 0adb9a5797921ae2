// Writes styles/*.json (those of the page and of drawn maps) and styles/portable/*.json (those that other programs load)
// from the layers and palettes of styles/source. With `--check` it writes nothing and fails when a written style is not
// what the source gives.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { layers, patterns } from '../../styles/source/layers.mjs';
import { portableLayers, portableSources } from '../../styles/source/portable.mjs';

const STYLES = new URL('../../styles/', import.meta.url);
const PALETTES = new URL('source/palettes/', STYLES);
const read = (name, folder) => readFileSync(new URL(name, folder), 'utf8');
const point = (coordinates) => ({ type: 'Point', coordinates });
const place = (name, coordinates, properties = {}) => ({
  type: 'Feature',
  properties: { name, ...properties },
  geometry: point(coordinates),
});

/** Names of the provinces around, each where it was at the edge of the map; Kon Tum is part of Quảng Ngãi since 7/2025. */
const NEIGHBOURS = {
  type: 'FeatureCollection',
  features: [
    place('Đà Nẵng', [108.03, 16.1]),
    place('Huế', [107.42, 16.29]),
    place('Quảng Ngãi', [108.5, 15.02]),
    place('Kon Tum', [107.98, 14.72], { until: '2025-07' }),
  ],
};

const SEA_NAME = { vi: 'BIỂN ĐÔNG', en: 'EAST SEA' };
const LAOS = { vi: 'LÀO', en: 'LAOS' };
/** The islands far out at sea, as maps of the country name them, and where the largest of them lie. */
const ARCHIPELAGOS = {
  'hoang-sa-name': { at: [113.6, 15.0], vi: 'Quần đảo Hoàng Sa (Việt Nam)', en: 'Hoàng Sa Archipelago (Việt Nam)' },
  'truong-sa-name': { at: [113.6, 12.4], vi: 'Quần đảo Trường Sa (Việt Nam)', en: 'Trường Sa Archipelago (Việt Nam)' },
};
const ISLANDS = [
  [111.61, 16.53],
  [112.34, 16.83],
  [111.2, 15.78],
  [112.73, 16.67],
  [114.33, 11.43],
  [114.36, 10.18],
  [114.33, 9.89],
  [111.92, 8.64],
  [112.91, 7.89],
];
const archipelagos = Object.entries(ARCHIPELAGOS);
const archipelagoNames = Object.fromEntries(archipelagos.map(([id, { vi, en }]) => [id, { vi, en }]));
const archipelagoSources = {
  ...Object.fromEntries(archipelagos.map(([id, { at }]) => [id, { type: 'geojson', data: point(at) }])),
  islands: { type: 'geojson', data: { type: 'MultiPoint', coordinates: ISLANDS } },
};
/** Where OpenLayers finds our font for labels; unnamed, it would ask a foreign host. */
const WEB_FONTS = '{base}/fonts/{font-family}/{fontweight}.css';
/** One file for all styles: the land around is the same in each. */
const SURROUNDINGS = '{base}/styles/surroundings.geojson';

function styleOf(id) {
  const palette = JSON.parse(read(`${id}.json`, PALETTES));
  return {
    version: 8,
    name: palette.name,
    metadata: {
      'binhyen:theme': id,
      'binhyen:patterns': patterns(palette),
      'binhyen:names': { 'sea-name': SEA_NAME, 'neighbour-name': LAOS, ...archipelagoNames },
      // From which zoom on a level is shown where the level follows the zoom.
      'binhyen:levels': { province: 0, district: 7, commune: 9.2 },
    },
    center: [107.95, 15.6],
    zoom: 8.6,
    sources: {
      areas: { type: 'vector', url: '{base}/tiles/map' },
      // The newest edition that has districts; the page knows its tiles.
      former: { type: 'vector', tiles: [] },
      // The boxes that are drawn larger beside the map; the page knows them.
      insets: { type: 'geojson', data: { type: 'FeatureCollection', features: [] } },
      // Squares with many incidents; the page asks for them.
      'incident-density': { type: 'geojson', data: { type: 'FeatureCollection', features: [] } },
      'sea-name': { type: 'geojson', data: point([108.86, 15.66]) },
      'neighbour-name': { type: 'geojson', data: point([107.26, 15.2]) },
      'neighbour-provinces': { type: 'geojson', data: NEIGHBOURS },
      ...archipelagoSources,
      surroundings: { type: 'geojson', attribution: 'Natural Earth', data: SURROUNDINGS },
    },
    layers: layers(palette),
  };
}

/** The same map for other programs: see styles/source/portable.mjs. */
function portableOf(id) {
  const palette = JSON.parse(read(`${id}.json`, PALETTES));
  const { version, name, metadata, center, zoom, sources } = styleOf(id);
  const { 'binhyen:patterns': patterns, 'binhyen:names': names } = metadata;
  return {
    version,
    name,
    metadata: { 'binhyen:patterns': patterns, 'binhyen:names': names, 'ol:webfonts': WEB_FONTS },
    center,
    zoom,
    sources: portableSources(sources),
    glyphs: '{base}/fonts/{fontstack}/{range}.pbf',
    sprite: `{base}/sprites/${id}`,
    layers: portableLayers(palette),
  };
}

let stale = 0;
async function write(file, style) {
  const text = await format(JSON.stringify(style), { parser: 'json', printWidth: 130 });
  if (!process.argv.includes('--check')) writeFileSync(new URL(file, STYLES), text);
  else if (read(file, STYLES) !== text) {
    stale += 1;
    console.error(`styles/${file} is not what styles/source gives: npm run styles`);
  }
}

mkdirSync(new URL('portable/', STYLES), { recursive: true });
for (const file of readdirSync(PALETTES).sort()) {
  const id = file.replace('.json', '');
  await write(file, styleOf(id));
  await write(`portable/${file}`, portableOf(id));
}
process.exit(stale > 0 ? 1 : 0);
