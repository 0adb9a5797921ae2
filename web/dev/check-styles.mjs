// Checks styles/*.json: valid by the style specification, no requests to elsewhere, a layer for every theme. That they
// name only what tiles carry is held by tests/it/tile/styles.rs. Exits non-zero with one line per fault.
import { readdirSync, readFileSync } from 'node:fs';
import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';

const FOLDER = new URL('../../styles/', import.meta.url);
const THEMES = ['grade', 'statutory', 'rate', 'count', 'clusters', 'density', 'certified', 'movement'];

const names = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .sort();
const faults = [];
for (const name of names) {
  const style = JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'));
  faults.push(...validateStyleMin(style).map(({ message }) => `${name}: ${message}`));
  if (style.sources.areas?.url !== '{base}/tiles/map')
    faults.push(`${name}: source “areas” must have the address {base}/tiles/map`);
  if (style.glyphs || style.sprite) faults.push(`${name}: glyphs and sprites would be requests to elsewhere`);
  for (const theme of THEMES)
    if (!style.layers.some((layer) => layer.id === `area-${theme}`)) faults.push(`${name}: no layer for the theme “${theme}”`);
}
for (const fault of faults) console.error(fault);
console.log(`${names.length} styles, ${faults.length} faults`);
process.exit(faults.length > 0 ? 1 : 0);
