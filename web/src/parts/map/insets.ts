/**
 * The insets beside the map: drawn from the shapes of the areas in the colours of the map, so that they need no second one.
 * Pressing an area selects it. For assistive technology the same areas stand on the map, in the table and in the search.
 */

import type { AreaRow } from '../../api/types';
import type { Box } from '../../map/framing';
import { type FarSea, farSeaOf } from '../../map/far_sea';
import type { PlacedInset } from '../../map/inset_places';
import { islandPathIn, isWithin, pathIn, type Shape } from '../../map/insets';
import { evaluate } from '../../map/expression';
import { COUNT_LAYER, countRadius, patternOf } from '../../map/map_style';
import { type Pattern, patternsOf } from '../../map/patterns';
import type { Position } from '../../view/find/neighbours';
import { bareName } from '../../view/find/names';
import { isLetter } from '../../view/text/sentence';
import { valueText } from '../../view/text/values';
import { type Drawn, element } from '../elements/element';
import { circleColour } from '../legend/figures';
import { classedAreas, colourOf, type Scene } from '../scene';
import { archipelagoNames, islandDots, LEAST_ISLAND_PX, seaLabel, seaName, targetAround } from './far_sea';
import { paintOf } from './paint';

/** What is drawn: the insets, the shapes of all areas, and their rows as the map colours them. */
export interface InsetDrawing {
  insets: PlacedInset[];
  shapes: Shape[];
  rows: AreaRow[];
  /** The names that the map itself shows, and where: an inset is called by those it holds. */
  known: readonly { name: string; at: Position }[];
}

/** An area with its outline as SVG has it. */
interface DrawnArea {
  area: AreaRow;
  d: string;
}

const NAMED = 2;
/** A narrower inset has room for one name. */
const WIDE_PX = 180;
const FRAME_PX = 2;

/** What the patterns of an inset are called by. */
function nameOf(corner: string): string {
  return `inset-${corner}`;
}

/** One square of a pattern, as the map's own: dots, or a parallel with its neighbours, so that the corners join up. */
function patternPicture({ kind, ink, spacing_px: side, width_px }: Pattern): Drawn {
  if (kind === 'dots') return element('circle', { cx: side / 2, cy: side / 2, r: width_px / 2, fill: ink });
  const parallels = [-side, 0, side].map((shift) => `M${shift - side} ${side * 2}L${shift + side * 2} ${-side}`);
  return element('path', { d: parallels.join(''), fill: 'none', stroke: ink, 'stroke-width': width_px * 0.7 });
}

/** The patterns of the style as SVG has them; only those that an inset uses. */
function patternDefinitions(scene: Scene, inset: string, ids: string[]): Drawn {
  const known = patternsOf(scene.style);
  const patterns = [...new Set(ids)].flatMap((id) => {
    const pattern = known[id];
    if (!pattern) return [];
    const side = pattern.spacing_px;
    const square = { id: `${inset}-${id}`, width: side, height: side, patternUnits: 'userSpaceOnUse' };
    return [element('pattern', square, patternPicture(pattern))];
  });
  return element('defs', {}, ...patterns);
}

function areaPart(scene: Scene, { kind, corner }: PlacedInset, { area, d }: DrawnArea): Drawn {
  const { theme } = scene.view;
  const pattern = patternOf(scene.style, theme, area);
  const text = `${area.name}: ${valueText(area, theme, scene)}`;
  // Islands have the sea around them, as the whole province has.
  const line = paintOf(scene, kind === 'dense' ? 'border-commune' : 'border-province', 'line-color');
  return element(
    'g',
    { 'data-code': area.code, click: () => scene.change({ area: area.code }) },
    element('title', {}, text),
    kind !== 'dense' && targetAround(boxOf(d)),
    element('path', { d, fill: colourOf(scene, theme, area), stroke: line, 'stroke-width': 1 }),
    pattern && element('path', { d, fill: `url(#${nameOf(corner)}-${pattern})`, 'pointer-events': 'none' }),
  );
}

/** The box around an area as it is drawn. */
function boxOf(d: string): Box {
  const numbers = [...d.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);
  const [xs, ys] = [numbers.map(([x]) => x), numbers.map(([, y]) => y)];
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}

const LETTER_PX = 7.4;
const LINE_PX = 13;

/** The circles of the count, as large as on the map. */
function circlesPart(scene: Scene, drawn: DrawnArea[]): Drawn | null {
  if (scene.view.theme !== 'count') return null;
  const radius = countRadius(scene.style, classedAreas(scene));
  const circles = drawn.map(({ area, d }) => {
    const { left, right, top, bottom } = boxOf(d);
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    const r = Number(evaluate(radius, area));
    return element('circle', { cx: x, cy: y, r, fill: circleColour(scene, COUNT_LAYER), 'fill-opacity': 0.82 });
  });
  return element('g', { 'pointer-events': 'none' }, ...circles);
}

/** Letter and name of an area, and where they stand. */
interface Words {
  x: number;
  y: number;
  letter: string;
  name: string;
}

/** Room of a line of words, from its middle. */
function boxOfLine({ x }: Words, text: string, y: number): Box {
  const half = (text.length * LETTER_PX) / 2;
  return { left: x - half, right: x + half, top: y - LINE_PX, bottom: y };
}

function touch(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

const letterY = ({ y, name }: Words): number => y + (name === '' ? 5 : -2);
const nameY = ({ y, letter }: Words): number => y + (letter === '' ? 5 : 13);

/** The words without the names that would touch another area's; the first to come keep theirs. */
export function clearWords(words: readonly Words[]): Words[] {
  const letters = words.filter(({ letter }) => letter !== '').map((item) => boxOfLine(item, item.letter, letterY(item)));
  const taken: Box[] = [];
  return words.map((item) => {
    const box = boxOfLine(item, item.name, nameY(item));
    const isFree = item.name !== '' && !taken.some((other) => touch(box, other)) && !letters.some((other) => touch(box, other));
    if (isFree) taken.push(box);
    return isFree ? item : { ...item, name: '' };
  });
}

/** Where letter and name of an area stand: in the middle of the box around it, at sea beside its islands. */
function wordsOf(scene: Scene, { area, d }: DrawnArea, sea: FarSea | null): Words {
  const { left, right, top, bottom } = boxOf(d);
  const name = sea ? '' : bareName(area.name);
  const letter = scene.view.theme === 'grade' && isLetter(area.grade) ? area.grade : '';
  const x = sea ? right + LETTER_PX * 1.5 : (left + right) / 2;
  return { x, y: (top + bottom) / 2, letter, name: name.length * LETTER_PX < right - left ? name : '' };
}

function wordsPart(words: Words): Drawn | null {
  const { x, letter, name } = words;
  if (letter === '' && name === '') return null;
  const line = (text: string, y: number, kind: string): Drawn =>
    element('text', { x, y, class: kind, 'text-anchor': 'middle', 'pointer-events': 'none' }, text);
  return element(
    'g',
    {},
    letter !== '' && line(letter, letterY(words), 'letter'),
    name !== '' && line(name, nameY(words), 'name'),
  );
}

/** The areas that are seen in an inset, islands far off large enough to be seen. */
function areasIn({ kind, codes, bounds, size }: PlacedInset, { shapes, rows }: InsetDrawing): DrawnArea[] {
  const byCode = new Map(rows.map((row) => [row.code, row]));
  const isSeen = (at: Position): boolean => isWithin(at, bounds);
  const seen = shapes.filter(({ code, rings }) => codes.includes(code) || rings.flat().some(isSeen));
  return seen.flatMap(({ code, rings }) => {
    const area = byCode.get(code);
    const d =
      kind === 'dense'
        ? rings.map((ring) => pathIn(ring, bounds, size)).join('')
        : islandPathIn(rings, bounds, size, LEAST_ISLAND_PX);
    return area && d !== '' ? [{ area, d }] : [];
  });
}

function drawingOf(scene: Scene, inset: PlacedInset, drawing: InsetDrawing, sea: FarSea | null): Drawn {
  const drawn = areasIn(inset, drawing);
  const inside = drawn.filter(({ area }) => inset.codes.includes(area.code));
  const selected = drawn.find(({ area }) => area.code === scene.view.area);
  const ids = drawn.flatMap(({ area }) => patternOf(scene.style, scene.view.theme, area) ?? []);
  const { width, height } = inset.size;
  return element(
    'svg',
    { width, height, viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true' },
    patternDefinitions(scene, nameOf(inset.corner), ids),
    element('rect', { width, height, fill: paintOf(scene, 'water', 'background-color') }),
    sea && islandDots(scene, sea, inset),
    ...drawn.map((item) => areaPart(scene, inset, item)),
    circlesPart(scene, sea ? inside : drawn),
    selected && outlinePart(scene, selected.d),
    sea && seaName(scene, sea, inset),
    sea && archipelagoNames(scene, sea, inset),
    ...clearWords(inside.map((item) => wordsOf(scene, item, sea))).map(wordsPart),
  );
}

function outlinePart(scene: Scene, d: string): Drawn {
  const line = (id: string, width: number): Drawn =>
    element('path', {
      d,
      fill: 'none',
      stroke: paintOf(scene, id, 'line-color'),
      'stroke-width': width,
      'pointer-events': 'none',
    });
  return element('g', {}, line('area-selected-casing', 5), line('area-selected', 2.4));
}

/** What an inset is called: by the names everybody knows, and a far part, which may have none of these, by its own areas. */
export function namesOf(inset: Pick<PlacedInset, 'bounds' | 'codes'>, { known, rows }: InsetDrawing): string[] {
  const names = known.filter(({ at }) => isWithin(at, inset.bounds)).map(({ name }) => name);
  if (names.length > 0) return names;
  return rows.filter(({ code }) => inset.codes.includes(code)).map(({ name }) => bareName(name));
}

function placeOf({ box, size }: PlacedInset): { left: string; top: string; width: string } {
  return { left: `${box.left}px`, top: `${box.top}px`, width: `${size.width + FRAME_PX}px` };
}

/** The title over an inset; the sea has its names in the water, so it is only heard. */
function captionOf(scene: Scene, inset: PlacedInset, drawing: InsetDrawing, sea: FarSea | null): Drawn {
  if (sea) return element('figcaption', { class: 'unseen' }, seaLabel(scene, sea));
  const names = namesOf(inset, drawing).slice(0, inset.size.width < WIDE_PX ? 1 : NAMED);
  return element('figcaption', {}, names.join(' – '));
}

/** The insets, each a drawing under the names that it holds. All but the sea's show what the map has too, so they are silent. */
export function insetParts(scene: Scene, drawing: InsetDrawing): Drawn[] {
  const farSea = farSeaOf(scene.style);
  return drawing.insets.map((inset) => {
    const { kind, corner } = inset;
    const sea = kind === 'sea' ? farSea : null;
    return element(
      'figure',
      { class: 'inset', 'data-kind': kind, 'data-corner': corner, style: placeOf(inset), 'aria-hidden': sea ? null : 'true' },
      captionOf(scene, inset, drawing, sea),
      drawingOf(scene, inset, drawing, sea),
    );
  });
}
