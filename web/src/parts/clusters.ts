/**
 * Clusters above the common level: asked for only while their layer is chosen, and never for the public, to whom the
 * server refuses them. Map, legend, panel and table read them here.
 */

import type { Known } from '../api/answers';
import { clustersAddress } from '../api/client';
import type { Cluster, Clusters } from '../api/types';
import type { ClusterMarks } from '../map/map_style';
import { filterOf } from '../view/view';
import type { Scene } from './scene';

/** What is known of the clusters of the view; `null` where their layer is not chosen, or the role may not see them. */
export function clustersOf(scene: Scene): Known<Clusters> | null {
  const { meta, view, answers } = scene;
  if (view.theme !== 'clusters' || meta.role === 'public') return null;
  return answers.of<Clusters>(clustersAddress(view.level, filterOf(view)));
}

/** The clusters that are here. */
export function clustersHere(scene: Scene): Cluster[] {
  const known = clustersOf(scene);
  return known?.state === 'here' ? known.value.clusters : [];
}

/** The number of the cluster of each area that is in one, by code. */
export function clusterNumbers(scene: Scene): ReadonlyMap<string, number> {
  return new Map(clustersHere(scene).flatMap(({ areas, number }) => areas.map(({ code }) => [code, number] as const)));
}

/** What the map marks: the areas of clusters, and what stands at the centre of each. */
export function clusterMarks(scene: Scene): ClusterMarks {
  const clusters = clustersHere(scene);
  return {
    codes: clusters.flatMap(({ areas }) => areas.map(({ code }) => code)),
    labels: clusters.map(({ centre, label }) => [centre, scene.messages.pick(label)]),
  };
}

/** A sentence for what there is to say of them: that they are looked for, why there are none, or how many there are. */
export function clusterSentence(scene: Scene): string {
  const { messages, meta } = scene;
  if (meta.role === 'public') return messages.say('clusters.public');
  const known = clustersOf(scene);
  if (known?.state === 'here') return messages.pick(known.value.sentence);
  return messages.say(known?.state === 'missing' ? 'clusters.failed' : 'clusters.waiting');
}
