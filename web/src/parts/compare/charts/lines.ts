/** Rates over time, the areas in one frame; the limits of each point as a band where few areas are compared. */

import type { Series, SeriesPoint } from '../../../api/series';
import { type Axis, axisFromZero, spacedOut } from '../../../view/time/axis';
import { isKnown, runs } from '../../../view/time/runs';
import { lastDay } from '../../../i18n/numbers';
import { type Drawn, element } from '../../elements/element';
import type { Scene } from '../../scene';
import { drawing, gridUp, heightFor, lineFrom, pathThrough, textAt } from './chart';
import { mark } from './marks';

type Line = Series['areas'][number];

const TOP = 12;
const BOTTOM_PX = 30;
const LEFT = 44;
const LABELS_PX = 168;
/** Below this the names do not fit beside the lines: the chips above carry the same signs. */
const LABELLED_FROM_PX = 520;
const BANDS_FOR_AT_MOST = 3;
const LABEL_GAP = 17;

/** What a step is called: its year, or its quarter. */
export function stepText(point: SeriesPoint, by: string, scene: Scene): string {
  const year = lastDay(point.to).slice(0, 4);
  if (by !== 'quarter') return year;
  const quarter = Math.floor((Number(lastDay(point.to).slice(5, 7)) - 1) / 3) + 1;
  return scene.messages.say('comparison.quarter', { quarter, year });
}

function bandPath(run: { point: SeriesPoint; index: number }[], x: (index: number) => number, axis: Axis): string {
  const along = (value: (point: SeriesPoint) => number): [number, number][] =>
    run.map(({ point, index }) => [x(index), axis.at(value(point))]);
  const upper = along((point) => point.rate_high ?? point.rate ?? 0);
  const lower = along((point) => point.rate_low ?? point.rate ?? 0);
  return `${pathThrough([...upper, ...lower.reverse()])}Z`;
}

function lineParts(line: Line, order: number, x: (index: number) => number, axis: Axis, withBand: boolean): Drawn[] {
  const ink = `ink-${order % 6}`;
  return runs(line.points).flatMap((run) => [
    ...(withBand ? [element('path', { d: bandPath(run, x, axis), class: `uncertain ${ink}` })] : []),
    element('path', {
      d: pathThrough(run.map(({ point, index }) => [x(index), axis.at(point.rate ?? 0)])),
      class: `course ${ink}`,
    }),
    ...run.map(({ point, index }) => mark(order, x(index), axis.at(point.rate ?? 0), 4)),
  ]);
}

function endOf(line: Line, axis: Axis): number {
  const last = line.points.findLast((point) => isKnown(point.rate));
  return axis.at(last?.rate ?? 0);
}

function names(lines: Line[], axis: Axis, right: number): Drawn[] {
  const shown = lines.map((line, order) => ({ line, order })).filter(({ line }) => runs(line.points).length > 0);
  const labelYs = spacedOut(
    shown.map(({ line }) => endOf(line, axis)),
    LABEL_GAP,
    axis.at(0),
  );
  return shown.flatMap(({ line, order }, index) => {
    const y = labelYs[index] ?? TOP;
    return [mark(order, right + 12, y, 4), textAt(right + 21, y + 4.5, line.name, 'name')];
  });
}

/** A tick for each year, so that quarters do not crowd it. */
function stepTicks({ areas, by }: Series, x: (index: number) => number, base: number, scene: Scene): Drawn[] {
  const points = areas[0]?.points ?? [];
  return points.flatMap((point, index) => {
    const year = lastDay(point.to).slice(0, 4);
    const before = points[index - 1];
    const isNew = !before || lastDay(before.to).slice(0, 4) !== year;
    if (!isNew) return [];
    return [
      lineFrom(x(index), base, x(index), base + 5, 'grid'),
      textAt(x(index), base + 20, by === 'quarter' ? year : stepText(point, by, scene), 'tick', 'middle'),
    ];
  });
}

function spoken(lines: Line[], by: string, scene: Scene): string {
  const { messages, numbers } = scene;
  const valueOf = ({ rate }: SeriesPoint): string => (isKnown(rate) ? numbers.rate(rate) : messages.say('value.hidden'));
  return lines
    .map((line) => `${line.name}: ${line.points.map((point) => `${stepText(point, by, scene)} ${valueOf(point)}`).join(', ')}`)
    .join('; ');
}

/** `null` where no point has a rate. */
export function linePlot(scene: Scene, series: Series, width: number): Drawn | null {
  const { areas: lines, by } = series;
  const points = lines[0]?.points ?? [];
  const known = lines.flatMap((line) => line.points.filter(({ rate }) => isKnown(rate)));
  if (known.length === 0) return null;
  const base = heightFor(width, 0.34, 210, 270);
  const withBand = lines.length <= BANDS_FOR_AT_MOST;
  const labelled = width >= LABELLED_FROM_PX;
  const right = width - (labelled ? LABELS_PX : 14);
  const highest = Math.max(...known.map((point) => (withBand ? (point.rate_high ?? 0) : 0) || (point.rate ?? 0)));
  const axis = axisFromZero(highest, [base, TOP]);
  const stride = (right - LEFT) / Math.max(points.length, 1);
  const x = (index: number): number => LEFT + stride * (index + 0.5);
  return drawing(
    width,
    base + BOTTOM_PX,
    spoken(lines, by, scene),
    ...gridUp(axis, scene.numbers.bound, LEFT, right),
    ...stepTicks(series, x, base, scene),
    ...lines.flatMap((line, order) => lineParts(line, order, x, axis, withBand)),
    ...(labelled ? names(lines, axis, right) : []),
  );
}
