// Checks styles/*.json: valid by the style specification, only layers and properties that the tiles have, a layer for
// every theme. Exits non-zero with one line per fault.
import { readdirSync, readFileSync } from 'node:fs';
import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';

const FOLDER = new URL('../../styles/', import.meta.url);
const AREA =
  'code name level parent population area_km2 incidents rate rate_smoothed rate_low rate_high ratio ratio_low ratio_high grade grade_best grade_worst reliability statutory statutory_check movement_grade hot_spot peer_group trend difference models model_density model_density_km2 model_coverage certified_share';
const PROPERTIES = {
  communes: AREA,
  districts: AREA,
  province: AREA,
  labels: 'code name level grade incidents area_km2',
  models: 'id kind code name models',
  incidents: 'id category severity time precision count',
};
const THEMES = ['grade', 'statutory', 'rate', 'count', 'density', 'coverage', 'certified', 'movement', 'hot_spot'];

function propertiesIn(tree) {
  if (!tree || typeof tree !== 'object') return [];
  if (Array.isArray(tree) && (tree[0] === 'get' || tree[0] === 'has')) return [tree[1]];
  return Object.values(tree).flatMap(propertiesIn);
}

function layerFaults(layer) {
  if (!layer['source-layer']) return [];
  const known = PROPERTIES[layer['source-layer']]?.split(' ');
  if (!known) return [`layer ${layer.id}: no source layer “${layer['source-layer']}”`];
  return propertiesIn([layer.filter, layer.paint, layer.layout])
    .filter((name) => !known.includes(name))
    .map((name) => `layer ${layer.id}: no property “${name}” in “${layer['source-layer']}”`);
}

const names = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .sort();
const faults = [];
for (const name of names) {
  const style = JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'));
  faults.push(...validateStyleMin(style).map(({ message }) => `${name}: ${message}`));
  faults.push(...style.layers.flatMap(layerFaults).map((fault) => `${name}: ${fault}`));
  if (style.sources.areas?.url !== '{base}/tiles/map')
    faults.push(`${name}: source “areas” must have the address {base}/tiles/map`);
  if (style.glyphs || style.sprite) faults.push(`${name}: glyphs and sprites would be requests to elsewhere`);
  for (const theme of THEMES)
    if (!style.layers.some((layer) => layer.id === `area-${theme}`)) faults.push(`${name}: no layer for the theme “${theme}”`);
}
for (const fault of faults) console.error(fault);
console.log(`${names.length} styles, ${faults.length} faults`);
process.exit(faults.length > 0 ? 1 : 0);
