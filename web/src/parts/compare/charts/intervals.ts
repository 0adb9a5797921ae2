/** Estimates with their limits, one area below the other on one common scale. */

import { type Axis, axisFromZero, ratioAxis } from '../../../view/time/axis';
import { type Drawn, element } from '../../elements/element';
import { GRADES, gradeColour, type Scene } from '../../scene';
import { drawing, gridAcross, lineFrom, textAt } from './chart';
import { mark } from './marks';

/** An estimate with its limits; `null` where the value is hidden. */
export interface Interval {
  name: string;
  value: number | null;
  low: number | null;
  high: number | null;
  /** The numbers in words, printed beside the name. */
  text: string;
}

const ROW = 42;
const TOP = 22;
const BOTTOM = 26;
const SIDE = 16;

interface Frame {
  width: number;
  height: number;
  base: number;
}

function frameOf(intervals: Interval[], width: number): Frame {
  const base = TOP + intervals.length * ROW;
  return { width, base, height: base + BOTTOM };
}

function row({ name, value, low, high, text }: Interval, index: number, axis: Axis, { width }: Frame): Drawn[] {
  const top = TOP + index * ROW;
  const y = top + 31;
  const texts = [textAt(SIDE, top + 18, name, 'name haloed'), textAt(width - SIDE, top + 18, text, 'value haloed', 'end')];
  if (value === null) return texts;
  return [
    ...texts,
    lineFrom(axis.at(low ?? value), y, axis.at(high ?? value), y, `interval ink-${index % 6}`),
    mark(index, axis.at(value), y),
  ];
}

function labelOf(title: string, intervals: Interval[]): string {
  return `${title}. ${intervals.map(({ name, text }) => `${name}: ${text}`).join('; ')}`;
}

function highestOf(intervals: Interval[]): number {
  return Math.max(0, ...intervals.map(({ high, value }) => high ?? value ?? 0));
}

/** Rates from zero, with the common rate as a line where it is known. */
export function ratePlot(scene: Scene, title: string, intervals: Interval[], common: number | null, width: number): Drawn {
  const frame = frameOf(intervals, width);
  const axis = axisFromZero(Math.max(highestOf(intervals), common ?? 0), [SIDE, width - SIDE], width < 420 ? 4 : 6);
  const reference =
    common === null
      ? []
      : [
          lineFrom(axis.at(common), TOP - 4, axis.at(common), frame.base, 'reference'),
          textAt(
            ...labelPlace(axis.at(common), width),
            scene.messages.say('comparison.common', { rate: scene.numbers.rate(common) }),
            'tick',
            'middle',
          ),
        ];
  return drawing(
    width,
    frame.height,
    labelOf(title, intervals),
    ...gridAcross(axis, scene.numbers.bound, TOP, frame.base),
    ...reference,
    ...intervals.flatMap((item, index) => row(item, index, axis, frame)),
  );
}

/** Above the frame, without running over its sides. */
function labelPlace(x: number, width: number): [number, number] {
  const half = 70;
  return [Math.min(Math.max(x, half), width - half), TOP - 8];
}

/** The bands of the grades behind the ratios, from edge to edge. */
function bandsBehind(scene: Scene, axis: Axis, bands: number[], { base }: Frame): Drawn[] {
  const bounds = [axis.from, ...bands, axis.to];
  return GRADES.flatMap((grade, index) => {
    const [x, end] = [axis.at(bounds[index] ?? axis.from), axis.at(bounds[index + 1] ?? axis.to)];
    return [
      element('rect', { x: x.toFixed(1), y: TOP - 18, width: (end - x).toFixed(1), height: 16, fill: gradeColour(scene, grade) }),
      element(
        'text',
        { x: ((x + end) / 2).toFixed(1), y: TOP - 5.5, class: 'band', 'data-grade': grade, 'text-anchor': 'middle' },
        grade,
      ),
      lineFrom(end, TOP, end, base, 'grid'),
    ];
  });
}

/** Ratios to the common level on a logarithmic scale, under the bands of the letters. */
export function ratioPlot(scene: Scene, title: string, intervals: Interval[], width: number): Drawn {
  const frame = frameOf(intervals, width);
  const bands = scene.meta.grade?.bands ?? [];
  const lows = intervals.flatMap(({ low, value }) => low ?? value ?? []).filter((value) => value > 0);
  const lowest = Math.min(0.25, ...lows);
  const axis = ratioAxis(
    lowest,
    Math.max(4, highestOf(intervals)),
    [SIDE, width - SIDE],
    [...bands, 1].sort((a, b) => a - b),
  );
  return drawing(
    width,
    frame.height,
    labelOf(title, intervals),
    ...(bands.length === GRADES.length - 1 ? bandsBehind(scene, axis, bands, frame) : []),
    lineFrom(axis.at(1), TOP, axis.at(1), frame.base, 'reference'),
    ...axis.ticks.map((tick) => textAt(axis.at(tick), frame.base + 17, scene.numbers.bound(tick), 'tick', 'middle')),
    ...intervals.flatMap((item, index) => row(item, index, axis, frame)),
  );
}
