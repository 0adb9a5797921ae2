/** The plot of model density against ratio: a box drawn over it, or a rule, picks areas out on the map and in the table. */

import '../../css/area/quadrant.css';
import { type Axis, axisFromZero, ratioAxis } from '../../view/time/axis';
import { middleDensity, type Placed, placedAreas, within } from '../../view/quadrant/plot';
import { gradeText } from '../../view/text/values';
import { type Child, type Drawn, element } from '../elements/element';
import { areasOf, colourOf, GRADES, type Scene } from '../scene';
import { brushed, unbrush } from './brushed';
import { rulesPart } from './rules';

const PLOT = { width: 336, height: 300, left: 34, right: 326, top: 12, bottom: 262 };
/** The ends of the ruler of ratios; what lies beyond stands at the end. */
const RATIOS = { low: 0.25, high: 4 };
const TICKS = [0.25, 0.5, 1, 2, 4];
/** A shorter way is a click. */
const DRAG_FROM_PX = 4;

interface Point {
  placed: Placed;
  code: string;
  x: number;
  y: number;
}

interface Axes {
  x: Axis;
  y: Axis;
}

function axesOf(placed: readonly Placed[]): Axes {
  return {
    x: axisFromZero(Math.max(1, ...placed.map(({ density }) => density)), [PLOT.left, PLOT.right]),
    y: ratioAxis(RATIOS.low, RATIOS.high, [PLOT.bottom, PLOT.top], TICKS),
  };
}

function pointsOf(placed: readonly Placed[], { x, y }: Axes): Point[] {
  return placed.map((item) => ({
    placed: item,
    code: item.area.code,
    x: x.at(item.density),
    y: y.at(Math.min(Math.max(item.ratio, RATIOS.low), RATIOS.high)),
  }));
}

function line(x1: number, y1: number, x2: number, y2: number, className: string): Drawn {
  return element('line', { x1, y1, x2, y2, class: className });
}

function textAt(x: number, y: number, text: string, className: string, anchor: 'start' | 'middle' | 'end'): Drawn {
  return element('text', { x, y, class: className, 'text-anchor': anchor }, text);
}

/** The letters to the right of their bands, and the lines that part the four corners. */
function ground(scene: Scene, placed: readonly Placed[], { x, y }: Axes): Drawn[] {
  const { numbers } = scene;
  const bands = scene.meta.grade?.bands ?? [];
  const ends = [RATIOS.low, ...bands, RATIOS.high];
  const middle = x.at(middleDensity(placed));
  return [
    ...bands.map((bound) => line(PLOT.left, y.at(bound), PLOT.right, y.at(bound), 'grid')),
    ...GRADES.map((grade, index) => {
      const at = Math.sqrt((ends[index] ?? 1) * (ends[index + 1] ?? 1));
      return textAt(PLOT.right + 2, y.at(at) + 4, grade, 'tick', 'start');
    }),
    ...y.ticks.map((tick) => textAt(PLOT.left - 5, y.at(tick) + 4, numbers.bound(tick), 'tick', 'end')),
    ...x.ticks.map((tick) => textAt(x.at(tick), PLOT.bottom + 16, numbers.bound(tick), 'tick', 'middle')),
    line(PLOT.left, y.at(1), PLOT.right, y.at(1), 'part'),
    line(middle, PLOT.top, middle, PLOT.bottom, 'part'),
    line(PLOT.left, PLOT.bottom, PLOT.right, PLOT.bottom, 'base'),
  ];
}

function dot(scene: Scene, { placed: { area, density, ratio }, code, x, y }: Point, chosen: ReadonlySet<string>): Drawn {
  const { messages, numbers, view } = scene;
  const values = {
    name: area.name,
    grade: gradeText(area, scene),
    density: numbers.density(density),
    ratio: numbers.ratio(ratio),
  };
  const state = chosen.size === 0 ? '' : chosen.has(code) ? 'in' : 'out';
  return element(
    'circle',
    {
      cx: x.toFixed(1),
      cy: y.toFixed(1),
      r: code === view.area ? 6.5 : 4.5,
      fill: colourOf(scene, 'grade', area) ?? undefined,
      class: ['dot', state, code === view.area && 'selected'].filter(Boolean).join(' '),
      'data-code': code,
    },
    element('title', {}, messages.say('quadrant.dot', values)),
  );
}

/** Draws a box by pointer; what it holds when it is let go is picked out, and a click chooses the area below it. */
function drag(scene: Scene, down: PointerEvent, points: readonly Point[]): void {
  const svg = down.currentTarget as SVGSVGElement;
  const frame = svg.querySelector('.brush');
  const area = svg.getBoundingClientRect();
  const inPlot = ({ clientX, clientY }: PointerEvent): [number, number] => [
    ((clientX - area.left) / area.width) * PLOT.width,
    ((clientY - area.top) / area.height) * PLOT.height,
  ];
  const [x1, y1] = inPlot(down);
  const boxTo = (event: PointerEvent): { x1: number; y1: number; x2: number; y2: number } => {
    const [x2, y2] = inPlot(event);
    return { x1, y1, x2, y2 };
  };
  const move = (event: PointerEvent): void => {
    const { x2, y2 } = boxTo(event);
    const shape = { x: Math.min(x1, x2), y: Math.min(y1, y2), width: Math.abs(x2 - x1), height: Math.abs(y2 - y1) };
    for (const [name, value] of Object.entries(shape)) frame?.setAttribute(name, value.toFixed(1));
  };
  const end = (event: PointerEvent): void => {
    svg.removeEventListener('pointermove', move);
    svg.removeEventListener('pointerup', end);
    svg.removeEventListener('pointercancel', end);
    for (const name of ['width', 'height']) frame?.setAttribute(name, '0');
    const box = boxTo(event);
    if (Math.hypot(box.x2 - x1, box.y2 - y1) >= DRAG_FROM_PX) return brush(scene, within(box, points));
    const code = (down.target as Element).getAttribute('data-code');
    if (code === null) unbrush();
    else scene.change({ area: code });
  };
  svg.setPointerCapture(down.pointerId);
  svg.addEventListener('pointermove', move);
  svg.addEventListener('pointerup', end);
  svg.addEventListener('pointercancel', end);
}

function brush(scene: Scene, codes: string[]): void {
  brushed.value = codes;
  scene.announce(scene.messages.sayCount('quadrant.picked', codes.length, { n: scene.numbers.count(codes.length) }));
}

function plot(scene: Scene, placed: readonly Placed[]): Drawn {
  const { messages, numbers } = scene;
  const axes = axesOf(placed);
  const points = pointsOf(placed, axes);
  const chosen = new Set(brushed.value);
  const label = messages.say('quadrant.label', { n: numbers.count(placed.length) });
  return element(
    'svg',
    {
      id: 'quadrant-plot',
      class: 'quadrant',
      viewBox: `0 0 ${PLOT.width} ${PLOT.height}`,
      role: 'img',
      'aria-label': label,
      pointerdown: (event) => drag(scene, event as PointerEvent, points),
    },
    ...ground(scene, placed, axes),
    textAt(PLOT.right - 4, PLOT.top + 10, messages.say('quadrant.corner.many'), 'corner', 'end'),
    textAt(PLOT.left + 4, PLOT.top + 10, messages.say('quadrant.corner.few'), 'corner', 'start'),
    // Those picked out lie above the others.
    ...[...points]
      .sort((a, b) => Number(chosen.has(a.code)) - Number(chosen.has(b.code)))
      .map((point) => dot(scene, point, chosen)),
    element('rect', { class: 'brush', x: 0, y: 0, width: 0, height: 0 }),
    textAt(PLOT.right, PLOT.height - 4, messages.say('quadrant.x'), 'tick', 'end'),
  );
}

function pickedPart(scene: Scene): Drawn | null {
  const { messages, numbers } = scene;
  const count = brushed.value.length;
  if (count === 0) return null;
  const show = (): void => scene.change({ mode: 'table' });
  return element(
    'div',
    { id: 'quadrant-picked', class: 'actions' },
    element('span', {}, messages.sayCount('quadrant.picked', count, { n: numbers.count(count) })),
    scene.view.mode !== 'table' &&
      element('button', { id: 'quadrant-table', type: 'button', click: show }, messages.say('quadrant.table')),
    element('button', { id: 'quadrant-clear', type: 'button', click: unbrush }, messages.say('quadrant.clear')),
  );
}

/** The plot with what it says, what is picked out, and the rules. */
export function quadrantParts(scene: Scene): Child[] {
  const { messages } = scene;
  const areas = areasOf(scene);
  const placed = placedAreas(areas);
  if (placed.length < 3) return [element('p', { class: 'quiet' }, messages.say('quadrant.none'))];
  return [
    element('p', { class: 'quiet' }, messages.say('quadrant.what')),
    plot(scene, placed),
    pickedPart(scene),
    rulesPart(scene, areas, (codes) => brush(scene, codes)),
  ];
}
