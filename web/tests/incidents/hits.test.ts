import { readFileSync } from 'node:fs';
import type { Map as MapLibre, Point, StyleSpecification } from 'maplibre-gl';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hitOf, incidentAt, isSameHit } from '../../src/map/incidents/hits';
import { evaluate, type Expression } from '../../src/map/expression';
import { withGroups } from '../../src/map/map_style';

const style = JSON.parse(readFileSync(new URL('../../../styles/light.json', import.meta.url), 'utf8')) as StyleSpecification;

describe('what lies under a point of the map', () => {
  beforeEach(() => void vi.stubGlobal('matchMedia', () => ({ matches: false })));
  afterEach(() => void vi.unstubAllGlobals());

  const feature = (kind: string, coordinates: unknown, more: object = {}): Parameters<typeof hitOf>[0] => ({
    geometry: { type: kind === 'square' ? 'Polygon' : 'Point', coordinates },
    properties: { kind, count: 1, ...more },
  });
  /** A map that shows `features` and projects a degree to a hundred pixels. */
  const mapOf = (features: object[]): MapLibre =>
    ({
      getLayer: () => ({}),
      getLayoutProperty: () => 'visible',
      queryRenderedFeatures: () => features,
      project: ([x, y]: [number, number]) => ({ x: x * 100, y: y * 100 }),
    }) as unknown as MapLibre;

  it('is the nearest single incident, with what its tile tells', () => {
    const far = feature('incident', [1.03, 1], { id: 'far' });
    const near = feature('incident', [1.01, 1], { id: 'near', severity: 4, category: 'chay', time: '2025-01-01T00:00:00+07:00' });
    const hit = incidentAt(mapOf([far, near]), { x: 100, y: 100 } as Point);
    expect(hit).toMatchObject({ kind: 'incident', id: 'near', severity: 4, category: 'chay', at: [1.01, 1], precision: null });
  });

  it('is the middle of a square, and no id of several', () => {
    const ring = [[0, 0], [2, 0], [2, 4], [0, 4], [0, 0]]; // prettier-ignore
    expect(hitOf(feature('square', [ring], { count: 7, id: 'x' }))).toMatchObject({
      kind: 'square',
      at: [1, 2],
      count: 7,
      id: null,
    });
  });

  it('is a square that can be opened as long as it is drawn, whatever lies below', () => {
    const sides = { id: '3-4', west: 1, south: 1, east: 1.5, north: 1.5, component: 'chay_no', count: 12 };
    const square = feature('square', [], sides);
    const single = feature('incident', [1.2, 1.2], { id: 'one' });
    const at = (zoom: number): ReturnType<typeof incidentAt> => {
      const map = { ...mapOf([single, square]), getZoom: () => zoom } as unknown as MapLibre;
      return incidentAt(map, { x: 120, y: 120 } as Point);
    };
    const expected = { kind: 'square', id: '3-4', at: [1.25, 1.25], count: 12 };
    expect(at(12)).toMatchObject({ ...expected, square: { bounds: [1, 1, 1.5, 1.5], component: 'chay_no' } });
    expect(at(13)).toMatchObject({ kind: 'incident', id: 'one' });
  });

  it('is the same as another by its id, several by their place', () => {
    const hit = (kind: string, at: number[], id: string): ReturnType<typeof hitOf> =>
      hitOf({ geometry: { type: 'Point', coordinates: at }, properties: { kind, id } });
    expect(isSameHit(hit('incident', [1, 1], 'a'), hit('incident', [1.0001, 1], 'a'))).toBe(true);
    expect(isSameHit(hit('incident', [1, 1], 'a'), hit('incident', [1, 1], 'b'))).toBe(false);
    expect(isSameHit(hit('cell', [1, 1], ''), hit('cell', [1, 2], ''))).toBe(false);
    expect(isSameHit(null, null)).toBe(false);
  });

  it('is nothing where nothing is, or where a feature is of another kind', () => {
    expect(incidentAt(mapOf([]), { x: 0, y: 0 } as Point)).toBeNull();
    expect(hitOf(feature('model', [1, 1]))).toBeNull();
  });
});

describe('the colours of single incidents', () => {
  const layer = style.layers.find(({ id }) => id === 'incidents');
  const written = (layer?.type === 'circle' ? layer.paint?.['circle-color'] : null) as Expression;
  const groups = [
    { id: 'trat_tu', categories: ['trom_cap', 'giet_nguoi'] },
    { id: 'chay_no', categories: ['chay'] },
    { id: 'rieng', categories: ['moi'] },
  ];

  it('are those of the groups that the categories belong to', () => {
    const drawn = withGroups(written, groups);
    const colour = (category: string): unknown => evaluate(drawn, { category });
    expect(colour('giet_nguoi')).toBe(evaluate(written, { category: 'trat_tu' }));
    expect(colour('chay')).toBe(evaluate(written, { category: 'chay_no' }));
    expect(colour('chay')).not.toBe(colour('trom_cap'));
    // A group that the style does not know has the colour of all others.
    expect(colour('moi')).toBe(evaluate(written, { category: 'không có' }));
  });
});
