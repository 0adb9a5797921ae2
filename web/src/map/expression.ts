/**
 * Reads the few style expressions that the area colours are made of, so that legend, list and panel take each colour and
 * each class bound from the very expression the map draws with. Knows only literals, `get, has, coalesce, sqrt, match, step,
 * case`, linear `interpolate`, and of filters `all, any, !, ==, !=, <, <=, >, >=`.
 */

/** What an expression can give. */
export type Value = string | number | boolean | null;
/** A style expression as JSON: a value, or an operator with its arguments. */
export type Expression = Value | Expression[];
/** The attributes of an area that expressions read. */
export type Properties = object;

function propertyOf(properties: Properties, name: Expression | undefined): Value {
  return ((properties as Record<string, unknown>)[String(name)] as Value | undefined) ?? null;
}

function matched([input, ...arms]: Expression[], properties: Properties): Value {
  const value = evaluate(input ?? null, properties);
  for (let i = 0; i + 1 < arms.length; i += 2) {
    const labels = arms[i];
    if (Array.isArray(labels) ? labels.includes(value) : labels === value) return evaluate(arms[i + 1] ?? null, properties);
  }
  return evaluate(arms.at(-1) ?? null, properties);
}

function stepped([input, first, ...stops]: Expression[], properties: Properties): Value {
  const value = Number(evaluate(input ?? null, properties));
  let chosen = first;
  for (let i = 0; i + 1 < stops.length; i += 2) if (value >= Number(stops[i])) chosen = stops[i + 1];
  return evaluate(chosen ?? null, properties);
}

function interpolated([, input, ...stops]: Expression[], properties: Properties): Value {
  const value = Number(evaluate(input ?? null, properties));
  const pairs = stops.flatMap((_, i): [number, number][] => (i % 2 === 0 ? [[Number(stops[i]), Number(stops[i + 1])]] : []));
  const above = pairs.findIndex(([stop]) => stop > value);
  const [low, high] = [pairs.at(above < 0 ? -1 : Math.max(above - 1, 0)), pairs.at(above)];
  if (!low || !high || high[0] === low[0]) return low?.[1] ?? null;
  return low[1] + ((high[1] - low[1]) * (value - low[0])) / (high[0] - low[0]);
}

function cased(arms: Expression[], properties: Properties): Value {
  for (let i = 0; i + 1 < arms.length; i += 2)
    if (evaluate(arms[i] ?? null, properties) === true) return evaluate(arms[i + 1] ?? null, properties);
  return evaluate(arms.at(-1) ?? null, properties);
}

/** −1, 0 or 1; NaN where the two have no order: only numbers among themselves and texts among themselves have one. */
function ordered(a: Value, b: Value): number {
  if (typeof a === 'number' && typeof b === 'number') return Math.sign(a - b);
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : Number(a > b);
  return NaN;
}

const COMPARED: Record<string, (a: Value, b: Value) => boolean> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => ordered(a, b) < 0,
  '<=': (a, b) => ordered(a, b) <= 0,
  '>': (a, b) => ordered(a, b) > 0,
  '>=': (a, b) => ordered(a, b) >= 0,
};

/** The answer of a condition; `null` where `operator` is none. */
function judged(operator: string, rest: Expression[], properties: Properties): boolean | null {
  const values = (): Value[] => rest.map((item) => evaluate(item, properties));
  if (operator === 'all') return values().every((value) => value === true);
  if (operator === 'any') return values().some((value) => value === true);
  if (operator === '!') return values()[0] !== true;
  const compare = COMPARED[operator];
  const [a = null, b = null] = compare ? values() : [];
  return compare ? compare(a, b) : null;
}

/** The value of `expression` for an area with `properties`; a property that is `null` counts as absent, as in a tile. */
export function evaluate(expression: Expression, properties: Properties): Value {
  if (!Array.isArray(expression)) return expression;
  const [operator, ...rest] = expression;
  switch (operator) {
    case 'get':
      return propertyOf(properties, rest[0]);
    case 'has':
      return propertyOf(properties, rest[0]) !== null;
    case 'coalesce':
      return rest.map((item) => evaluate(item, properties)).find((value) => value !== null) ?? null;
    case 'match':
      return matched(rest, properties);
    case 'step':
      return stepped(rest, properties);
    case 'sqrt':
      return Math.sqrt(Number(evaluate(rest[0] ?? null, properties)));
    case 'interpolate':
      return interpolated(rest, properties);
    case 'case':
      return cased(rest, properties);
    default: {
      const answer = judged(String(operator), rest, properties);
      if (answer === null) throw new Error(`style expression “${String(operator)}” is not one that the legend can read`);
      return answer;
    }
  }
}

/** A filter that asks for `further` beside what `filter` asks for, its parts side by side. */
export function conjoined(filter: Expression | undefined, ...further: Expression[]): Expression {
  const parts = filter === undefined ? [] : Array.isArray(filter) && filter[0] === 'all' ? filter.slice(1) : [filter];
  const [only, ...more] = [...parts, ...further];
  return only !== undefined && more.length === 0 ? only : ['all', ...parts, ...further];
}

/** The first `step` expression inside `expression`. */
function firstStep(expression: Expression): Expression[] | null {
  if (!Array.isArray(expression)) return null;
  if (expression[0] === 'step') return expression;
  for (const item of expression) {
    const found = firstStep(item);
    if (found) return found;
  }
  return null;
}

/** The bounds of the first `step` in an expression, ascending. */
export function stepBounds(expression: Expression): number[] {
  return (firstStep(expression) ?? [])
    .slice(3)
    .filter((_, index) => index % 2 === 0)
    .map(Number);
}

/** The colours of the first `step` in an expression, one more than its bounds. */
export function stepColours(expression: Expression): string[] {
  return (firstStep(expression) ?? [])
    .slice(2)
    .filter((_, index) => index % 2 === 0)
    .map(String);
}

/**
 * `expression` with the bounds of its `step` replaced; the colours stay. Fewer bounds than colours drop the middle colours,
 * none leave the first.
 */
export function withStepBounds(expression: Expression, bounds: number[]): Expression {
  if (!Array.isArray(expression)) return expression;
  if (expression[0] !== 'step') return expression.map((item) => withStepBounds(item, bounds));
  const colours = stepColours(expression);
  // The drawing library takes no step without a bound.
  if (bounds.length === 0) return colours[0] ?? null;
  const last = colours.length - 1;
  const kept = bounds.map((_, index) => colours[Math.round(((index + 1) * last) / bounds.length)] ?? null);
  return ['step', expression[1] ?? null, colours[0] ?? null, ...bounds.flatMap((bound, index) => [bound, kept[index] ?? null])];
}
