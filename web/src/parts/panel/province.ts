/** The panel without a selection: the province at a glance, where incidents gather, what changed in it. */

import { valueOf } from '../../api/answers';
import { ratingsAddress } from '../../api/client';
import type { AreaRow, GradeCode, Ratings } from '../../api/types';
import { labelOf } from '../../view/text/attributes';
import { isLetter } from '../../view/text/sentence';
import { noneText } from '../../view/text/values';
import { filterOf } from '../../view/view';
import { coloured, type Drawn, element } from '../elements/element';
import { areasOf, editionOf, GRADES, gradeColour, periodText, type Scene } from '../scene';
import { fact, section } from '../elements/section';
import { accountTerms } from '../legend/account';
import { swatch } from '../legend/swatch';
import { certificationPart } from './certification';
import { provinceChanges } from './changes';
import { clusterPart } from './clusters';
import { linksPart } from './links';

/** How many areas have each grade. */
function spread(scene: Scene): Drawn | null {
  const areas = areasOf(scene);
  const codes: GradeCode[] = [...GRADES, 'range', 'insufficient', 'suppressed', 'none'];
  const tally = codes
    .map((grade) => ({ grade, of: areas.filter((area) => (area.grade ?? 'none') === grade) }))
    .filter(({ grade, of }) => of.length > 0 || isLetter(grade));
  if (areas.length < 2) return null;
  const most = Math.max(...tally.map(({ of }) => of.length));
  const rows = tally.map(({ grade, of }) => {
    const count = of.length;
    const words = grade === 'none' ? noneText(of, scene) : isLetter(grade) ? '' : scene.messages.say(`legend.${grade}`);
    const style = { inlineSize: `${(100 * count) / most}%` };
    const bar = coloured(element('span', { class: 'bar', style }), gradeColour(scene, grade));
    const name = words === '' ? null : element('small', {}, words);
    return element(
      'li',
      {},
      swatch(scene, 'grade', { grade, reliability: 1 }),
      element('span', { class: 'bars' }, bar),
      element('b', {}, scene.numbers.count(count)),
      name,
    );
  });
  return section(scene.messages.say('panel.spread'), element('ul', { class: 'spread' }, ...rows));
}

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
    totals(scene, row),
    spread(scene),
    element('p', { class: 'quiet invitation' }, messages.say('panel.choose')),
    clusterPart(scene),
    provinceChanges(scene),
    row && certificationPart(scene, row, null),
    linksPart(scene, null),
  ];
}
