/** Clusters above the common level by their numbers: what each holds, and its areas by name. */

import type { Cluster } from '../../api/types';
import { type Drawn, element } from '../elements/element';
import { section } from '../elements/section';
import { clusterSentence, clustersHere } from '../clusters';
import { areasOf, type Scene } from '../scene';
import { areaButtons } from './area_button';

/** Areas named before the rest is only counted. */
const NAMED = 8;

function clusterItem(scene: Scene, cluster: Cluster): Drawn {
  const { messages, numbers } = scene;
  const codes = cluster.areas.map(({ code }) => code);
  const rows = areasOf(scene).filter(({ code }) => codes.includes(code));
  const risk = cluster.relative_risk;
  return element(
    'li',
    { 'data-cluster': cluster.number },
    element('p', {}, element('b', {}, messages.pick(cluster.label))),
    risk != null && element('p', { class: 'quiet' }, messages.say('clusters.risk', { ratio: numbers.ratio(risk) })),
    areaButtons(scene, rows, NAMED),
  );
}

/** The clusters of the layer on show; nothing under another layer. */
export function clusterPart(scene: Scene): Drawn | null {
  if (scene.view.theme !== 'clusters') return null;
  const clusters = clustersHere(scene);
  return section(
    scene.messages.say('clusters'),
    element('p', { role: 'status' }, clusterSentence(scene)),
    clusters.length > 0 && element('ol', { class: 'clusters' }, ...clusters.map((cluster) => clusterItem(scene, cluster))),
  );
}
