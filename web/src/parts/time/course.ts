/** How areas went over time, as the parts ask for it: points of all answers joined, as far as they have come. */

import { valueOf } from '../../api/answers';
import { address } from '../../api/client';
import type { Series, SeriesPoint, Tendency } from '../../api/series';
import type { AreaCollection } from '../../api/types';
import { courseQueries, merged } from '../../view/time/series';
import type { Step } from '../../view/time/time';
import type { Scene } from '../scene';

/** How an area went over time, as far as the answers have come. */
export interface Course {
  state: 'here' | 'waiting' | 'missing';
  points: SeriesPoint[];
  tendency: Tendency | null;
}

/** The course of one area in steps of a length; the public's is always by year. */
export function courseOf(scene: Scene, code: string, by: Step): Course {
  const asked = courseQueries(scene.view, scene.meta, code, by).map((query) =>
    scene.answers.of<Series>(address('series', query)),
  );
  const areas = asked.map((known) => valueOf(known)?.areas.find((area) => area.code === code) ?? null);
  const state = asked.find((known) => known.state !== 'here')?.state ?? (asked.length > 0 ? 'here' : 'missing');
  const tendency = areas.length === 1 ? (areas[0]?.tendency ?? null) : null;
  return { state, points: merged(areas.map((area) => area?.points ?? [])), tendency };
}

/** The province's own code in the edition on show; `null` while it is not known. */
export function provinceCode(scene: Scene): string | null {
  const query = new URLSearchParams({ edition: scene.view.edition, level: 'province', geometry: 'none' });
  const known = scene.answers.of<AreaCollection>(address('areas', query));
  return valueOf(known)?.features[0]?.properties.code ?? null;
}
