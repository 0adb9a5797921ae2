import { readFileSync } from 'node:fs';
import type { StyleSpecification } from 'maplibre-gl';
import { describe, expect, it } from 'vitest';
import type { AreaRow, Bounds, Meta, Ratings } from '../../src/api/types';
import { messagesIn } from '../../src/i18n/messages';
import { numbersIn } from '../../src/i18n/numbers';
import { farSeaOf } from '../../src/map/far_sea';
import { placedInsets, type PlacedInset } from '../../src/map/inset_places';
import { insetsOf, islandPathIn, type Shape } from '../../src/map/insets';
import { insetParts } from '../../src/parts/map/insets';
import type { Drawn } from '../../src/parts/elements/element';
import type { Scene } from '../../src/parts/scene';
import type { Language } from '../../src/view/view';
import { answer } from '../answers';
import { square } from './shapes';

const STYLES = new URL('../../../styles/', import.meta.url);
const styleOf = (scheme: string): StyleSpecification =>
  JSON.parse(readFileSync(new URL(`${scheme}.json`, STYLES), 'utf8')) as StyleSpecification;
const style = styleOf('light');
const SEA: Bounds = farSeaOf(style)?.bounds ?? [0, 0, 0, 0];

const MAINLAND = square('mainland', 107, 15, 1);
const HOANG_SA = square('hoang-sa', 111.6, 16.5, 0.02);
const SMALL = [0, 1, 2].flatMap((column) =>
  [0, 1].map((row) => square(`s${column}${row}`, 107.4 + column * 0.03, 15.4 + row * 0.03, 0.03)),
);
const BEYOND = square('beyond', 119, 16, 0.1);
const EXTENT = { bounds: [107, 15, 108, 16] as Bounds, outline: MAINLAND.rings };
const ROOMY = { width: 1200, height: 700 };
const TOOLS = { left: 1152, top: 12, right: 1188, bottom: 120 };
const FREE = { belowPx: 0, boxes: [TOOLS] };

const kindsOn = (size: typeof ROOMY, shapes = [MAINLAND], boxes = [TOOLS]): string[] =>
  placedInsets(shapes, EXTENT, size, { belowPx: 0, boxes }, SEA).map(({ kind }) => kind);

describe('the sea with the islands far out', () => {
  it('has its names, its islands and the box around them from every style', () => {
    for (const scheme of ['light', 'dark', 'contrast', 'print']) {
      const sea = farSeaOf(styleOf(scheme));
      expect(sea?.name).toEqual({ vi: 'BIỂN ĐÔNG', en: 'EAST SEA' });
      expect(sea?.archipelagos.map(({ name }) => name.vi)).toEqual([
        'Quần đảo Hoàng Sa (Việt Nam)',
        'Quần đảo Trường Sa (Việt Nam)',
      ]);
      const [west, south, east, north] = sea?.bounds ?? [0, 0, 0, 0];
      for (const [lon, lat] of [...(sea?.islands ?? []), ...(sea?.archipelagos ?? []).map(({ at }) => at)])
        expect(lon > west && lon < east && lat > south && lat < north).toBe(true);
    }
  });

  it('is none where the style has no islands', () => {
    expect(farSeaOf({ version: 8, sources: {}, layers: [] })).toBeNull();
    expect(farSeaOf({ ...style, sources: { ...style.sources, islands: { type: 'geojson', data: 'elsewhere' } } })).toBeNull();
  });

  it('takes the areas that lie in it, and leaves others to an inset of their own', () => {
    const [far, sea, ...more] = insetsOf([MAINLAND, HOANG_SA, BEYOND], EXTENT.bounds, 2000, SEA);
    expect(far).toMatchObject({ kind: 'far', codes: ['beyond'] });
    expect(sea).toMatchObject({ kind: 'sea', bounds: SEA, codes: ['hoang-sa'], closest: { codes: ['hoang-sa'] } });
    expect(more).toEqual([]);
    expect(insetsOf([MAINLAND], EXTENT.bounds, 2000, SEA)).toEqual([{ kind: 'sea', bounds: SEA, codes: [] }]);
  });

  it('is not drawn beside a map that shows it, nor without a style that has it', () => {
    const country: Bounds = [102, 8, 118, 23];
    expect(insetsOf([MAINLAND, HOANG_SA], country, 50, SEA)).toEqual([]);
    expect(insetsOf([MAINLAND, HOANG_SA], EXTENT.bounds, 2000)).toMatchObject([{ kind: 'far', codes: ['hoang-sa'] }]);
  });
});

describe('the inset of the sea', () => {
  it('stands over the sea in the east, below the buttons or beside them', () => {
    const [below] = placedInsets([MAINLAND], EXTENT, ROOMY, FREE, SEA);
    expect(below).toMatchObject({ kind: 'sea', corner: 'north-east' });
    expect(below?.box.top).toBeGreaterThan(TOOLS.bottom);
    const legend = { left: 900, top: 300, right: 1188, bottom: 690 };
    const [beside] = placedInsets([MAINLAND], EXTENT, ROOMY, { ...FREE, boxes: [legend, TOOLS] }, SEA);
    expect(beside).toMatchObject({ kind: 'sea', corner: 'north' });
    expect(beside?.box.right).toBeLessThan(TOOLS.left);
  });

  it('needs a wide map, yet not so wide as small areas do', () => {
    expect(kindsOn({ width: 600, height: 820 }, [MAINLAND, ...SMALL], [])).toEqual(['sea']);
    expect(kindsOn({ width: 540, height: 820 }, [MAINLAND, ...SMALL], [])).toEqual([]);
  });

  it('gives way to the areas in it, and both to the map, where there is no room', () => {
    const low = { width: 900, height: 220 };
    expect(kindsOn(low)).toEqual([]);
    expect(kindsOn(low, [MAINLAND, HOANG_SA])).toEqual(['far']);
    const everything = { left: 0, top: 0, right: 1200, bottom: 700 };
    expect(kindsOn(ROOMY, [MAINLAND, HOANG_SA], [everything])).toEqual([]);
  });

  it('leaves dense insets their room', () => {
    const placed = placedInsets([MAINLAND, ...SMALL], EXTENT, ROOMY, FREE, SEA);
    expect(placed.map(({ kind }) => kind)).toEqual(['dense', 'sea']);
    const [alone] = placedInsets([MAINLAND, ...SMALL], EXTENT, ROOMY, FREE);
    expect(placed[0]).toEqual(alone);
  });

  it('takes the place of a further dense inset where both have none', () => {
    const cluster = (at: number): Shape[] =>
      [0, 1, 2].flatMap((x) => [0, 1].map((y) => square(`${at}-${x}${y}`, at + x * 0.04, 1 + y * 0.04, 0.04)));
    // The land fills the upper half; below it there is room for two, side by side, and none elsewhere.
    const extent = { bounds: [0, 0.9, 4, 1.9] as Bounds, outline: [] };
    const shapes = [...cluster(1), ...cluster(2.6), square('large', 0, 1.2, 0.7)];
    const kinds = (height: number, sea?: Bounds): string[] =>
      placedInsets(shapes, extent, { width: 1000, height }, { belowPx: 0, boxes: [] }, sea).map(({ kind }) => kind);
    expect(kinds(560)).toEqual(['dense', 'dense']);
    expect(kinds(560, SEA)).toEqual(['dense', 'sea']);
    expect(kinds(600, SEA), 'room for all').toEqual(['dense', 'dense', 'sea']);
    expect(kinds(480, SEA), 'no room for the sea').toEqual(['dense', 'dense']);
  });

  it('draws islands large enough to be seen, and none of them twice', () => {
    const size = { width: 100, height: 100 };
    const [island = [], other = []] = [...square('', 0.5, 0.5, 0.001).rings, ...square('', 0.501, 0.5, 0.001).rings];
    const discs = islandPathIn([island, other], [0, 0, 1, 1], size, 5);
    expect(discs.match(/M/g)).toHaveLength(1);
    const xs = [...discs.matchAll(/([\d.]+) [\d.]+/g)].map(([, x]) => Number(x));
    expect(Math.max(...xs) - Math.min(...xs)).toBeCloseTo(5);
    expect(islandPathIn(square('', 0, 0, 1).rings, [0, 0, 1, 1], size, 5)).toBe('M0.0 100.0L100.0 100.0L100.0 0.0L0.0 0.0Z');
    expect(islandPathIn([[]], [0, 0, 1, 1], size, 5)).toBe('');
  });
});

/** The scene as far as an inset reads it; `changed` collects what is pressed. */
function sceneIn(lang: Language, rows: AreaRow[], changed: unknown[] = []): Scene {
  const view = answer<Scene['view']>({ lang, theme: 'grade', area: null });
  const change = (to: unknown): void => void changed.push(to);
  const ratings = answer<Ratings>({ areas: rows });
  const meta = answer<Meta>({ attributes: { area: [] } });
  return {
    style,
    view,
    meta,
    ratings,
    run: null,
    messages: messagesIn(lang),
    numbers: numbersIn(lang),
    change,
  } as unknown as Scene;
}

type Props = { children?: unknown; class?: string; onclick?: () => void } & Record<string, unknown>;
const propsOf = (drawn: Drawn): Props => drawn.props as Props;

/** An element and all below it. */
function allIn(drawn: unknown): Drawn[] {
  if (Array.isArray(drawn)) return drawn.flatMap(allIn);
  if (drawn === null || typeof drawn !== 'object') return [];
  return [drawn as Drawn, ...allIn(propsOf(drawn as Drawn).children)];
}

const saidIn = (lang: Language, part: string, codes: string[] = []): string[] =>
  allIn(figureIn(lang, codes))
    .filter(({ type, props }) => type === part && typeof (props as Props).children === 'string')
    .map((drawn) => String(propsOf(drawn).children));

function figureIn(lang: Language, codes: string[], changed: unknown[] = []): Drawn[] {
  const rows = codes.map((code) => answer<AreaRow>({ code, name: 'Đặc khu Hoàng Sa', grade: 'B', reliability: 1 }));
  const inset: PlacedInset = {
    ...{ kind: 'sea', bounds: SEA, codes, corner: 'north-east', size: { width: 150, height: 218 } },
    box: { left: 0, top: 0, right: 152, bottom: 220 },
  };
  return insetParts(sceneIn(lang, rows, changed), { insets: [inset], shapes: [MAINLAND, HOANG_SA], rows, known: [] });
}

describe('the drawing of the sea', () => {
  it('names both archipelagos and the sea in the language of the page, for eyes and for ears', () => {
    expect(saidIn('vi', 'tspan')).toEqual(['Quần đảo Hoàng Sa', '(Việt Nam)', 'Quần đảo Trường Sa', '(Việt Nam)']);
    expect(saidIn('en', 'tspan')).toEqual(['Hoàng Sa Archipelago', '(Việt Nam)', 'Trường Sa Archipelago', '(Việt Nam)']);
    expect(saidIn('vi', 'text')).toEqual(['BIỂN ĐÔNG']);
    expect(saidIn('en', 'figcaption')).toEqual(['EAST SEA: Hoàng Sa Archipelago (Việt Nam), Trường Sa Archipelago (Việt Nam)']);
    expect(figureIn('vi', []).map((figure) => propsOf(figure)['aria-hidden'])).toEqual([null]);
  });

  it('has a dot for each island of the style, and no area where the edition has none there', () => {
    const drawn = allIn(figureIn('vi', []));
    expect(drawn.filter(({ type }) => type === 'circle')).toHaveLength(farSeaOf(style)?.islands.length ?? NaN);
    expect(drawn.filter((part) => propsOf(part)['data-code'] !== undefined)).toEqual([]);
  });

  it('has the areas that lie there in their own colours, with their letters, and pressing one selects it', () => {
    const changed: unknown[] = [];
    const drawn = allIn(figureIn('vi', ['hoang-sa'], changed));
    const area = drawn.find((part) => propsOf(part)['data-code'] === 'hoang-sa');
    expect(allIn(area).some((part) => propsOf(part)['fill'] === '#8cc5b8')).toBe(true);
    expect(saidIn('vi', 'text', ['hoang-sa'])).toEqual(['BIỂN ĐÔNG', 'B']);
    expect(saidIn('vi', 'title', ['hoang-sa'])[0]).toMatch(/^Đặc khu Hoàng Sa: /);
    if (area) propsOf(area).onclick?.();
    expect(changed).toEqual([{ area: 'hoang-sa' }]);
  });
});
