/** Puts the parts of the page into the document. Each is an effect: it draws again when what it read of the scene changes. */

import { effect } from '@preact/signals-core';
import { mountComparison } from '../parts/compare/comparison';
import { controlParts } from '../parts/controls/controls';
import { region } from '../parts/elements/dom';
import { draw } from '../parts/elements/element';
import { viewTabs } from '../parts/header/views';
import { captionText, legendParts } from '../parts/legend/legend';
import { type MapActions, toolParts } from '../parts/map/tools';
import { panelParts } from '../parts/panel/panel';
import type { Scene } from '../parts/scene';
import { listenForSharing } from '../parts/share/share';
import { mountTable } from '../parts/table/table_twin';
import { Timeline } from '../parts/time/timeline';

const NAMED = ['controls', 'panel', 'table', 'compare', 'timeline', 'views'] as const;

/** What the document as a whole says: its language, its title, the names of its regions, and which mode lays it out. */
function mountDocument(scene: Scene): void {
  effect(() => {
    document.body.dataset['mode'] = scene.view.mode;
  });
  effect(() => {
    document.documentElement.lang = scene.view.lang;
    document.title = `Bình Yên · ${scene.messages.say('title')}`;
    for (const name of NAMED) region(name).setAttribute('aria-label', scene.messages.say(name));
  });
}

/** The panel. Another area is read from its top; what comes later to the same one moves nothing. */
function mountPanel(scene: Scene): void {
  const panel = region('panel');
  let shown: string | null = null;
  effect(() => {
    draw(panel, ...panelParts(scene));
    const { area } = scene.view;
    if (area !== shown) panel.scrollTop = 0;
    shown = area;
  });
}

/** Puts all parts that follow the scene into the document. */
export function mountParts(scene: Scene, actions: MapActions): void {
  mountDocument(scene);
  effect(() => draw(region('controls'), ...controlParts(scene)));
  effect(() => draw(region('legend'), ...legendParts(scene)));
  effect(() => {
    region('caption').textContent = captionText(scene);
  });
  effect(() => draw(region('tools'), ...toolParts(scene, actions)));
  effect(() => draw(region('views'), ...viewTabs(scene)));
  mountTable(scene, region('table'));
  mountComparison(scene, region('compare'));
  new Timeline(scene, region('timeline'));
  mountPanel(scene);
  listenForSharing(scene, document.body);
}
