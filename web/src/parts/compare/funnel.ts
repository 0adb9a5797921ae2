/** The funnel plot: how far from the common level an area of its size may lie by chance, and where the compared ones lie. */

import type { AreaRow } from '../../api/types';
import { type Axis, axisFromZero, rootAxis } from '../../view/axis';
import { chanceLimits, FUNNEL_LEVELS, type Limits, spreadLimits, varianceBetween } from '../../view/funnel';
import { svg } from '../element';
import { areasOf, type Scene } from '../scene';
import { drawing, gridAcross, gridUp, lineFrom, pathThrough, textAt } from './chart';
import { mark } from './marks';

const HEIGHT = 340;
const TOP = 14;
const BASE = 292;
const LEFT = 44;
const RIGHT_PX = 14;
const LEAST_TOP_RATIO = 2.5;
const MOST_TOP_RATIO = 6;
const CURVE_POINTS = 48;

interface Placed {
  area: AreaRow;
  expected: number;
  ratio: number;
}

interface Axes {
  x: Axis;
  y: Axis;
}

/** The areas whose count and expectation the role is given. */
export function placedAreas(areas: AreaRow[]): Placed[] {
  return areas.flatMap((area) => {
    const { expected, ratio } = area.unweighted ?? {};
    return expected != null && expected > 0 && ratio != null ? [{ area, expected, ratio }] : [];
  });
}

/** A closed path between the lower and the upper limit over all expectations on the axis. */
function belt({ x, y }: Axes, from: number, limitsAt: (expected: number) => Limits): string {
  const steps = Array.from({ length: CURVE_POINTS + 1 }, (_, index) => {
    const root = Math.sqrt(from) + (index / CURVE_POINTS) * (Math.sqrt(x.to) - Math.sqrt(from));
    return root ** 2;
  });
  const limits = steps.map((expected) => ({ expected, ...limitsAt(expected) }));
  const upper = limits.map(({ expected, high }): [number, number] => [x.at(expected), y.at(high)]);
  const lower = limits.map(({ expected, low }): [number, number] => [x.at(expected), y.at(low)]).reverse();
  return `${pathThrough([...upper, ...lower])}Z`;
}

function belts(axes: Axes, from: number, between: number | null): SVGElement[] {
  const spread =
    between === null || between === 0
      ? []
      : [...FUNNEL_LEVELS]
          .reverse()
          .map(({ deviate }) =>
            svg('path', { d: belt(axes, from, (expected) => spreadLimits(expected, deviate, between)), class: 'spread-belt' }),
          );
  const chance = FUNNEL_LEVELS.map(({ level }, index) =>
    svg('path', { d: belt(axes, from, (expected) => chanceLimits(expected, level)), class: `chance-belt level-${index}` }),
  );
  return [...spread, ...chance];
}

function named(placed: Placed[], codes: string[], { x, y }: Axes, width: number): SVGElement[] {
  return codes.flatMap((code, order) => {
    const found = placed.find(({ area }) => area.code === code);
    if (!found) return [];
    const [left, top] = [x.at(found.expected), y.at(found.ratio)];
    const isRight = left > width * 0.66;
    return [
      mark(order, left, top, 6),
      textAt(left + (isRight ? -11 : 11), top - 8, found.area.name, 'name haloed', isRight ? 'end' : 'start'),
    ];
  });
}

function spoken(scene: Scene, placed: Placed[], codes: string[]): string {
  const { messages, numbers } = scene;
  return placed
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

/** `null` where too few areas have a place. */
export function funnelPlot(scene: Scene, codes: string[], width: number): SVGElement | null {
  const placed = placedAreas(areasOf(scene));
  if (placed.length < 3) return null;
  const expectations = placed.map(({ expected }) => expected);
  const ratios = placed.map(({ ratio }) => ratio);
  const right = width - RIGHT_PX;
  const topRatio = Math.min(MOST_TOP_RATIO, Math.max(LEAST_TOP_RATIO, ...ratios));
  const axes = {
    x: rootAxis(Math.max(...expectations), [LEFT, right], width < 420 ? 4 : 6),
    y: axisFromZero(topRatio, [BASE, TOP]),
  };
  const { x, y } = axes;
  const dots = placed.map(({ area, expected, ratio }) =>
    svg(
      'circle',
      { cx: x.at(expected).toFixed(1), cy: y.at(ratio).toFixed(1), r: 3, class: 'quiet-dot' },
      svg('title', {}, area.name),
    ),
  );
  return drawing(
    width,
    HEIGHT,
    spoken(scene, placed, codes),
    ...belts(axes, Math.max(Math.min(...expectations) * 0.8, 0.05), varianceBetween(areasOf(scene))),
    ...gridUp(y, scene.numbers.bound, LEFT, right),
    ...gridAcross(x, scene.numbers.bound, BASE, BASE + 4),
    lineFrom(LEFT, y.at(1), right, y.at(1), 'reference'),
    ...dots,
    ...named(placed, codes, axes, width),
    textAt(right, HEIGHT - 6, scene.messages.say('comparison.funnel.x'), 'tick', 'end'),
  );
}
