/** The panel without a selection: the province at a glance, where incidents gather, what changed in it. */

import { valueOf } from '../../api/answers';
import { ratingsAddress } from '../../api/client';
import type { AreaRow, Ratings } from '../../api/types';
import { labelOf } from '../../view/text/attributes';
import { filterOf } from '../../view/view';
import { type Drawn, element } from '../elements/element';
import { planningParts } from '../quadrant/quadrant_part';
import { editionOf, periodText, type Scene } from '../scene';
import { fact } from '../elements/section';
import { accountTerms } from '../legend/account';
import { certificationPart } from './certification';
import { provinceChanges } from './changes';
import { clusterPart } from './clusters';
import { linksPart } from './links';
import { disagreementPart, spreadPart } from './shown';

function totals(scene: Scene, province: AreaRow | null): Drawn | null {
  const { messages, numbers } = scene;
  const found = scene.ratings?.totals;
  const facts = [
    found?.incidents != null &&
      fact(messages.say('panel.incidents'), numbers.count(found.incidents), accountTerms(scene).join('; ')),
    province?.detected != null &&
      fact(labelOf('detected', scene), numbers.count(province.detected), messages.say('panel.detected')),
    found?.models != null && fact(messages.say('panel.models'), numbers.count(found.models)),
  ];
  return facts.some(Boolean) ? element('dl', { class: 'totals' }, ...facts) : null;
}

/** The numbers of the province as a whole, and how many areas have each grade. */
export function provinceFigures(scene: Scene): (Drawn | null)[] {
  return [totals(scene, provinceRow(scene)), spreadPart(scene)];
}

/** The province's own row: where the shares of all its units stand. */
function provinceRow(scene: Scene): AreaRow | null {
  const known = scene.answers.of<Ratings>(ratingsAddress('province', filterOf(scene.view)));
  return valueOf(known)?.areas[0] ?? null;
}

/** The numbers of the whole province and of its areas by name. */
export function provinceParts(scene: Scene): (Drawn | null)[] {
  const { messages } = scene;
  const { name, days } = periodText(scene);
  const row = provinceRow(scene);
  return [
    element(
      'header',
      {},
      element(
        'div',
        {},
        element('h2', { id: 'panel-title', tabindex: -1 }, messages.say('panel.province')),
        element('p', { class: 'quiet' }, [name, days, messages.pick(editionOf(scene)?.name)].filter(Boolean).join(' · ')),
      ),
    ),
    spreadPart(scene),
    disagreementPart(scene),
    totals(scene, row),
    ...planningParts(scene),
    element('p', { class: 'quiet invitation' }, messages.say('panel.choose')),
    clusterPart(scene),
    provinceChanges(scene),
    row && certificationPart(scene, row, null),
    linksPart(scene, null),
  ];
}
