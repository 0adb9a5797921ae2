import { readFileSync } from 'node:fs';
import { createExpression, latest } from '@maplibre/maplibre-gl-style-spec';
import type { LayerSpecification, StyleSpecification } from 'maplibre-gl';
import { describe, expect, it } from 'vitest';
import { densityLayer, densitySource, DOT_PX, isDense, mostApart } from '../../src/map/incidents/density';
import { classBounds, countTexts, squareOf } from '../../src/parts/incidents/dense';
import type { CellFeature } from '../../src/api/incidents';
import { answer } from '../answers';

const style = JSON.parse(readFileSync(new URL('../../../styles/light.json', import.meta.url), 'utf8')) as StyleSpecification;
const layer = (id: string): LayerSpecification => style.layers.find((item) => item.id === id) as LayerSpecification;
const square = (count: number): { id: string; bounds: [number, number, number, number]; count: number; component: null } => ({
  ...{ id: `${count}`, bounds: [108, 15, 108.01, 15.01], count, component: null },
});

describe('the rule of the squares', () => {
  it('reckons with dots as the style draws them', () => {
    const radius = (layer('incidents') as { paint?: Record<string, unknown> }).paint?.['circle-radius'];
    const parsed = createExpression(radius as never, latest.paint_circle['circle-radius'] as never);
    if (parsed.result !== 'success') throw new Error(JSON.stringify(parsed.value));
    for (const [zoom, px] of DOT_PX)
      expect(parsed.value.evaluate({ zoom } as never, { type: 'Point', properties: { severity: 2 } } as never)).toBeCloseTo(
        px,
        9,
      );
  });

  it('draws every square up to zoom 10, and fewer the closer the map comes', () => {
    expect([5, 9, 10].map(mostApart)).toEqual([0, 0, 0]);
    // By hand at zoom 12: a side of 54.33 px and dots of 3.8 px: ln 2 · 54.33² / (4 π · 3.8²) = 11.28.
    expect(mostApart(12)).toBe(11);
    const limits = [11, 12, 13, 14, 15, 16].map(mostApart);
    expect(limits).toEqual([...limits].sort((a, b) => a - b));
    expect([isDense(11, 12), isDense(12, 12), isDense(12, 12.4), isDense(12, 12.6)]).toEqual([false, true, true, false]);
  });

  it('passes from square to points within one zoom', () => {
    const drawn = densityLayer(layer('incident-density'), { squares: [], bounds: [4], picked: null });
    const paint = (drawn as { paint?: Record<string, unknown> }).paint;
    const parsed = createExpression(paint?.['fill-opacity'] as never, latest.paint_fill['fill-opacity'] as never);
    if (parsed.result !== 'success') throw new Error(JSON.stringify(parsed.value));
    const opacity = (zoom: number, count: number): number =>
      Number(parsed.value.evaluate({ zoom } as never, { type: 'Polygon', properties: { count } } as never));
    const most = opacity(8, 1);
    expect(most).toBeGreaterThan(0.9);
    expect([opacity(12, 12), opacity(12.4, 12), opacity(12.6, 12), opacity(16, 12)]).toEqual([most, most, 0, 0]);
    expect(opacity(12.5, 12)).toBeCloseTo(most / 2, 6);
    for (const zoom of [11.2, 11.8, 12.3, 12.7, 13.1])
      for (const count of [3, 8, 12, 30, 90])
        expect(opacity(zoom, count) > most / 2, `${zoom} ${count}`).toBe(isDense(count, zoom));
  });
});

describe('the squares of an answer', () => {
  it('have the sides of their ring', () => {
    const ring = [
      [108, 15],
      [108.01, 15],
      [108.01, 15.02],
      [108, 15.02],
      [108, 15],
    ];
    const feature = answer<CellFeature>({
      ...{ id: '3-4', geometry: { type: 'Polygon', coordinates: [ring] }, properties: { count: 7, main_component: 'chay_no' } },
    });
    expect(squareOf(feature)).toEqual({ id: '3-4', bounds: [108, 15, 108.01, 15.02], count: 7, component: 'chay_no' });
    expect(squareOf({ ...feature, geometry: { type: 'Polygon', coordinates: [] } })).toBeNull();
  });

  it('give the same source as long as they are the same', () => {
    const squares = [square(3)];
    const density = { squares, bounds: [], picked: null };
    expect(densitySource({ ...density, picked: '3' })).toBe(densitySource(density));
    expect(densitySource({ ...density, squares: [square(3)] })).not.toBe(densitySource(density));
  });

  it('fall into classes of whole numbers', () => {
    // Equal steps of the logarithm: 19 to the powers of 1/5, 2/5, … is 1.8, 3.2, 5.9, 10.5.
    expect(classBounds([1, 1, 1, 1, 2, 5, 19].map(square))).toEqual([2, 3, 6, 10]);
    expect(classBounds([1, 1, 2].map(square))).toEqual([2]);
    expect(classBounds([1, 1].map(square))).toEqual([]);
    expect(classBounds([])).toEqual([]);
    expect(countTexts([2, 5, 20], String)).toEqual(['1', '2–4', '5–19', '≥ 20']);
    expect(countTexts([], String)).toEqual(['≥ 1']);
  });
});
