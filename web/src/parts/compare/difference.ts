/** The map of what changed: its colours, its style and its legend. Not a colour of its own: those of the letters, the unclear ones greyed. */

import type { LayerSpecification, StyleSpecification } from 'maplibre-gl';
import type { Change } from '../../api/comparison';
import { fillLayerId } from '../../map/dressing';
import { type ChangeClass, changeClass } from '../../view/difference';
import { coloured, element } from '../element';
import { classTexts } from '../legend';
import { colourOf, GRADES, patternAddress, type Scene } from '../scene';

/** The theme whose layers the map of changes borrows. */
export const BORROWED = 'grade';
const NAMES_LAYER = 'label-name';
const HATCH = 'hatch';

function classColour(scene: Scene, found: ChangeClass | null): string | null {
  if (!found) return colourOf(scene, BORROWED, { grade: 'insufficient' });
  return colourOf(scene, BORROWED, { grade: found.band, reliability: found.clearness === 'clear' ? 1 : 0 });
}

function bandsOf(scene: Scene): number[] {
  return scene.meta.grade?.bands ?? [];
}

function themesOf(layer: LayerSpecification): string[] {
  const theme = (layer.metadata as Record<string, unknown> | undefined)?.['binhyen:theme'];
  return typeof theme === 'string' ? theme.split(' ') : [];
}

function fillByCode(changes: Change[], scene: Scene): unknown {
  const none = classColour(scene, null);
  const arms = changes.flatMap((change) => [change.code, classColour(scene, changeClass(change, bandsOf(scene)))]);
  return arms.length === 0 ? none : ['match', ['to-string', ['get', 'code']], ...arms, none];
}

/** The fill of the letters recoloured, and above it a hatching where nothing can be said. */
function changedFill(layer: LayerSpecification, changes: Change[], scene: Scene): LayerSpecification[] {
  const known = changes.filter((change) => changeClass(change, bandsOf(scene)) !== null).map(({ code }) => code);
  const { paint: _paint, ...bare } = layer as LayerSpecification & { type: 'fill' };
  const fill = { ...bare, paint: { 'fill-color': fillByCode(changes, scene), 'fill-antialias': false } };
  const hatch = {
    ...bare,
    id: `${layer.id}-unknown`,
    filter: ['!', ['in', ['to-string', ['get', 'code']], ['literal', known]]],
    paint: { 'fill-pattern': HATCH, 'fill-antialias': false },
  };
  return [fill, hatch] as LayerSpecification[];
}

/** The style of the page with its letters replaced by changes; names stay, letters go. */
export function differenceStyle(scene: Scene, changes: Change[]): StyleSpecification {
  const { style } = scene;
  const layers = style.layers.flatMap((layer): LayerSpecification[] => {
    if (layer.id === fillLayerId(BORROWED)) return changedFill(layer, changes, scene);
    if (layer.id === NAMES_LAYER) return [{ ...layer, metadata: { ...(layer.metadata as object), 'binhyen:theme': BORROWED } }];
    return themesOf(layer).includes(BORROWED) ? [] : [layer];
  });
  return { ...style, layers };
}

function hatched(node: HTMLElement, scene: Scene): HTMLElement {
  const address = patternAddress(scene, HATCH);
  if (address) node.style.backgroundImage = `url(${address})`;
  return node;
}

/** The small square that stands for a change. */
export function changeSwatch(scene: Scene, change: Change): HTMLElement {
  const found = changeClass(change, bandsOf(scene));
  const node = coloured(element('span', { class: 'swatch', 'aria-hidden': 'true' }), classColour(scene, found));
  return found ? node : hatched(node, scene);
}

function rowOf(scene: Scene, clearness: ChangeClass['clearness']): HTMLElement {
  const swatches = GRADES.map((band) =>
    element(
      'td',
      {},
      coloured(element('span', { class: 'swatch', 'aria-hidden': 'true' }), classColour(scene, { band, clearness })),
    ),
  );
  return element('tr', {}, element('th', { scope: 'row' }, scene.messages.say(`comparison.change.${clearness}`)), ...swatches);
}

/** Two rows of the same five steps: clear changes in full colour, unclear ones greyed. */
export function differenceLegend(scene: Scene): HTMLElement {
  const { messages, numbers } = scene;
  const texts = classTexts(bandsOf(scene), numbers.bound);
  const unknown = hatched(coloured(element('span', { class: 'swatch', 'aria-hidden': 'true' }), classColour(scene, null)), scene);
  return element(
    'div',
    { class: 'difference-legend' },
    element(
      'table',
      {},
      element('caption', {}, messages.say('comparison.change.caption')),
      element('thead', {}, element('tr', {}, element('td', {}), ...texts.map((text) => element('th', { scope: 'col' }, text)))),
      element('tbody', {}, rowOf(scene, 'clear'), rowOf(scene, 'unclear')),
    ),
    element('p', {}, unknown, messages.say('comparison.change.unknown')),
  );
}
