/** What all charts of the comparison share: the figure around them, their axes, and taking them away as a file. */

import type { Axis } from '../../../view/time/axis';
import { type Child, type Drawn, element } from '../../elements/element';
import type { Scene } from '../../scene';
import { type Chart, savePicture } from './chart_file';

/** A chart under its title, with the ways to take it away. */
export function figure(scene: Scene, chart: Chart, ...more: Child[]): Drawn {
  const { messages } = scene;
  const save = (form: 'svg' | 'png'): Drawn =>
    element(
      'button',
      {
        id: `${chart.id}-${form}`,
        type: 'button',
        class: 'plain',
        'aria-label': messages.say('comparison.save', { form: form.toUpperCase(), title: chart.title }),
        click: () => void savePicture(scene, chart, form),
      },
      form.toUpperCase(),
    );
  return element(
    'figure',
    { class: 'chart', id: chart.id },
    element('h3', {}, chart.title, element('span', { class: 'saves' }, save('svg'), save('png'))),
    ...more,
    chart.drawing,
    element('figcaption', {}, chart.note),
  );
}

/** A height that goes with a width, within bounds. */
export function heightFor(width: number, share: number, least: number, most: number): number {
  return Math.round(Math.min(Math.max(width * share, least), most));
}

/** The SVG of a chart, drawn to its width in pixels; `label` says the same in words. */
export function drawing(width: number, height: number, label: string, ...children: Child[]): Drawn {
  return element(
    'svg',
    { viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': label, class: 'plot' },
    ...children,
  );
}

/** A text of the chart at a point. */
export function textAt(x: number, y: number, text: string, className = '', anchor: 'start' | 'middle' | 'end' = 'start'): Drawn {
  return element('text', { x: x.toFixed(1), y: y.toFixed(1), class: className, 'text-anchor': anchor }, text);
}

/** A straight line between two points of the chart. */
export function lineFrom(x1: number, y1: number, x2: number, y2: number, className: string): Drawn {
  return element('line', { x1: x1.toFixed(1), y1: y1.toFixed(1), x2: x2.toFixed(1), y2: y2.toFixed(1), class: className });
}

/** Vertical lines at the ticks of a horizontal axis, from `top` down to their numbers below `bottom`. */
export function gridAcross(axis: Axis, format: (value: number) => string, top: number, bottom: number): Drawn[] {
  return axis.ticks.flatMap((tick) => [
    lineFrom(axis.at(tick), top, axis.at(tick), bottom, 'grid'),
    textAt(axis.at(tick), bottom + 17, format(tick), 'tick', 'middle'),
  ]);
}

/** Horizontal lines at the ticks of a vertical axis, their numbers to the left. */
export function gridUp(axis: Axis, format: (value: number) => string, left: number, right: number): Drawn[] {
  return axis.ticks.flatMap((tick) => [
    lineFrom(left, axis.at(tick), right, axis.at(tick), 'grid'),
    textAt(left - 6, axis.at(tick) + 4.5, format(tick), 'tick', 'end'),
  ]);
}

/** The path data of straight lines through points. */
export function pathThrough(points: [x: number, y: number][]): string {
  return points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');
}
