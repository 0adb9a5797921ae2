/**
 * Takes the letters of grades apart from the names beside them: words of a symbol cannot follow an area's feature state,
 * but five layers of one letter each can be shown and hidden by it. So letters change with the colours and never move.
 */

import type { LayerSpecification } from 'maplibre-gl';
import type { Grade } from '../api/types';
import { conjoined, type Expression } from './expression';

/** The layer of the style that names areas and their grades. */
export const LETTERED = 'label-grade';
const LETTERS: Grade[] = ['A', 'B', 'C', 'D', 'E'];
/** From this zoom on the names stand under the letters. */
const NAMED_FROM = 10;

interface Loose {
  layout?: Record<string, Expression>;
  filter?: Expression;
}

/** The layer of one letter: shown wherever the grade is that letter. */
function letterLayer(layer: LayerSpecification, letter: Grade): LayerSpecification {
  const { layout = {}, filter } = layer as Loose;
  return {
    ...layer,
    id: `${LETTERED}-${letter}`,
    filter: conjoined(filter, ['==', ['get', 'grade'], letter]),
    layout: {
      ...layout,
      'text-field': letter,
      'text-anchor': ['step', ['zoom'], 'center', NAMED_FROM, 'bottom'],
      // The five at one point do not push each other away; they give way to the names, which are placed before them.
      'text-ignore-placement': true,
    },
  } as LayerSpecification;
}

/** The letters of both ends where no single one is likely enough; without a layer for each pair they step aside for newer numbers. */
function rangeLayer(layer: LayerSpecification): LayerSpecification {
  const { layout = {}, filter } = layer as Loose;
  return {
    ...layer,
    id: `${LETTERED}-range`,
    filter: conjoined(filter, ['==', ['get', 'grade'], 'range']),
    layout: {
      ...layout,
      'text-field': ['concat', ['get', 'grade_best'], '–', ['get', 'grade_worst']],
      'text-anchor': ['step', ['zoom'], 'center', NAMED_FROM, 'bottom'],
      'text-ignore-placement': true,
    },
  } as LayerSpecification;
}

/** The names alone, from the zoom on at which there is room for them. */
function nameLayer(layer: LayerSpecification): LayerSpecification {
  const { layout = {} } = layer as Loose;
  return {
    ...layer,
    minzoom: NAMED_FROM,
    layout: {
      ...layout,
      'text-field': ['get', 'name'],
      'text-font': ['Be Vietnam Pro'],
      'text-anchor': 'top',
      // Clear of the letter's own box, or each would push its name away.
      'text-offset': [0, 0.25],
    },
  } as LayerSpecification;
}

/** `layer` itself, or instead of it a layer for each letter, one for ranges, and above them the names. */
export function lettersApart(layer: LayerSpecification): LayerSpecification[] {
  if (layer.id !== LETTERED) return [layer];
  return [...LETTERS.map((letter) => letterLayer(layer, letter)), rangeLayer(layer), nameLayer(layer)];
}
