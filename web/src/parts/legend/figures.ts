/** The small drawings of the panel and the legend, as SVG in the colours of the map. */

import type { CircleLayerSpecification } from 'maplibre-gl';
import type { AreaRow, Grade } from '../../api/types';
import { evaluate, stepBounds, stepColours } from '../../map/expression';
import { COUNT_LAYER, countRadius, fillColour } from '../../map/map_style';
import { MOVEMENT, STATUTORY } from '../../view/text/values';
import type { Theme } from '../../view/view';
import { type Drawn, element } from '../elements/element';
import { classedAreas, colourOf, GRADES, gradeColour, type Scene } from '../scene';

/** The colours of a theme in the order of its legend. */
export function themeColours(scene: Scene, theme: Theme): (string | null)[] {
  switch (theme) {
    case 'grade':
      return GRADES.map((grade) => gradeColour(scene, grade));
    case 'statutory':
      return STATUTORY.map((statutory) => colourOf(scene, theme, { statutory }));
    case 'movement':
      return MOVEMENT.map((movement_grade) => colourOf(scene, theme, { movement_grade }));
    case 'clusters':
      return [{ code: '' }, {}].map((area) => colourOf(scene, theme, area));
    case 'count':
      return [circleColour(scene, COUNT_LAYER)];
    default:
      return stepColours(fillColour(scene.style, theme, []));
  }
}

function circlePaint(scene: Scene, layerId: string): CircleLayerSpecification['paint'] {
  const layer = scene.style.layers.find((item) => item.id === layerId);
  return layer?.type === 'circle' ? layer.paint : undefined;
}

/** The one colour of a layer of circles. */
export function circleColour(scene: Scene, layerId: string): string | null {
  const colour = circlePaint(scene, layerId)?.['circle-color'];
  return typeof colour === 'string' ? colour : null;
}

/** The measures of the ruler of ratios, in its own pixels; its ends are ratios. */
export const RULER = { width: 320, height: 58, top: 8, bar: 22, low: 0.25, high: 4 };

/** The position of a ratio on the ruler, in its own pixels, on a logarithmic scale. */
export function rulerX(ratio: number): number {
  const { low, high, width } = RULER;
  const share = Math.log(Math.min(Math.max(ratio, low), high) / low) / Math.log(high / low);
  return share * width;
}

function rulerBand(scene: Scene, grade: Grade, from: number, to: number): Drawn[] {
  const [x, end] = [rulerX(from), rulerX(to)];
  return [
    element('rect', { x, y: RULER.top, width: end - x, height: RULER.bar, fill: gradeColour(scene, grade) }),
    element('text', { x: (x + end) / 2, y: RULER.top + 16, class: 'band', 'data-grade': grade, 'text-anchor': 'middle' }, grade),
  ];
}

/** Where the area stands against the province: five bands, the interval as a line, the estimate as a dot. */
export function gradeRuler(scene: Scene, area: AreaRow): Drawn | null {
  const bands = scene.meta.grade?.bands ?? [];
  if (bands.length !== GRADES.length - 1 || area.ratio == null) return null;
  const { ratio, ratio_low: low = ratio, ratio_high: high = ratio } = area;
  const { messages, numbers } = scene;
  const bounds = [RULER.low, ...bands, RULER.high];
  const y = RULER.top + RULER.bar + 1;
  const label = messages.say('panel.against.label', {
    ratio: numbers.ratio(ratio),
    low: numbers.ratio(low ?? ratio),
    high: numbers.ratio(high ?? ratio),
  });
  return element(
    'svg',
    { class: 'ruler', viewBox: `0 0 ${RULER.width} ${RULER.height}`, role: 'img', 'aria-label': label },
    ...GRADES.flatMap((grade, index) => rulerBand(scene, grade, bounds[index] ?? RULER.low, bounds[index + 1] ?? RULER.high)),
    ...bands.map((bound) =>
      element('text', { x: rulerX(bound), y: RULER.height - 3, class: 'tick', 'text-anchor': 'middle' }, numbers.bound(bound)),
    ),
    element('line', { x1: rulerX(low ?? ratio), x2: rulerX(high ?? ratio), y1: y, y2: y, class: 'interval' }),
    element('circle', { cx: rulerX(ratio), cy: y, r: 5.5, class: 'estimate' }),
  );
}

const DIFFERENCE = { width: 320, height: 12 };

/** A bar from the middle line: to the right for more than the common level, to the left for less. `part` is from −1 to 1. */
export function differenceBar(part: number): Drawn {
  const { width, height } = DIFFERENCE;
  const middle = width / 2;
  const length = Math.abs(part) * middle;
  return element(
    'svg',
    { class: 'difference', viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    element('rect', { x: 0, y: height / 2 - 1, width, height: 2, class: 'ground' }),
    element('rect', { x: part < 0 ? middle - length : middle, y: 1, width: length, height: height - 2, class: 'bar' }),
    element('rect', { x: middle - 1, y: 0, width: 2, height, class: 'middle' }),
  );
}

const FAN = { x: 92, y: 96, spread: 1.72, radii: [24, 47, 69, 91] };

function onFan(radius: number, angle: number): string {
  return `${(FAN.x + radius * Math.sin(angle)).toFixed(1)} ${(FAN.y - radius * Math.cos(angle)).toFixed(1)}`;
}

function fanPiece(inner: number, outer: number, from: number, to: number): string {
  return `M${onFan(inner, from)}A${inner} ${inner} 0 0 1 ${onFan(inner, to)}L${onFan(outer, to)}A${outer} ${outer} 0 0 0 ${onFan(outer, from)}Z`;
}

/** The legend of a value-suppressing palette: grades across, reliability outwards. */
export function reliabilityFan(scene: Scene, label: string): Drawn {
  const steps = [0, ...stepBounds(fillColour(scene.style, 'grade', []))];
  const angle = (index: number): number => FAN.spread * (index / GRADES.length - 0.5);
  const pieces = steps.flatMap((reliability, ring) =>
    GRADES.map((grade, index) =>
      element('path', {
        d: fanPiece(FAN.radii[ring] ?? 0, FAN.radii[ring + 1] ?? 0, angle(index), angle(index + 1)),
        fill: colourOf(scene, 'grade', { grade, reliability }),
        class: 'piece',
      }),
    ),
  );
  const letters = GRADES.map((grade, index) => {
    const [x, y] = onFan(80, angle(index + 0.5)).split(' ');
    return element('text', { x, y: Number(y) + 4.5, class: 'band', 'data-grade': grade, 'text-anchor': 'middle' }, grade);
  });
  return element('svg', { class: 'fan', viewBox: '20 2 144 88', role: 'img', 'aria-label': label }, ...pieces, ...letters);
}

/** Circles of three sizes for the count layer, sized by the style's own expression. */
export function countCircles(scene: Scene, counts: number[]): Drawn {
  const drawn = countRadius(scene.style, classedAreas(scene));
  const radius = (incidents: number): number => Number(evaluate(drawn, { incidents }));
  const deepest = Math.max(10, ...counts.map(radius));
  let x = 0;
  const marks = counts.flatMap((count) => {
    const r = radius(count);
    const middle = x + Math.max(r, 16);
    x = middle + Math.max(r, 16) + 8;
    return [
      element('circle', { cx: middle, cy: deepest * 2 - r + 1, r, fill: circleColour(scene, COUNT_LAYER) }),
      element('text', { x: middle, y: deepest * 2 + 18, class: 'tick', 'text-anchor': 'middle' }, scene.numbers.count(count)),
    ];
  });
  return element('svg', { class: 'circles', width: x, height: deepest * 2 + 22, 'aria-hidden': 'true' }, ...marks);
}
