/** Small squares in the colours of the map. */

import type { AreaRow, GradeCode } from '../../api/types';
import { patternOf } from '../../map/map_style';
import { patternsOf } from '../../map/patterns';
import type { Theme } from '../../view/view';
import { coloured, element } from '../elements/element';
import { colourOf, patternAddress, type Scene } from '../scene';

function patterned(node: HTMLElement, scene: Scene, id: string | null): HTMLElement {
  const address = id === null ? null : patternAddress(scene, id);
  if (id === null || !address) return node;
  node.style.backgroundImage = `url(${address})`;
  node.style.backgroundSize = `${patternsOf(scene.style)[id]?.spacing_px ?? 0}px`;
  return node;
}

/** A swatch as the map shows `area` under `theme`; the letter of a grade is printed on it. */
export function swatch(scene: Scene, theme: Theme, area: Partial<AreaRow>): HTMLElement {
  const grade: GradeCode = area.grade ?? 'none';
  const letter = theme === 'grade' && grade.length === 1 ? grade : '';
  const node = coloured(
    element('span', { class: 'swatch', 'data-grade': letter || null, 'aria-hidden': 'true' }, letter),
    colourOf(scene, theme, area),
  );
  return patterned(node, scene, patternOf(scene.style, theme, area));
}

/** A small line in the colour of a layer of lines. */
export function lineSwatch(scene: Scene, layerId: string): HTMLElement {
  const layer = scene.style.layers.find((item) => item.id === layerId);
  const colour = layer?.type === 'line' ? layer.paint?.['line-color'] : null;
  const dashed = layer?.type === 'line' && layer.paint?.['line-dasharray'] !== undefined;
  const node = element('span', { class: 'swatch line', 'data-dashed': dashed, 'aria-hidden': 'true' });
  if (typeof colour === 'string') node.style.borderColor = colour;
  return node;
}
