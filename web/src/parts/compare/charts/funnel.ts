/** The funnel plot: how far from the common level an area of its size may lie by chance, and where the compared ones lie. */

import type { AreaRow } from '../../../api/types';
import { type Axis, axisFromZero, rootAxis, spacedOut } from '../../../view/time/axis';
import { chanceLimits, FUNNEL_LEVELS, type Limits, spreadLimits, varianceBetween } from '../../../view/compare/funnel';
import { type Drawn, element } from '../../elements/element';
import { areasOf, type Scene } from '../../scene';
import { drawing, gridAcross, gridUp, heightFor, lineFrom, pathThrough, textAt } from './chart';
import { mark } from './marks';

const TOP = 14;
const BOTTOM_PX = 48;
const LEFT = 44;
const RIGHT_PX = 14;
const LEAST_TOP_RATIO = 2.5;
const MOST_TOP_RATIO = 6;
const CURVE_POINTS = 48;
/** Curves begin here at the latest: towards zero their limits have no end. */
const LEAST_EXPECTED = 0.05;
const NAME_GAP = 17;
/** As long as most names are. */
const NAME_PX = 150;

interface Plotted {
  area: AreaRow;
  expected: number;
  ratio: number;
}

interface Axes {
  x: Axis;
  y: Axis;
}

/** The areas whose count and expectation the role is given. */
export function plottedAreas(areas: AreaRow[]): Plotted[] {
  return areas.flatMap((area) => {
    const { expected, ratio } = area.unweighted;
    return expected != null && expected > 0 && ratio != null ? [{ area, expected, ratio }] : [];
  });
}

interface Edges {
  upper: [number, number][];
  lower: [number, number][];
}

/** The lower and the upper limit over all expectations on the axis, in pixels. */
function edges({ x, y }: Axes, from: number, limitsAt: (expected: number) => Limits): Edges {
  const steps = Array.from({ length: CURVE_POINTS + 1 }, (_, index) => {
    const root = Math.sqrt(from) + (index / CURVE_POINTS) * (Math.sqrt(x.to) - Math.sqrt(from));
    return root ** 2;
  });
  const limits = steps.map((expected) => ({ expected, ...limitsAt(expected) }));
  return {
    upper: limits.map(({ expected, high }) => [x.at(expected), y.at(high)]),
    lower: limits.map(({ expected, low }) => [x.at(expected), y.at(low)]),
  };
}

/** The limits with the spread between areas as filled belts, the wider one below. */
function spreadBelts(axes: Axes, from: number, between: number | null): Drawn[] {
  if (between === null || between === 0) return [];
  return FUNNEL_LEVELS.toReversed().map(({ deviate }) => {
    const { upper, lower } = edges(axes, from, (expected) => spreadLimits(expected, deviate, between));
    return element('path', { d: `${pathThrough([...upper, ...lower.reverse()])}Z`, class: 'spread-belt' });
  });
}

/** The limits of chance as pairs of lines. */
function chanceLines(axes: Axes, from: number): Drawn[] {
  return FUNNEL_LEVELS.flatMap(({ level }, index) => {
    const { upper, lower } = edges(axes, from, (expected) => chanceLimits(expected, level));
    return [upper, lower].map((edge) => element('path', { d: pathThrough(edge), class: `chance-line level-${index}` }));
  });
}

interface Chosen {
  name: string;
  order: number;
  left: number;
  top: number;
}

/** To the left where another sign stands close to the right, or where the frame ends; else to the right. */
function sideOf(sign: Chosen, all: Chosen[], width: number): 'left' | 'right' {
  const isCrowded = all.some(
    (other) =>
      other !== sign &&
      other.left >= sign.left &&
      other.left - sign.left < NAME_PX &&
      Math.abs(other.top - sign.top) < 2 * NAME_GAP,
  );
  if (sign.left + NAME_PX > width) return 'left';
  return isCrowded && sign.left > NAME_PX ? 'left' : 'right';
}

/** The chosen areas with their signs and names; names that would lie on each other move apart. */
function named(plotted: Plotted[], codes: string[], { x, y }: Axes, width: number): Drawn[] {
  const chosen = codes.flatMap((code, order): Chosen[] => {
    const found = plotted.find(({ area }) => area.code === code);
    return found ? [{ name: found.area.name, order, left: x.at(found.expected), top: y.at(found.ratio) }] : [];
  });
  const labelYs = spacedOut(
    chosen.map(({ top }) => top - 9),
    NAME_GAP,
    y.at(0) - 4,
  );
  const labels = chosen.map((sign, index) => {
    const isLeft = sideOf(sign, chosen, width) === 'left';
    const at = sign.left + (isLeft ? -11 : 11);
    return textAt(at, labelYs[index] ?? sign.top, sign.name, 'name haloed', isLeft ? 'end' : 'start');
  });
  return [...labels, ...chosen.map(({ order, left, top }) => mark(order, left, top, 6))];
}

function spoken(scene: Scene, plotted: Plotted[], codes: string[]): string {
  const { messages, numbers } = scene;
  return plotted
    .filter(({ area }) => codes.includes(area.code))
    .map(({ area, expected, ratio }) =>
      messages.say('comparison.funnel.place', {
        name: area.name,
        expected: numbers.tenths(expected),
        ratio: numbers.ratio(ratio),
      }),
    )
    .join('; ');
}

/** Whether the server gave what the wider limits are drawn from. */
export function hasSpread(scene: Scene): boolean {
  return (varianceBetween(areasOf(scene)) ?? 0) > 0;
}

/** `null` where too few areas can be plotted. */
export function funnelPlot(scene: Scene, codes: string[], width: number): Drawn | null {
  const plotted = plottedAreas(areasOf(scene));
  if (plotted.length < 3) return null;
  const expectations = plotted.map(({ expected }) => expected);
  const ratios = plotted.map(({ ratio }) => ratio);
  const right = width - RIGHT_PX;
  const base = heightFor(width, 0.38, 230, 300);
  const topRatio = Math.min(MOST_TOP_RATIO, Math.max(LEAST_TOP_RATIO, ...ratios));
  const axes = {
    x: rootAxis(Math.max(...expectations), [LEFT, right], width < 420 ? 4 : 6),
    y: axisFromZero(topRatio, [base, TOP]),
  };
  const { x, y } = axes;
  const from = Math.max(Math.min(...expectations) * 0.8, LEAST_EXPECTED);
  const dots = plotted.map(({ area, expected, ratio }) =>
    element(
      'circle',
      { cx: x.at(expected).toFixed(1), cy: y.at(ratio).toFixed(1), r: 3, class: 'quiet-dot' },
      element('title', {}, area.name),
    ),
  );
  return drawing(
    width,
    base + BOTTOM_PX,
    spoken(scene, plotted, codes),
    ...spreadBelts(axes, from, varianceBetween(areasOf(scene))),
    ...chanceLines(axes, from),
    ...gridUp(y, scene.numbers.bound, LEFT, right),
    ...gridAcross(x, scene.numbers.bound, base, base + 4),
    lineFrom(LEFT, y.at(1), right, y.at(1), 'reference'),
    ...dots,
    ...named(plotted, codes, axes, width),
    textAt(right, base + BOTTOM_PX - 6, scene.messages.say('comparison.funnel.x'), 'tick', 'end'),
  );
}
