/** How many units are certified, kind by kind, and how the movement was graded. */

import type { AreaRow, CertificationRow } from '../../api/types';
import { labelOf } from '../../view/text/attributes';
import { type Drawn, element } from '../elements/element';
import type { Scene } from '../scene';
import { fact, section } from '../elements/section';

/** A share without the number of units is rounded, and left out where there are few; of communes it is exact. */
function shareText({ messages, numbers }: Scene, row: CertificationRow, share: number | null): string {
  const isRounded = row.units == null && row.kind !== 'commune';
  if (share == null) return messages.say(isRounded ? 'panel.share.few' : 'value.none');
  return isRounded ? messages.say('panel.share.about', { share: numbers.percent(share) }) : numbers.percent(share);
}

function certificationRow(scene: Scene, row: CertificationRow): Drawn {
  const { messages, numbers } = scene;
  const key = `unit.${row.kind}`;
  const share = row.share ?? (row.units && row.recognised != null ? row.recognised / row.units : null);
  const bar = element('span', { class: 'bar share', style: { inlineSize: `${100 * (share ?? 0)}%` } });
  const counts =
    row.units != null && row.recognised != null
      ? messages.say('panel.recognised', { recognised: numbers.count(row.recognised), units: numbers.count(row.units) })
      : '';
  return element(
    'li',
    {},
    element(
      'span',
      { class: 'label' },
      messages.has(key) ? messages.say(key) : row.kind,
      element('b', {}, shareText(scene, row, share)),
    ),
    share != null && element('span', { class: 'bars track', 'aria-hidden': 'true' }, bar),
    counts && element('small', {}, counts),
  );
}

/** Shares of the area, or of the whole province; a kind of which there is no unit is left out. */
export function certificationPart(scene: Scene, area: AreaRow, given: CertificationRow[] | null): Drawn {
  const { messages } = scene;
  const rows = (given ?? area.certification ?? []).filter((row) => row.units == null || row.units > 0);
  const movement =
    area.movement_grade &&
    element('dl', {}, fact(labelOf('movement_grade', scene), messages.say(`panel.movement.${area.movement_grade}`)));
  const shares =
    rows.length > 0
      ? element('ul', { class: 'components' }, ...rows.map((row) => certificationRow(scene, row)))
      : element('p', { class: 'quiet' }, messages.say('panel.certification.none'));
  return section(messages.say('panel.certification'), shares, movement);
}
