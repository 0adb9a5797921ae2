/**
 * Squares of a kilometre where incidents would lie on each other, for those who see points: asked for with the filter, less
 * the groups that the reader left out; their classes, and what the legend says of them.
 */

import { effect, type ReadonlySignal } from '@preact/signals-core';
import { type CellFeature, type IncidentCells, squaresAddress } from '../../api/incidents';
import type { Bounds } from '../../api/types';
import { rounded } from '../../map/classes';
import { stepColours, type Expression } from '../../map/expression';
import { type DenseSquare, DENSITY_LAYER } from '../../map/incidents/density';
import { kindsOf } from '../../view/kinds';
import { filterOf } from '../../view/view';
import { coloured, type Drawn, element } from '../elements/element';
import type { Scene } from '../scene';
import { denseSquares, hiddenGroups, openSquare } from './shared';

const CLASSES = 5;

/** The filter of the points that are not left out; `null` where none is left. */
export function shownFilter({ meta, view }: Scene): URLSearchParams | null {
  const filter = filterOf(view);
  const hidden = hiddenGroups.value;
  if (hidden.size === 0) return filter;
  const left = new Set(kindsOf(meta).flatMap(({ id, categories }) => (hidden.has(id) ? categories.map((item) => item.id) : [])));
  const counted = filter.get('categories')?.split(',') ?? meta.categories.filter((item) => !item.detected).map(({ id }) => id);
  const shown = counted.filter((id) => !left.has(id)).sort();
  if (shown.length === 0) return null;
  filter.set('categories', shown.join(','));
  return filter;
}

/** A square of the answer; its sides are those of its ring. */
export function squareOf({ id, geometry, properties }: CellFeature): DenseSquare | null {
  const [southWest, , northEast] = geometry.type === 'Polygon' ? (geometry.coordinates[0] ?? []) : [];
  if (!southWest || !northEast) return null;
  const bounds = [...southWest, ...northEast] as unknown as Bounds;
  return { id, bounds, count: properties.count, component: properties.main_component ?? null };
}

/** The bounds of the classes: equal steps of the logarithm, since most squares hold few; whole, since what is counted is. */
export function classBounds(squares: readonly DenseSquare[]): number[] {
  const most = Math.max(1, ...squares.map(({ count }) => count));
  const steps = Array.from({ length: CLASSES - 1 }, (_, index) => most ** ((index + 1) / CLASSES));
  const bounds = steps.map((step) => Math.max(2, Math.round(rounded(step))));
  return [...new Set(bounds)].filter((bound) => bound <= most);
}

/** "1–4", "5–19", …, "≥ 100" for the bounds of classes of whole numbers from 1. */
export function countTexts(bounds: readonly number[], format: (value: number) => string): string[] {
  const lows = [1, ...bounds];
  return lows.map((low, index) => {
    const next = lows[index + 1];
    if (next === undefined) return `≥ ${format(low)}`;
    return next - 1 > low ? `${format(low)}–${format(next - 1)}` : format(low);
  });
}

function classColours(scene: Scene, classes: number): string[] {
  const layer = scene.style.layers.find(({ id }) => id === DENSITY_LAYER);
  const colour = (layer?.type === 'fill' ? (layer.paint?.['fill-color'] ?? null) : null) as Expression;
  const colours = stepColours(colour);
  const last = colours.length - 1;
  return Array.from({ length: classes }, (_, index) => colours[Math.round((index * last) / Math.max(classes - 1, 1))] ?? '');
}

/** The classes of the squares with their colours. */
function keyOf(scene: Scene, bounds: readonly number[]): Drawn[] {
  const { messages, numbers } = scene;
  const texts = countTexts(bounds, numbers.count);
  const colours = classColours(scene, texts.length);
  const column = (text: string, index: number): Drawn =>
    element(
      'li',
      {},
      coloured(element('span', { class: 'swatch', 'aria-hidden': 'true' }), colours[index] ?? null),
      element('span', { class: 'class' }, text),
    );
  return [
    element(
      'li',
      { class: 'squares-key' },
      element('span', {}, messages.say('incidents.dense.key')),
      element('ul', {}, ...texts.map(column)),
    ),
  ];
}

/** Keeps the squares as the filter says while the layer is on show; what was on the map stays until the next are here. */
export function followDensity(scene: Scene, isShown: ReadonlySignal<boolean>): void {
  effect(() => {
    const { role } = scene.meta;
    const filter = isShown.value && (role === 'commander' || role === 'operator') ? shownFilter(scene) : null;
    if (!filter) return void (denseSquares.value = null);
    const known = scene.answers.of<IncidentCells>(squaresAddress(filter));
    if (known.state === 'waiting') return;
    const squares = known.state === 'here' ? known.value.features.flatMap((feature) => squareOf(feature) ?? []) : [];
    const bounds = classBounds(squares);
    denseSquares.value = squares.length > 0 ? { squares, bounds, key: (now) => keyOf(now, bounds) } : null;
  });
  effect(() => {
    const open = openSquare.value;
    const dense = denseSquares.value;
    if (!open) return;
    // Under another filter a square may hold other incidents, or none.
    const now = dense?.squares.find(({ id }) => id === open.id);
    if (!now) openSquare.value = null;
    else if (now.count !== open.count) openSquare.value = { ...open, count: now.count };
  });
}
