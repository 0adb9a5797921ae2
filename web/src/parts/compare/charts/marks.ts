/** The signs of the compared areas: six shapes and six inks, so that neither colour nor shape alone carries the meaning. */

import { type Drawn, element } from '../../elements/element';

type Point = [x: number, y: number];

const DIAMOND: Point[] = [
  [0, -1.3],
  [1.3, 0],
  [0, 1.3],
  [-1.3, 0],
];
const SQUARE: Point[] = [
  [-0.95, -0.95],
  [0.95, -0.95],
  [0.95, 0.95],
  [-0.95, 0.95],
];
const UP: Point[] = [
  [0, -1.25],
  [1.2, 0.9],
  [-1.2, 0.9],
];
const DOWN: Point[] = UP.map(([x, y]): Point => [x, -y]);
const CROSS: Point[] = [
  [-0.4, -1.2],
  [0.4, -1.2],
  [0.4, -0.4],
  [1.2, -0.4],
  [1.2, 0.4],
  [0.4, 0.4],
  [0.4, 1.2],
  [-0.4, 1.2],
  [-0.4, 0.4],
  [-1.2, 0.4],
  [-1.2, -0.4],
  [-0.4, -0.4],
];
const SHAPES: (Point[] | null)[] = [null, SQUARE, UP, DIAMOND, DOWN, CROSS];

/** The sign of the area at `index`, around a point. */
export function mark(index: number, x: number, y: number, radius = 5): Drawn {
  const shape = SHAPES[index % SHAPES.length];
  const attributes = { class: `mark ink-${index % SHAPES.length}` };
  if (!shape) return element('circle', { cx: x, cy: y, r: radius, ...attributes });
  const points = shape.map(([dx, dy]) => `${(x + dx * radius).toFixed(1)},${(y + dy * radius).toFixed(1)}`);
  return element('polygon', { points: points.join(' '), ...attributes });
}

/** The sign alone, for lists and chips. */
export function markIcon(index: number): Drawn {
  return element(
    'svg',
    { class: 'mark-icon', viewBox: '-8 -8 16 16', width: 16, height: 16, 'aria-hidden': 'true' },
    mark(index, 0, 0),
  );
}
