import { readFileSync } from 'node:fs';
import { createExpression, latest, validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import type { StyleSpecification } from 'maplibre-gl';
import { describe, expect, it } from 'vitest';
import type { AreaRow, Bounds, TileJson } from '../../src/api/types';
import { readableBounds, rounded } from '../../src/map/classes';
import { countRadius, mapStyle, fillColour, type MapContent, patternOf } from '../../src/map/map_style';
import { evaluate, type Expression, stepBounds, stepColours, withStepBounds } from '../../src/map/expression';
import { overState } from '../../src/map/following';
import { THEMES } from '../../src/view/view';
import { answer } from '../answers';

const styleOf = (name: string): StyleSpecification =>
  JSON.parse(readFileSync(new URL(`../../../styles/${name}.json`, import.meta.url), 'utf8')) as StyleSpecification;
const STYLES = ['light', 'dark', 'print', 'contrast'].map(styleOf);

const SAMPLES: Partial<AreaRow>[] = [
  { grade: 'A', reliability: 0.95, statutory: 'met', rate_smoothed: 12, model_density: 0.4, code: '' },
  { grade: 'C', reliability: 0.6, statutory: 'not_met', rate_smoothed: 150, model_density: 3, movement_grade: 'good' },
  { grade: 'E', reliability: 0.31, statutory: 'insufficient', rate_smoothed: 4000, model_density: 80, certified_share: 1 },
  { movement_grade: 'weak', code: '20335', certified_share: 0.7 },
  { grade: 'insufficient', reliability: 0.1 },
  { grade: 'suppressed' },
  { grade: 'none' },
  {},
];

function byTheLibrary(expression: Expression, properties: object): string {
  const parsed = createExpression(['to-color', expression], latest.paint_fill['fill-color'] as never);
  if (parsed.result !== 'success') throw new Error(JSON.stringify(parsed.value));
  return String(parsed.value.evaluate({ zoom: 9 } as never, { type: 'Polygon', properties } as never));
}

describe('the reader of style expressions', () => {
  it.each(THEMES)('gives every area the colour that the map gives it: %s', (theme) => {
    for (const style of STYLES)
      for (const properties of SAMPLES) {
        const expression = fillColour(style, theme, []);
        const read = evaluate(expression, properties);
        expect(byTheLibrary(expression, properties)).toBe(byTheLibrary(read, {}));
      }
  });

  it('interpolates the circles of the count layer so that area is proportional', () => {
    const layer = STYLES[0]?.layers.find((item) => item.id === 'count-circle');
    const radius = (incidents: number): number =>
      Number(evaluate((layer?.type === 'circle' ? layer.paint?.['circle-radius'] : null) as Expression, { incidents }));
    expect(radius(400) / radius(100)).toBeCloseTo(2, 9);
    expect(radius(0)).toBe(0);
  });

  it('refuses an expression that it does not know', () => {
    expect(() => evaluate(['heatmap-density'], {})).toThrow(/heatmap-density/);
  });
});

describe('classes', () => {
  it('have bounds that people can read', () => {
    expect([rounded(97), rounded(133), rounded(0.0172), rounded(0)]).toEqual([100, 120, 0.015, 0]);
  });

  it('rise, and are fewer when the values are', () => {
    const bounds = readableBounds([1, 5, 20, 80, 200, 320, 900, 1200], 5);
    expect(bounds).toEqual([...bounds].sort((a, b) => a - b));
    expect(bounds.length).toBe(4);
    expect(readableBounds([7, 7, 7], 5)).toEqual([]);
    expect(readableBounds([], 5)).toEqual([]);
  });

  it('keep the style’s colours, first to last', () => {
    const written: Expression = ['step', ['get', 'x'], 'a', 1, 'b', 2, 'c', 3, 'd', 4, 'e'];
    expect(withStepBounds(written, [10, 20, 30, 40])).toEqual(['step', ['get', 'x'], 'a', 10, 'b', 20, 'c', 30, 'd', 40, 'e']);
    expect(stepColours(withStepBounds(written, [10, 20]))).toEqual(['a', 'c', 'e']);
    expect(withStepBounds(['case', ['has', 'x'], written, 'none'], [])).toEqual(['case', ['has', 'x'], 'a', 'none']);
    expect(stepBounds(withStepBounds(written, [10, 20]))).toEqual([10, 20]);
  });
});

describe('the style of the map', () => {
  const content: MapContent = {
    tiles: answer<TileJson>({ tiles: ['/t/{z}/{x}/{y}'] }),
    level: 'district',
    theme: 'rate',
    overlays: ['models'],
    lang: 'en',
    selected: '502',
    edition: '2025-01',
    group: null,
    former: null,
    areas: [],
    clusters: { codes: [], labels: [] },
    groups: [{ id: 'giao_thong', categories: ['tai_nan_giao_thong', 'vi_pham_giao_thong'] }],
    hiddenGroups: [],
    density: null,
    pickedOut: [],
    anchors: [],
    letters: [],
    insets: [],
    isSeaTaken: false,
  };
  const drawn = mapStyle(STYLES[0] as StyleSpecification, content);
  const layer = (id: string): Record<string, unknown> & { layout?: { visibility?: string } } =>
    drawn.layers.find((item) => item.id === id) as never;

  it('shows one theme only, and the overlays asked for', () => {
    const visible = drawn.layers.filter((item) => item.layout?.visibility === 'visible').map((item) => item.id);
    expect(visible).toContain('area-rate');
    expect(visible).toContain('models');
    expect(visible.filter((id) => /^area-(grade|density|statutory|count)/.test(id))).toEqual([]);
    expect(visible).not.toContain('incidents');
  });

  it('leaves the sea without its name where a drawing lies on it', () => {
    const shown = (isSeaTaken: boolean): unknown =>
      mapStyle(STYLES[0] as StyleSpecification, { ...content, isSeaTaken }).layers.find(({ id }) => id === 'sea-name')?.layout
        ?.visibility;
    expect([shown(false), shown(true)]).toEqual(['visible', 'none']);
  });

  it('mutes all but the areas that were picked out, without any group', () => {
    const group = (pickedOut: string[]): { layout?: { visibility?: string }; filter?: unknown } =>
      mapStyle(STYLES[0] as StyleSpecification, { ...content, pickedOut }).layers.find(
        (item) => (item.metadata as Record<string, unknown> | undefined)?.['binhyen:group'] === true,
      ) as never;
    expect(group([]).layout?.visibility).toBe('none');
    expect(group(['502']).layout?.visibility).toBe('visible');
    expect(JSON.stringify(group(['502']).filter)).toContain('["literal",["502"]]');
  });

  it('reads the state of areas in the same paint properties whatever is shown', () => {
    const readsState = (value: unknown): boolean => JSON.stringify(value ?? null).includes('"feature-state"');
    const reading = (shown: Partial<MapContent>): string[] =>
      mapStyle(STYLES[0] as StyleSpecification, { ...content, ...shown }).layers.flatMap(({ id, paint = {} }) =>
        Object.entries(paint).flatMap(([name, value]) => (readsState(value) ? [`${id} ${name}`] : [])),
      );
    const all = reading({});
    expect(all).toContain('area-count fill-color');
    for (const theme of THEMES) expect(reading({ theme }), theme).toEqual(all);
    for (const shown of [{ pickedOut: ['502'] }, { group: 'do_thi' }, { selected: null }, { level: 'commune' as const }])
      expect(reading(shown), JSON.stringify(shown)).toEqual(all);
  });

  it('leaves out the groups of incidents that the reader hid', () => {
    const filterWith = (hiddenGroups: string[]): string =>
      JSON.stringify(
        mapStyle(STYLES[0] as StyleSpecification, { ...content, overlays: ['incidents'], hiddenGroups }).layers.find(
          ({ id }) => id === 'incidents',
        ),
      );
    expect(filterWith([])).not.toContain('"literal"');
    expect(filterWith(['giao_thong'])).toContain('["literal",["tai_nan_giao_thong","vi_pham_giao_thong"]]');
  });

  it('draws squares in their classes over points where there are some, and none otherwise', () => {
    const bounds: Bounds = [108, 15, 108.01, 15.01];
    const squares = [{ id: '1-2', bounds, count: 30, component: 'trat_tu' }];
    const overlays: MapContent['overlays'] = ['incidents'];
    const styled = (density: MapContent['density']): StyleSpecification =>
      mapStyle(STYLES[0] as StyleSpecification, { ...content, overlays, density });
    const fill = (style: StyleSpecification): { layout?: { visibility?: string }; paint?: Record<string, Expression> } =>
      style.layers.find(({ id }) => id === 'incident-density') as never;
    expect(fill(styled(null)).layout?.visibility).toBe('none');
    const shown = styled({ squares, bounds: [4, 9], picked: '1-2' });
    expect(fill(shown).layout?.visibility).toBe('visible');
    expect(stepBounds(fill(shown).paint?.['fill-color'] ?? null)).toEqual([4, 9]);
    const source = shown.sources['incident-density'] as { data: { features: { geometry: { type: string } }[] } };
    expect(source.data.features.map(({ geometry }) => geometry.type)).toEqual(['Polygon', 'Point']);
    const picked = shown.layers.find(({ id }) => id === 'incident-density-picked') as { filter?: unknown };
    expect(JSON.stringify(picked.filter)).toContain('"1-2"');
    expect(validateStyleMin(shown as never)).toEqual([]);
    // Circles of several incidents would jut out from under a square.
    const cells = (style: StyleSpecification): unknown =>
      (style.layers.find(({ id }) => id === 'incident-cells') as { paint?: Record<string, unknown> }).paint?.['circle-radius'];
    expect(cells(shown)).toBe(3);
    expect(cells(styled(null))).not.toBe(3);
  });

  it('draws counts of a few days large enough to be seen, and those of years as written', () => {
    const style = STYLES[0] as StyleSpecification;
    const row = (incidents: number | null): AreaRow => answer<AreaRow>({ incidents });
    const radius = (areas: AreaRow[], incidents: number): number => Number(evaluate(countRadius(style, areas), { incidents }));
    expect(radius([row(1), row(3), row(null)], 3)).toBeCloseTo(12, 6);
    // The area of a circle still grows with its count.
    expect(radius([row(1), row(3)], 1)).toBeCloseTo(12 / Math.sqrt(3), 6);
    expect(radius([row(400)], 100)).toBe(radius([], 100));
  });

  it('moves to the level', () => {
    expect(layer('area-rate')['source-layer']).toBe('districts');
    expect(JSON.stringify(layer('label-name')['filter'])).toContain('district');
    expect(layer('border-commune').layout?.visibility).toBe('none');
    expect(layer('border-province').layout?.visibility).toBe('visible');
  });

  it('points at the given tiles and speaks the language', () => {
    expect(drawn.sources['areas']).toMatchObject({ type: 'vector', tiles: ['/t/{z}/{x}/{y}'] });
    expect(JSON.stringify(layer('sea-name'))).toContain('EAST SEA');
  });

  it('lets one group stand out by paling the others', () => {
    const pale = (group: string | null): Record<string, unknown> & { layout?: { visibility?: string } } =>
      mapStyle(STYLES[0] as StyleSpecification, { ...content, group }).layers.find((item) => item.id === 'area-pale') as never;
    expect(pale(null).layout?.visibility).toBe('none');
    expect(pale('mien_nui').layout?.visibility).toBe('visible');
    expect(pale('mien_nui')['source-layer']).toBe('districts');
    expect(evaluate(pale('mien_nui')['filter'] as Expression, { peer_group: 'mien_nui' })).toBe(false);
    expect(evaluate(pale('mien_nui')['filter'] as Expression, { peer_group: 'do_thi' })).toBe(true);
  });

  it('marks the areas of clusters and says at the centre of each what it holds', () => {
    const clusters: MapContent['clusters'] = { codes: ['501', '502'], labels: [['502', 'Cluster 1']] };
    const marked = mapStyle(STYLES[0] as StyleSpecification, { ...content, theme: 'clusters', clusters });
    const found = (id: string): Record<string, unknown> & { layout?: Record<string, unknown> } =>
      marked.layers.find((item) => item.id === id) as never;
    expect(found('area-clusters')['filter']).toBeUndefined();
    for (const id of ['area-clusters-colour', 'area-clusters-members', 'cluster-line']) {
      expect(found(id)['filter']).toEqual(['in', ['get', 'code'], ['literal', ['501', '502']]]);
      expect(found(id).layout?.['visibility']).toBe('visible');
    }
    expect(found('label-cluster')['filter']).toEqual(['in', ['get', 'code'], ['literal', ['502']]]);
    expect(found('label-cluster').layout?.['text-field']).toEqual(['match', ['get', 'code'], '502', 'Cluster 1', '']);
    expect(layer('cluster-line').layout?.visibility).toBe('none');
  });

  it('names districts above communes only', () => {
    const named = (level: MapContent['level']): unknown =>
      mapStyle(STYLES[0] as StyleSpecification, { ...content, level }).layers.find((item) => item.id === 'label-district')?.layout
        ?.visibility;
    expect([named('commune'), named('district'), named('province')]).toEqual(['visible', 'none', 'none']);
  });

  it('draws former districts from tiles of their own, once those are known', () => {
    const former = answer<TileJson>({ tiles: ['/old/{z}/{x}/{y}'] });
    const dressedWith = (more: Partial<MapContent>): StyleSpecification =>
      mapStyle(STYLES[0] as StyleSpecification, { ...content, overlays: ['districts'], ...more });
    const border = (style: StyleSpecification): unknown =>
      style.layers.find((item) => item.id === 'border-former')?.layout?.visibility;
    expect(border(dressedWith({}))).toBe('none');
    expect(border(dressedWith({ former }))).toBe('visible');
    expect(dressedWith({ former }).sources['former']).toMatchObject({ tiles: former.tiles });
    expect(border(dressedWith({ former, overlays: [] }))).toBe('none');
  });

  it('names Kon Tum until it became part of Quảng Ngãi', () => {
    const shows = (edition: string, until: string): unknown => {
      const names = mapStyle(STYLES[0] as StyleSpecification, { ...content, edition }).layers.find(
        (item) => item.id === 'neighbour-provinces',
      );
      return evaluate((names as { filter?: unknown } | undefined)?.filter as Expression, { name: 'Kon Tum', until });
    };
    expect(shows('2025-01', '2025-07')).toBe(true);
    expect(shows('2025-07', '2025-07')).toBe(false);
  });
});

describe('what does not clearly differ from the common level', () => {
  const colourIn = (style: StyleSpecification, area: object): unknown => evaluate(fillColour(style, 'grade', []), area);
  const unclear = { difference: 'not_clearly_different', reliability: 0.9 };

  it.each(STYLES.map((style) => [style.name ?? '', style] as const))(
    'has one muted colour whatever its letter: %s',
    (_, style) => {
      const muted = colourIn(style, { grade: 'range', ...unclear });
      for (const grade of 'ABCDE') {
        expect(colourIn(style, { grade, ...unclear })).toBe(muted);
        expect(colourIn(style, { grade, reliability: 0.9, difference: 'higher' })).not.toBe(muted);
      }
      // A range says on which side it lies only where it clearly does.
      const sides = ['higher', 'lower'].map((difference) => colourIn(style, { grade: 'range', reliability: 0.9, difference }));
      expect(sides).toEqual(['D', 'B'].map((grade) => colourIn(style, { grade, reliability: 0.9 })));
      expect(colourIn(style, { grade: 'range' })).toBe(muted);
    },
  );

  it('stays apart from what is withheld and from what is not published', () => {
    const marks = (area: object): string[] =>
      STYLES.map((style) => `${String(colourIn(style, area))} ${patternOf(style, 'grade', area) ?? ''}`);
    const kinds = [{ grade: 'C', ...unclear }, { grade: 'insufficient' }, { grade: 'suppressed' }, { grade: 'none' }].map(marks);
    for (const [place] of STYLES.entries()) expect(new Set(kinds.map((of) => of[place])).size).toBe(kinds.length);
  });
});

describe('the hatching of an area', () => {
  const patternIn = (theme: MapContent['theme'], area: object): string | null =>
    patternOf(STYLES[0] as StyleSpecification, theme, area);

  it('tells that a number rests on little', () => {
    expect(patternIn('rate', { rate_smoothed: 90, reliability: 0.4 })).toBe('unsure');
    expect(patternIn('rate', { rate_smoothed: 90, reliability: 0.9 })).toBeNull();
  });

  it('tells that there is no number, and whether it is withheld', () => {
    expect(patternIn('rate', {})).toBe('hatch');
    expect(patternIn('grade', { grade: 'insufficient' })).toBe('dots');
    expect(patternIn('grade', { grade: 'suppressed' })).toBe('hatch');
    expect(patternIn('statutory', { statutory: 'insufficient' })).toBe('dots');
    expect(patternIn('movement', {})).toBe('dots');
    expect(patternIn('density', {})).toBeNull();
  });
});

describe('a layer that follows newer numbers', () => {
  it('lets an absent count count as none, whether in the tile or in the state', () => {
    const followed = overState(['coalesce', ['get', 'incidents'], 0]);
    const parsed = createExpression(['sqrt', followed] as never, latest.paint_circle['circle-radius'] as never);
    if (parsed.result !== 'success') throw new Error(JSON.stringify(parsed.value));
    const radius = (properties: object, state: object): unknown =>
      parsed.value.evaluate({ zoom: 9 } as never, { type: 'Point', properties } as never, state as never);
    expect(radius({ incidents: 16 }, {})).toBe(4);
    expect(radius({}, {})).toBe(0);
    expect(radius({ incidents: 16 }, { painted: true, incidents: 9 })).toBe(3);
    expect(radius({ incidents: 16 }, { painted: true, incidents: null })).toBe(0);
  });
});
