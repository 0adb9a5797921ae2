import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import type { StyleSpecification } from 'maplibre-gl';
import { describe, expect, it } from 'vitest';
import type { Level } from '../../src/api/types';
import { levelAt } from '../../src/map/levels';
import { patternsOf } from '../../src/map/patterns';
import { SCHEMES } from '../../src/view/scheme';
import { OVERLAYS, THEMES } from '../../src/view/view';

const FOLDER = new URL('../../../styles/', import.meta.url);
const STYLES = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .map((file): [string, StyleSpecification] => [
    file.replace('.json', ''),
    JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as StyleSpecification,
  ]);
const COLOUR = /#[0-9a-f]{6}([0-9a-f]{2})?/gi;

describe('the styles', () => {
  it('are what their source gives', () => {
    const script = new URL('../../dev/build-styles.mjs', import.meta.url).pathname;
    expect(() => execFileSync(process.execPath, [script, '--check'])).not.toThrow();
    // A process of its own starts late where others build.
  }, 30_000);

  it('are there for each colour scheme, and for paper', () => {
    expect(STYLES.map(([name]) => name).sort()).toEqual([...SCHEMES, 'print'].sort());
  });

  it.each(STYLES)('fill the areas for every theme and answer every overlay: %s', (_, style) => {
    const ids = style.layers.map((layer) => layer.id);
    for (const theme of THEMES) expect(ids).toContain(`area-${theme}`);
    const overlays = style.layers.map((layer) => (layer.metadata as Record<string, unknown> | undefined)?.['binhyen:overlay']);
    for (const overlay of OVERLAYS) expect(overlays).toContain(overlay);
  });

  it.each(STYLES)('hold to the specification: %s', (_, style) => {
    expect(validateStyleMin(style as never)).toEqual([]);
  });

  it.each(STYLES)('draw every pattern that they name: %s', (_, style) => {
    const used = style.layers.flatMap((layer) => (layer.type === 'fill' && layer.paint?.['fill-pattern']) || []);
    expect(Object.keys(patternsOf(style)).sort()).toEqual([...new Set(used)].sort());
  });

  it('take no colour but from a palette', () => {
    const source = readFileSync(new URL('source/layers.mjs', FOLDER), 'utf8');
    expect(source.match(COLOUR)).toBeNull();
  });
});

describe('the level by zoom', () => {
  const style = STYLES[0]?.[1] as StyleSpecification;
  const all: Level[] = ['commune', 'district', 'province'];

  it('gets finer as the map comes nearer', () => {
    expect([5, 8, 10].map((zoom) => levelAt(style, all, zoom))).toEqual(['province', 'district', 'commune']);
  });

  it('is the next finer one where the edition lacks it', () => {
    expect(levelAt(style, ['commune', 'province'], 8)).toBe('commune');
  });

  it('is the commune where nothing is known', () => {
    expect(levelAt({ ...style, metadata: {} }, [], 3)).toBe('commune');
  });
});
