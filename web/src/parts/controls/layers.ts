/** What is drawn: one theme of the areas, and what lies over it. A theme without values is shown, but cannot be chosen. */

import { hasValues } from '../../view/text/values';
import { isOpenTo, type Overlay, type Theme, THEMES } from '../../view/view';
import { coloured, type Drawn, element, icon } from '../elements/element';
import { themeColours } from '../legend/figures';
import { areasOf, type Scene } from '../scene';
import { box, radios, toggled } from './choices';

/** The colours of a layer in small, so that it is recognised. */
function sampleOf(scene: Scene, theme: Theme): Drawn {
  return element(
    'span',
    { class: 'sample-colours', 'aria-hidden': 'true' },
    ...themeColours(scene, theme).map((colour) => coloured(element('i'), colour)),
  );
}

/** The themes for which the server gave this role, period and level nothing. */
export function emptyThemes(scene: Scene): Theme[] {
  if (!scene.ratings) return [];
  return THEMES.filter((theme) => !isOpenTo(scene.meta.role, theme) || !hasValues(areasOf(scene), theme));
}

/** Why some themes have nothing to show, where the role may see them. */
function whyEmpty({ messages, meta }: Scene, empty: Theme[]): Drawn | null {
  const missing = empty.filter((theme) => isOpenTo(meta.role, theme));
  const names = missing.map((theme) => messages.say(`layer.${theme}`)).join(', ');
  return missing.length === 0 ? null : element('p', { class: 'why-not' }, messages.say('layer.none.period', { names }));
}

/** A lock, and for whom what it locks is. */
function lock({ messages }: Scene): Drawn {
  const strokes = 'M6 11h12v9H6zM9 11V8a3 3 0 0 1 6 0v3';
  return element('span', { class: 'locked' }, icon(strokes), element('small', {}, messages.say('layer.locked')));
}

function overlayBoxes(scene: Scene): Drawn {
  const { messages, asked, meta } = scene;
  const offered: Overlay[] = ['models', 'incidents'];
  const boxes = offered.map((overlay) =>
    !isOpenTo(meta.role, overlay)
      ? element('p', { class: 'choice' }, messages.say(`overlay.${overlay}`), lock(scene))
      : box({
          id: `overlay-${overlay}`,
          label: messages.say(`overlay.${overlay}`),
          state: asked.overlays.includes(overlay) ? 'ticked' : 'empty',
          turn: () => scene.change({ overlays: toggled(asked.overlays, overlay) }),
        }),
  );
  return element('fieldset', { class: 'overlays' }, element('legend', {}, messages.say('overlays')), ...boxes);
}

/** The themes as radio buttons, why some cannot be chosen, and the overlays. */
export function layerParts(scene: Scene): (Drawn | null)[] {
  const { messages, meta, asked } = scene;
  const empty = emptyThemes(scene);
  const themes = radios<Theme>({
    name: 'layer',
    legend: messages.say('layer'),
    choices: THEMES.map((item) => ({
      item,
      label: [messages.say(`layer.${item}`), isOpenTo(meta.role, item) ? sampleOf(scene, item) : lock(scene)],
      // The one on show stays within reach, so that the arrow keys have something to start from.
      state: empty.includes(item) && item !== asked.theme ? 'closed' : 'open',
    })),
    chosen: asked.theme,
    choose: (theme) => scene.change({ theme }),
  });
  return [themes, whyEmpty(scene, empty), overlayBoxes(scene)];
}
