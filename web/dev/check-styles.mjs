// Checks styles/*.json: valid by the style specification, only layers and properties that the tiles have,
// and one theme differing from the other in nothing but colours. Exits non-zero with one line per fault.
import { readdirSync, readFileSync } from 'node:fs';
import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';

const FOLDER = new URL('../../styles/', import.meta.url);
const AREA =
  'code name level parent population area_km2 incidents rate rate_smoothed rate_low rate_high ratio ratio_low ratio_high grade grade_best grade_worst reliability statutory models model_density model_density_km2 certified_share';
const PROPERTIES = {
  communes: AREA,
  districts: AREA,
  province: AREA,
  labels: 'code name level grade incidents area_km2',
  models: 'id kind code name models',
  incidents: 'id category severity time precision count',
};
const COLOUR = /^#[0-9a-f]{6}([0-9a-f]{2})?$/i;

function propertiesIn(tree) {
  if (!tree || typeof tree !== 'object') return [];
  if (Array.isArray(tree) && (tree[0] === 'get' || tree[0] === 'has')) return [tree[1]];
  return Object.values(tree).flatMap(propertiesIn);
}

function layerFaults(layer) {
  const known = PROPERTIES[layer['source-layer']]?.split(' ');
  if (layer['source-layer'] && !known) return [`layer ${layer.id}: no source layer “${layer['source-layer']}”`];
  return propertiesIn([layer.filter, layer.paint, layer.layout])
    .filter((name) => !known?.includes(name))
    .map((name) => `layer ${layer.id}: no property “${name}” in “${layer['source-layer']}”`);
}

function withoutColours(tree) {
  if (typeof tree === 'string') return COLOUR.test(tree) ? 'colour' : tree;
  if (Array.isArray(tree)) return tree.map(withoutColours);
  if (!tree || typeof tree !== 'object') return tree;
  return Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, withoutColours(value)]));
}

const names = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .sort();
const faults = [];
const bones = new Map();
for (const name of names) {
  const style = JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'));
  faults.push(...validateStyleMin(style).map(({ message }) => `${name}: ${message}`));
  faults.push(...style.layers.flatMap(layerFaults).map((fault) => `${name}: ${fault}`));
  if (style.sources.areas?.url !== '{base}/tiles/map')
    faults.push(`${name}: source “areas” must have the address {base}/tiles/map`);
  if (style.glyphs || style.sprite) faults.push(`${name}: glyphs and sprites would be requests to elsewhere`);
  bones.set(name, JSON.stringify(withoutColours([style.sources, style.layers])));
}
if (new Set(bones.values()).size > 1) faults.push(`${names.join(', ')}: differ in more than colours`);
for (const fault of faults) console.error(fault);
console.log(`${names.length} styles, ${faults.length} faults`);
process.exit(faults.length > 0 ? 1 : 0);
