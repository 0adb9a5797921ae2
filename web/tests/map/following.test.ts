import {
  expression,
  type FilterSpecification,
  type LayerSpecification,
  type StyleSpecification,
} from '@maplibre/maplibre-gl-style-spec';
import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { evaluate, type Expression } from '../../src/map/expression';
import { followedNames, following, movingNames, overState } from '../../src/map/following';
import { LETTERED, lettersApart } from '../../src/map/letters';

const styles = ['light', 'dark'].map((name) => {
  const file = join(import.meta.dirname, `../../../styles/${name}.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as StyleSpecification;
});

/** What MapLibre itself makes of an expression, for an area in a tile and with a state. */
function drawn(rewritten: Expression, properties: object, state: object): unknown {
  const made = expression.createExpression(rewritten as never, 'layers[0].paint.test');
  if (made.result === 'error') throw new Error(made.value.map(({ message }) => message).join());
  return made.value.evaluate({ zoom: 9 }, { type: 'Polygon', properties } as never, state as never);
}

describe('an expression over the state', () => {
  const colour: Expression = ['match', ['get', 'grade'], 'A', 'green', 'E', 'red', 'grey'];

  it('reads the tile until the area is painted', () => {
    expect(drawn(overState(colour), { grade: 'A' }, {})).toBe('green');
    expect(drawn(overState(colour), { grade: 'A' }, { painted: false, grade: 'E' })).toBe('green');
  });

  it('reads the state of a painted area, also where it says nothing', () => {
    const counted: Expression = ['case', ['has', 'rate'], ['step', ['get', 'rate'], 'low', 10, 'high'], 'none'];
    expect(drawn(overState(colour), { grade: 'A' }, { painted: true, grade: 'E' })).toBe('red');
    expect(drawn(overState(counted), { rate: 3 }, { painted: true, rate: 12 })).toBe('high');
    expect(drawn(overState(counted), { rate: 3 }, { painted: true, rate: null })).toBe('none');
  });

  it('leaves what lasts alone', () => {
    const lasting: Expression = ['all', ['==', ['get', 'level'], 'commune'], ['>=', ['get', 'area_km2'], 5]];
    expect(overState(lasting)).toEqual(lasting);
    expect(movingNames(lasting)).toEqual([]);
    expect(overState('#ffffff')).toBe('#ffffff');
  });
});

describe('a layer that follows', () => {
  const layer = {
    id: 'area-grade-withheld',
    type: 'fill',
    source: 'areas',
    metadata: { 'binhyen:theme': 'grade' },
    filter: ['all', ['==', ['get', 'level'], 'commune'], ['==', ['get', 'grade'], 'insufficient']],
    paint: { 'fill-pattern': 'hatch' },
  } as unknown as LayerSpecification;

  it('turns what its filter asks of a rating into opacity', () => {
    const followed = following(layer as never, ['area-grade']) as unknown as {
      filter: FilterSpecification;
      paint: Record<string, Expression>;
    };
    expect(followed.filter).toEqual(['==', ['get', 'level'], 'commune']);
    const opacity = followed.paint['fill-opacity'] ?? null;
    expect(drawn(opacity, { grade: 'A' }, {})).toBe(0);
    expect(drawn(opacity, { grade: 'insufficient' }, {})).toBe(1);
    expect(drawn(opacity, { grade: 'insufficient' }, { painted: true, grade: 'B' })).toBe(0);
  });

  it('stays as it is where it has no theme', () => {
    const border = { ...layer, metadata: {} } as never;
    expect(following(border, ['area-grade'])).toBe(border);
  });

  it('keeps a filter that asks for the zoom', () => {
    const zoomed = { ...layer, filter: ['>=', ['get', 'incidents'], ['step', ['zoom'], 9, 10, 1]] } as never;
    expect((following(zoomed, []) as { filter?: unknown }).filter).toEqual([
      '>=',
      ['get', 'incidents'],
      ['step', ['zoom'], 9, 10, 1],
    ]);
  });

  it('is drawn as before while nothing is painted, in every style and for every grade', () => {
    for (const style of styles)
      for (const found of style.layers)
        if (
          found.type === 'fill' &&
          found.metadata &&
          'binhyen:theme' in (found.metadata as object) &&
          found.paint?.['fill-color']
        ) {
          const followed = following(found as never, [found.id]) as unknown as { paint: Record<string, Expression> };
          for (const grade of ['A', 'C', 'E', 'insufficient', 'none'])
            for (const reliability of [0.1, 0.6, 0.9]) {
              const area = { grade, reliability, statutory: 'met', rate_smoothed: 80, model_density: 3 };
              const before = evaluate(found.paint['fill-color'] as Expression, area);
              const after = drawn(['to-string', followed.paint['fill-color'] ?? null], area, {});
              expect(after).toBe(drawn(['to-string', ['to-color', before]], area, {}));
            }
        }
  });
});

describe('a style', () => {
  it('names all that the state must hold', () => {
    for (const style of styles)
      expect(followedNames(style as never)).toEqual(expect.arrayContaining(['grade', 'incidents', 'reliability', 'statutory']));
    expect(followedNames({ version: 8, sources: {}, layers: [] })).toEqual([]);
  });

  it('draws each letter in a layer of its own, and the names apart', () => {
    for (const style of styles) {
      const lettered = style.layers.find(({ id }) => id === LETTERED);
      const apart = lettersApart(lettered as never);
      expect(apart.map(({ id }) => id)).toEqual(
        [...'ABCDE'].map((letter) => `${LETTERED}-${letter}`).concat(`${LETTERED}-range`, LETTERED),
      );
      const letter = following(apart[1] as never, []) as unknown as { paint: Record<string, Expression> };
      expect(drawn(letter.paint['text-opacity'] ?? null, { grade: 'A' }, { painted: true, grade: 'B' })).toBe(1);
      expect(drawn(letter.paint['text-opacity'] ?? null, { grade: 'B' }, { painted: true, grade: 'A' })).toBe(0);
      // Both ends of a range are words of the tile: they step aside for newer numbers.
      const range = following(apart[5] as never, []) as unknown as { paint: Record<string, Expression> };
      expect(drawn(range.paint['text-opacity'] ?? null, { grade: 'range' }, {})).toBe(1);
      expect(drawn(range.paint['text-opacity'] ?? null, { grade: 'range' }, { painted: true, grade: 'range' })).toBe(0);
    }
    expect(lettersApart({ id: 'water', type: 'background' })).toHaveLength(1);
  });
});
