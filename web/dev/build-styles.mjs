// Writes styles/*.json from the layers and palettes of styles/source. With `--check` it writes nothing and fails when a
// written style is not what the source gives.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { layers, patterns } from '../../styles/source/layers.mjs';

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
      'binhyen:names': { 'sea-name': SEA_NAME, 'neighbour-name': LAOS },
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
      surroundings: { type: 'geojson', attribution: 'Natural Earth', data: SURROUNDINGS },
    },
    layers: layers(palette),
  };
}

let stale = 0;
for (const file of readdirSync(PALETTES).sort()) {
  const id = file.replace('.json', '');
  const text = await format(JSON.stringify(styleOf(id)), { parser: 'json', printWidth: 130 });
  if (!process.argv.includes('--check')) writeFileSync(new URL(file, STYLES), text);
  else if (read(file, STYLES) !== text) {
    stale += 1;
    console.error(`styles/${file} is not what styles/source gives: npm run styles`);
  }
}
process.exit(stale > 0 ? 1 : 0);
