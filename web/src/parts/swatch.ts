/** Small squares in the colours of the map. */

import type { AreaRow, GradeCode } from '../api/types';
import type { Theme } from '../view/view';
import { coloured, element } from './element';
import { colourOf, patternAddress, type Scene } from './scene';

const PATTERN_OF: Partial<Record<string, string>> = { insufficient: 'hatch', suppressed: 'hatch-sparse' };

function patterned(node: HTMLElement, scene: Scene, id: string | undefined): HTMLElement {
  const address = id === undefined ? null : patternAddress(scene, id);
  if (address) node.style.backgroundImage = `url(${address})`;
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
  if (theme === 'grade') return patterned(node, scene, PATTERN_OF[grade]);
  if (theme === 'statutory' && area.statutory === 'insufficient') return patterned(node, scene, 'dots');
  return node;
}
