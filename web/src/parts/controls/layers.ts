/** What is drawn: one theme of the areas, and what lies over it. A theme without values is shown, but cannot be chosen. */

import { hasValues } from '../../view/text/values';
import { type Overlay, type Theme, THEMES } from '../../view/view';
import { coloured, type Drawn, element } from '../elements/element';
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
  const isHidden = (theme: Theme): boolean => theme === 'clusters' && scene.meta.role === 'public';
  return THEMES.filter((theme) => isHidden(theme) || !hasValues(areasOf(scene), theme));
}

/** Only a role decides over these: the public has them in no period. */
const ENTRUSTED: readonly Theme[] = ['movement', 'clusters'];

/** Why some themes cannot be chosen, in a sentence for each reason. */
function whyEmpty(scene: Scene, empty: Theme[]): Drawn[] {
  const { messages, meta } = scene;
  const isHidden = (theme: Theme): boolean => meta.role === 'public' && ENTRUSTED.includes(theme);
  const names = (themes: Theme[]): string => themes.map((theme) => messages.say(`layer.${theme}`)).join(', ');
  const hidden = empty.filter(isHidden);
  const missing = empty.filter((theme) => !isHidden(theme));
  return [
    hidden.length > 0 && messages.say('layer.none.public', { names: names(hidden) }),
    missing.length > 0 && messages.say('layer.none.period', { names: names(missing) }),
  ]
    .filter((text) => text !== false)
    .map((text) => element('p', { class: 'why-not' }, text));
}

function overlayBoxes(scene: Scene): Drawn {
  const { messages, view, meta } = scene;
  const offered: Overlay[] = meta.role === 'public' ? ['models'] : ['models', 'incidents'];
  const boxes = offered.map((overlay) =>
    box({
      id: `overlay-${overlay}`,
      label: messages.say(`overlay.${overlay}`),
      state: view.overlays.includes(overlay) ? 'ticked' : 'empty',
      turn: () => scene.change({ overlays: toggled(view.overlays, overlay) }),
    }),
  );
  return element('fieldset', { class: 'overlays' }, element('legend', {}, messages.say('overlays')), ...boxes);
}

/** The themes as radio buttons, why some cannot be chosen, and the overlays. */
export function layerParts(scene: Scene): Drawn[] {
  const { messages, view } = scene;
  const empty = emptyThemes(scene);
  const themes = radios<Theme>({
    name: 'layer',
    legend: messages.say('layer'),
    choices: THEMES.map((item) => ({
      item,
      label: [messages.say(`layer.${item}`), sampleOf(scene, item)],
      // The one on show stays within reach, so that the arrow keys have something to start from.
      state: empty.includes(item) && item !== view.theme ? 'closed' : 'open',
    })),
    chosen: view.theme,
    choose: (theme) => scene.change({ theme }),
  });
  return [themes, ...whyEmpty(scene, empty), overlayBoxes(scene)];
}
