/** Puts the parts of the page into the document. Each is an effect: it draws again when what it read of the scene changes. */

import { effect } from '@preact/signals-core';
import { isPublished } from '../api/published/mark';
import { mountComparison } from '../parts/compare/comparison';
import { controlParts } from '../parts/controls/controls';
import { mountDesk } from '../parts/desk/desk_part';
import { region } from '../parts/elements/dom';
import { draw } from '../parts/elements/element';
import { viewTabs } from '../parts/header/views';
import { mountModeration } from '../parts/moderation/moderation_part';
import { mountIncidents } from '../parts/incidents/incidents';
import { captionText, legendParts } from '../parts/legend/legend';
import { type MapActions, toolParts } from '../parts/map/tools';
import { newsPart } from '../parts/news/shared';
import { panelParts } from '../parts/panel/panel';
import { unbrush } from '../parts/quadrant/brushed';
import { type Scene, sceneOnMap } from '../parts/scene';
import type { Picker } from '../parts/reports/host';
import { listenForReporting } from '../parts/reports/reporting';
import { listenForSharing } from '../parts/share/share';
import { mountSituation } from '../parts/situation/situation_part';
import { mountTable } from '../parts/table/table_twin';
import { Timeline } from '../parts/time/timeline';

const NAMED = ['controls', 'panel', 'table', 'compare', 'timeline', 'views', 'incidents'] as const;

/** What the document as a whole says: its language, its title, the names of its regions, and which mode lays it out. */
function mountDocument(scene: Scene): void {
  effect(() => {
    document.body.dataset['mode'] = scene.view.mode;
  });
  effect(() => {
    document.body.toggleAttribute('data-pending', scene.isPending);
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
export function mountParts(scene: Scene, actions: MapActions, picker: () => Picker | null): void {
  mountDocument(scene);
  effect(() => draw(region('controls'), ...controlParts(scene)));
  effect(() => draw(region('legend'), ...legendParts(sceneOnMap(scene))));
  effect(() => {
    region('caption').textContent = captionText(sceneOnMap(scene));
  });
  effect(() => draw(region('tools'), ...toolParts(scene, actions)));
  effect(() => draw(region('views'), ...viewTabs(scene), newsPart.value?.(scene) ?? null));
  // Codes mean nothing outside their edition and level.
  effect(() => {
    const { edition, level } = scene.view;
    if (edition && level) unbrush();
  });
  mountTable(scene, region('table'));
  mountComparison(scene, region('compare'));
  mountDesk(scene, region('desk'));
  mountModeration(scene, region('reports'), picker);
  mountSituation(scene, region('situation'));
  mountIncidents(scene, { list: region('incidents'), card: region('incident-card') });
  new Timeline(scene, region('timeline'));
  mountPanel(scene);
  listenForSharing(scene, document.body);
  if (isPublished) return;
  // Read anew each time: the language may change.
  listenForReporting({
    get messages() {
      return scene.messages;
    },
    get numbers() {
      return scene.numbers;
    },
    answers: scene.answers,
    picker: () => (scene.view.mode === 'map' || scene.view.mode === 'reports' ? picker() : null),
  });
}
