/**
 * Lets the thematic layers follow numbers that are newer than their tiles: while an area's feature state says `painted`, its colour and
 * all that the style reads of its rating come from the state. What a layer's filter asks of a rating becomes opacity,
 * because filters cannot read the state. Nothing here knows a colour or a theme.
 */

import type { LayerSpecification, StyleSpecification } from 'maplibre-gl';
import type { Expression } from './expression';

/** What a tile says of an area whatever the period. */
const LASTING = new Set(['code', 'name', 'level', 'parent', 'population', 'area_km2']);
const PAINTED: Expression = ['boolean', ['feature-state', 'painted'], false];
const OPACITIES: Partial<Record<LayerSpecification['type'], string[]>> = {
  fill: ['fill-opacity'],
  line: ['line-opacity'],
  circle: ['circle-opacity', 'circle-stroke-opacity'],
  symbol: ['text-opacity', 'icon-opacity'],
};

/** The attributes that an expression reads, without the lasting ones. */
export function movingNames(expression: Expression): string[] {
  if (!Array.isArray(expression)) return [];
  const [operator, name] = expression;
  if ((operator === 'get' || operator === 'has') && typeof name === 'string') return LASTING.has(name) ? [] : [name];
  return expression.flatMap(movingNames);
}

function readsZoom(expression: Expression): boolean {
  return Array.isArray(expression) && (expression[0] === 'zoom' || expression.some(readsZoom));
}

/** `expression`, reading the state alone. */
function ofState(expression: Expression): Expression {
  if (!Array.isArray(expression)) return expression;
  const isMoving = expression[0] === 'get' && movingNames(expression).length > 0;
  return isMoving ? ['feature-state', expression[1] ?? null] : expression.map(ofState);
}

/** `expression`, reading the state of a painted area where it would read its tile. */
export function overState(expression: Expression): Expression {
  if (!Array.isArray(expression)) return expression;
  const [operator, name] = expression;
  if (movingNames(expression).length === 0 || operator === 'literal') return expression;
  const state: Expression = ['feature-state', name ?? null];
  // Inside `case` an absent attribute would be of the wrong type before `coalesce` came to it.
  if (operator === 'coalesce') return ['case', PAINTED, ofState(expression), expression];
  if (operator === 'get') return ['case', PAINTED, state, expression];
  if (operator === 'has') return ['case', PAINTED, ['!=', ['typeof', state], 'null'], expression];
  return expression.map(overState);
}

/** The parts of a filter that all must hold. */
function conjuncts(filter: Expression): Expression[] {
  return Array.isArray(filter) && filter[0] === 'all' ? filter.slice(1) : [filter];
}

function all(parts: Expression[]): Expression | undefined {
  return parts.length > 1 ? ['all', ...parts] : parts[0];
}

/** A layer of any type while it is rewritten. */
interface Loose {
  filter?: Expression;
  layout?: Record<string, Expression>;
  paint?: Record<string, Expression>;
}

/** Shows a layer only where `shown` says so, on top of the opacity that it has. */
function veiled(
  type: LayerSpecification['type'],
  paint: Record<string, Expression>,
  shown: Expression,
): Record<string, Expression> {
  const veils = (OPACITIES[type] ?? []).map((name) => [name, ['case', shown, paint[name] ?? 1, 0]]);
  return { ...paint, ...(Object.fromEntries(veils) as Record<string, Expression>) };
}

/** Words of a symbol cannot follow, so those that name a rating are hidden while the area is painted. */
function stepAside(type: LayerSpecification['type'], { layout = {}, paint = {} }: Loose): Record<string, Expression> {
  const words = layout['text-field'];
  return type === 'symbol' && words !== undefined && movingNames(words).length > 0 ? veiled(type, paint, ['!', PAINTED]) : paint;
}

/**
 * A thematic layer of areas that follows the state; `coloured` are the fills whose colour the state holds. A layer follows under
 * every theme: where a paint property stops reading the state, the drawing library fails on tiles that were laid out before.
 */
export function following(layer: LayerSpecification, coloured: readonly string[]): LayerSpecification {
  const marks = (layer.metadata ?? {}) as Record<string, unknown>;
  if (marks['binhyen:theme'] === undefined) return layer;
  const loose: Loose = { ...(layer as unknown as Loose) };
  const opacities = OPACITIES[layer.type] ?? [];
  const parts = loose.filter === undefined ? [] : conjuncts(loose.filter);
  const isFixed = opacities.some((name) => readsZoom(loose.paint?.[name] ?? 1));
  const moving = isFixed ? [] : parts.filter((part) => movingNames(part).length > 0 && !readsZoom(part));
  let paint = Object.fromEntries(Object.entries(loose.paint ?? {}).map(([name, value]) => [name, overState(value)]));
  if (coloured.includes(layer.id) && paint['fill-color'] !== undefined)
    paint['fill-color'] = ['case', PAINTED, ['to-color', ['feature-state', 'colour'], 'rgba(0, 0, 0, 0)'], paint['fill-color']];
  const shown = all(moving.map(overState));
  if (shown !== undefined) paint = veiled(layer.type, paint, shown);
  paint = stepAside(layer.type, { ...loose, paint });
  const filter = all(parts.filter((part) => !moving.includes(part)));
  const { filter: _filter, ...rest } = layer as LayerSpecification & Loose;
  return { ...rest, paint, ...(filter !== undefined && { filter }) } as LayerSpecification;
}

/** All that the thematic layers of a style read of a rating: what the state of a painted area must hold. */
export function followedNames(style: StyleSpecification): string[] {
  const thematic = style.layers.filter(
    (layer) => ((layer.metadata ?? {}) as Record<string, unknown>)['binhyen:theme'] !== undefined,
  );
  const read = thematic.flatMap((layer) => {
    const { filter = null, paint = {}, layout = {} } = layer as unknown as Loose;
    return [filter, ...Object.values(paint), ...Object.values(layout)].flatMap(movingNames);
  });
  return [...new Set(read)].sort();
}
