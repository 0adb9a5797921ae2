/**
 * The insets beside the map: drawn from the shapes of the areas in the colours of the map, so that they need no second one.
 * Pressing an area selects it. For assistive technology the same areas stand on the map, in the table and in the search.
 */

import type { LineLayerSpecification } from 'maplibre-gl';
import type { AreaRow, Bounds } from '../../api/types';
import type { PlacedInset } from '../../map/inset_places';
import { pathIn, type Shape } from '../../map/insets';
import { evaluate } from '../../map/expression';
import { COUNT_LAYER, countRadius, patternOf } from '../../map/map_style';
import { patternsOf } from '../../map/patterns';
import type { Position } from '../../view/find/neighbours';
import { bareName } from '../../view/find/search';
import { isLetter } from '../../view/text/sentence';
import { valueText } from '../../view/text/values';
import { type Drawn, element } from '../elements/element';
import { circleColour } from '../legend/figures';
import { classedAreas, colourOf, patternAddress, type Scene } from '../scene';

/** What is drawn: the insets, the shapes of all areas, and their rows as the map colours them. */
export interface InsetDrawing {
  insets: PlacedInset[];
  shapes: Shape[];
  rows: AreaRow[];
  /** The names that the map itself shows, and where: an inset is called by those it holds. */
  known: readonly { name: string; at: Position }[];
}

const NAMED = 2;

function lineColour(scene: Scene, id: string): string | null {
  const layer = scene.style.layers.find((item) => item.id === id);
  const colour = layer?.type === 'line' ? (layer.paint as LineLayerSpecification['paint'])?.['line-color'] : null;
  return typeof colour === 'string' ? colour : null;
}

function waterColour(scene: Scene): string | null {
  const layer = scene.style.layers.find(({ type }) => type === 'background');
  const colour = layer?.type === 'background' ? layer.paint?.['background-color'] : null;
  return typeof colour === 'string' ? colour : null;
}

/** The patterns of the style as SVG has them; only those that an inset uses. */
function patternDefinitions(scene: Scene, inset: string, ids: string[]): Drawn {
  const patterns = [...new Set(ids)].map((id) => {
    const side = patternsOf(scene.style)[id]?.spacing_px ?? 8;
    const picture = element('image', { href: patternAddress(scene, id), width: side, height: side });
    return element('pattern', { id: `${inset}-${id}`, width: side, height: side, patternUnits: 'userSpaceOnUse' }, picture);
  });
  return element('defs', {}, ...patterns);
}

function areaPart(scene: Scene, name: string, area: AreaRow, d: string): Drawn {
  const { theme } = scene.view;
  const pattern = patternOf(scene.style, theme, area);
  const text = `${area.name}: ${valueText(area, theme, scene)}`;
  return element(
    'g',
    { 'data-code': area.code, click: () => scene.change({ area: area.code }) },
    element('title', {}, text),
    element('path', { d, fill: colourOf(scene, theme, area), stroke: lineColour(scene, 'border-commune'), 'stroke-width': 1 }),
    pattern && element('path', { d, fill: `url(#${name}-${pattern})`, 'pointer-events': 'none' }),
  );
}

/** The middle of the box around an area, where its letter or name stands. */
function middleOf(d: string): { x: number; y: number; width: number } {
  const numbers = [...d.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);
  const [xs, ys] = [numbers.map(([x]) => x), numbers.map(([, y]) => y)];
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  return { x: (left + right) / 2, y: (Math.min(...ys) + Math.max(...ys)) / 2, width: right - left };
}

const LETTER_PX = 7.4;

/** The circles of the count, as large as on the map. */
function circlesPart(scene: Scene, drawn: { area: AreaRow; d: string }[]): Drawn | null {
  if (scene.view.theme !== 'count') return null;
  const radius = countRadius(scene.style, classedAreas(scene));
  const circles = drawn.map(({ area, d }) => {
    const { x, y } = middleOf(d);
    const r = Number(evaluate(radius, area));
    return element('circle', { cx: x, cy: y, r, fill: circleColour(scene, COUNT_LAYER), 'fill-opacity': 0.82 });
  });
  return element('g', { 'pointer-events': 'none' }, ...circles);
}

function wordsPart(scene: Scene, area: AreaRow, d: string): Drawn | null {
  const { x, y, width } = middleOf(d);
  const name = bareName(area.name);
  const letter = scene.view.theme === 'grade' && isLetter(area.grade) ? area.grade : '';
  const words = name.length * LETTER_PX < width ? name : '';
  if (letter === '' && words === '') return null;
  const line = (text: string, dy: number, kind: string): Drawn =>
    element('text', { x, y: y + dy, class: kind, 'text-anchor': 'middle', 'pointer-events': 'none' }, text);
  return element(
    'g',
    {},
    letter !== '' && line(letter, words === '' ? 5 : -2, 'letter'),
    words !== '' && line(words, letter === '' ? 5 : 13, 'name'),
  );
}

function isWithin([lon, lat]: Position, [west, south, east, north]: Bounds): boolean {
  return lon > west && lon < east && lat > south && lat < north;
}

function drawingOf(scene: Scene, inset: PlacedInset, { shapes, rows }: InsetDrawing): Drawn {
  const name = `inset-${inset.corner}`;
  const byCode = new Map(rows.map((row) => [row.code, row]));
  const isSeen = (at: Position): boolean => isWithin(at, inset.bounds);
  const seen = shapes.filter(({ code, rings }) => inset.codes.includes(code) || rings.flat().some(isSeen));
  const drawn = seen.flatMap(({ code, rings }) => {
    const area = byCode.get(code);
    const d = rings.map((ring) => pathIn(ring, inset.bounds, inset.size)).join('');
    return area && d !== '' ? [{ area, d }] : [];
  });
  const inside = drawn.filter(({ area }) => inset.codes.includes(area.code));
  const selected = drawn.find(({ area }) => area.code === scene.view.area);
  const ids = drawn.flatMap(({ area }) => patternOf(scene.style, scene.view.theme, area) ?? []);
  const { width, height } = inset.size;
  return element(
    'svg',
    { width, height, viewBox: `0 0 ${width} ${height}` },
    patternDefinitions(scene, name, ids),
    element('rect', { width, height, fill: waterColour(scene) }),
    ...drawn.map(({ area, d }) => areaPart(scene, name, area, d)),
    circlesPart(scene, drawn),
    selected && outlinePart(scene, selected.d),
    ...inside.map(({ area, d }) => wordsPart(scene, area, d)),
  );
}

function outlinePart(scene: Scene, d: string): Drawn {
  const line = (id: string, width: number): Drawn =>
    element('path', { d, fill: 'none', stroke: lineColour(scene, id), 'stroke-width': width, 'pointer-events': 'none' });
  return element('g', {}, line('area-selected-casing', 5), line('area-selected', 2.4));
}

/** The insets, each a drawing under the names that it holds. */
export function insetParts(scene: Scene, drawing: InsetDrawing): Drawn[] {
  return drawing.insets.map((inset) => {
    const names = drawing.known.filter(({ at }) => isWithin(at, inset.bounds)).map(({ name }) => name);
    return element(
      'figure',
      { class: 'inset', 'data-corner': inset.corner, style: { left: `${inset.box.left}px`, top: `${inset.box.top}px` } },
      element('figcaption', {}, names.slice(0, NAMED).join(' – ')),
      drawingOf(scene, inset, drawing),
    );
  });
}
