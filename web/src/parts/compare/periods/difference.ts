/** The map of what changed: its colours, its style and its legend. Not a colour of its own: those of the letters, the unclear ones greyed. */

import type { LayerSpecification, StyleSpecification } from 'maplibre-gl';
import type { Change } from '../../../api/comparison';
import type { AreaRow } from '../../../api/types';
import { fillLayerId, patternOf } from '../../../map/map_style';
import { type ChangeClass, changeClass } from '../../../view/compare/difference';
import { type Drawn, element } from '../../elements/element';
import { classTexts } from '../../legend/legend_keys';
import { colourOf, GRADES, type Scene } from '../../scene';
import { swatch } from '../../legend/swatch';

/** The theme whose layers the map of changes borrows. */
export const BORROWED = 'grade';
const NAMES_LAYER = 'label-name';

/** The area that the map of letters would draw as this change is drawn. */
function likeness(found: ChangeClass | null): Partial<AreaRow> {
  if (!found) return { grade: 'insufficient' };
  return { grade: found.band, reliability: found.clearness === 'clear' ? 1 : 0 };
}

function bandsOf(scene: Scene): number[] {
  return scene.meta.grade?.bands ?? [];
}

function themesOf(layer: LayerSpecification): string[] {
  const theme = (layer.metadata as Record<string, unknown> | undefined)?.['binhyen:theme'];
  return typeof theme === 'string' ? theme.split(' ') : [];
}

const CODE = ['to-string', ['get', 'code']];

function fillByCode(changes: Change[], scene: Scene): unknown {
  const none = colourOf(scene, BORROWED, likeness(null));
  const colour = (change: Change): string | null => colourOf(scene, BORROWED, likeness(changeClass(change, bandsOf(scene))));
  const arms = changes.flatMap((change) => [change.code, colour(change)]);
  return arms.length === 0 ? none : ['match', CODE, ...arms, none];
}

/** The codes under each pattern that the style lays over letters like these changes. */
function codesByPattern(changes: Change[], scene: Scene): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const change of changes) {
    const pattern = patternOf(scene.style, BORROWED, likeness(changeClass(change, bandsOf(scene))));
    if (pattern !== null) found.set(pattern, [...(found.get(pattern) ?? []), change.code]);
  }
  return found;
}

/** The fill of the letters recoloured, and above it the patterns for what is unclear or cannot be said. */
function changedFill(layer: LayerSpecification, changes: Change[], scene: Scene): LayerSpecification[] {
  const { paint: _paint, ...bare } = layer as LayerSpecification & { type: 'fill' };
  const fill = { ...bare, paint: { 'fill-color': fillByCode(changes, scene), 'fill-antialias': false } };
  const patterns = [...codesByPattern(changes, scene)].map(([pattern, codes]) => ({
    ...bare,
    id: `${layer.id}-${pattern}`,
    filter: ['in', CODE, ['literal', codes]],
    paint: { 'fill-pattern': pattern, 'fill-antialias': false },
  }));
  return [fill, ...patterns] as LayerSpecification[];
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

/** The small square that stands for a class of changes. */
function classSwatch(scene: Scene, found: ChangeClass | null): Drawn {
  // The colour is borrowed, the letter is not.
  return swatch(scene, BORROWED, likeness(found), { letter: 'none' });
}

/** The colour that the map of changes gives an area. */
export function changeSwatch(scene: Scene, change: Change): Drawn {
  return classSwatch(scene, changeClass(change, bandsOf(scene)));
}

function rowOf(scene: Scene, clearness: ChangeClass['clearness']): Drawn {
  const swatches = GRADES.map((band) => element('td', {}, classSwatch(scene, { band, clearness })));
  return element('tr', {}, element('th', { scope: 'row' }, scene.messages.say(`comparison.change.${clearness}`)), ...swatches);
}

/** Two rows of the same five steps: clear changes in full colour, unclear ones greyed. */
export function differenceLegend(scene: Scene): Drawn {
  const { messages, numbers } = scene;
  const heads = classTexts(bandsOf(scene), numbers.bound).map((text) => element('th', { scope: 'col' }, text));
  return element(
    'div',
    { class: 'difference-legend' },
    element(
      'table',
      {},
      element('caption', {}, messages.say('comparison.change.caption')),
      element('thead', {}, element('tr', {}, element('td', {}), ...heads)),
      element('tbody', {}, rowOf(scene, 'clear'), rowOf(scene, 'unclear')),
    ),
    element('p', {}, classSwatch(scene, null), messages.say('comparison.change.unknown')),
  );
}
