// Checks styles/*.json and styles/portable/*.json: valid by the style specification, no requests to elsewhere, a layer for
// every theme; the portable ones draw without the page. That they name only what tiles carry is held by
// tests/it/tile/styles.rs. Exits non-zero with one line per fault.
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

/** What the page fills in, or only its renderer knows. */
const OF_PAGE = ['feature-state', '"tiles":[]', 'binhyen:clusters', '"area-hover"'];
/** Operators that Mapbox GL JS 1.13, the oldest client that we draw in, does not have. */
const TOO_NEW = ['distance', 'within', 'index-of', 'slice', 'pitch', 'config', 'global-state', 'split', 'join'];
for (const name of names) {
  const style = JSON.parse(readFileSync(new URL(`portable/${name}`, FOLDER), 'utf8'));
  const text = JSON.stringify(style);
  const here = (fault) => faults.push(`portable/${name}: ${fault}`);
  for (const { message } of validateStyleMin(style)) here(message);
  for (const part of OF_PAGE) if (text.includes(part)) here(`${part} is for the page alone`);
  for (const operator of TOO_NEW) if (text.includes(`["${operator}",`)) here(`old clients lack “${operator}”`);
  for (const address of [style.glyphs, style.sprite, style.sources.areas.url])
    if (!address?.startsWith('{base}/')) here(`${address} is not an address of this server`);
  for (const theme of THEMES.filter((theme) => theme !== 'clusters'))
    for (const id of [`area-${theme}`, `simple-${theme}`])
      if (!style.layers.some((layer) => layer.id === id)) here(`no layer ${id}`);
}
for (const fault of faults) console.error(fault);
console.log(`${2 * names.length} styles, ${faults.length} faults`);
process.exit(faults.length > 0 ? 1 : 0);
