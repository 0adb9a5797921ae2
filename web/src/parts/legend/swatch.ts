/** Small squares in the colours of the map. */

import type { AreaRow, GradeCode } from '../../api/types';
import { patternOf } from '../../map/map_style';
import { patternsOf } from '../../map/patterns';
import type { Theme } from '../../view/view';
import { coloured, type Drawn, element, styled } from '../elements/element';
import { colourOf, patternAddress, type Scene } from '../scene';

function patterned(drawn: Drawn, scene: Scene, id: string | null): Drawn {
  const address = id === null ? null : patternAddress(scene, id);
  if (id === null || !address) return drawn;
  const spacing = patternsOf(scene.style)[id]?.spacing_px ?? 0;
  return styled(drawn, { backgroundImage: `url(${address})`, backgroundSize: `${spacing}px` });
}

/** How a swatch differs from the usual one: larger, or without the letter of its grade. */
export interface SwatchKind {
  size?: 'large';
  letter?: 'none';
}

/** A swatch as the map shows `area` under `theme`; the letter of a grade is printed on it. */
export function swatch(scene: Scene, theme: Theme, area: Partial<AreaRow>, kind: SwatchKind = {}): Drawn {
  const grade: GradeCode = area.grade ?? 'none';
  const letter = theme === 'grade' && grade.length === 1 ? grade : '';
  const name = kind.size === undefined ? 'swatch' : `swatch ${kind.size}`;
  const marks = {
    'data-grade': letter || null,
    'data-unclear': letter && area.difference === 'not_clearly_different' ? '' : null,
  };
  const drawn = coloured(
    element('span', { class: name, ...marks, 'aria-hidden': 'true' }, kind.letter !== 'none' && letter),
    colourOf(scene, theme, area),
  );
  return patterned(drawn, scene, patternOf(scene.style, theme, area));
}

/** A small line in the colour of a layer of lines. */
export function lineSwatch(scene: Scene, layerId: string): Drawn {
  const layer = scene.style.layers.find((item) => item.id === layerId);
  const colour = layer?.type === 'line' ? layer.paint?.['line-color'] : null;
  const dashed = layer?.type === 'line' && layer.paint?.['line-dasharray'] !== undefined;
  const line = element('span', { class: 'swatch line', 'data-dashed': dashed ? '' : null, 'aria-hidden': 'true' });
  return typeof colour === 'string' ? styled(line, { borderColor: colour }) : line;
}
