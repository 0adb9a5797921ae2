/** The counts that lie outside their ranges, and the province as a whole: numbers with their range, never a bare arrow. */

import type { Situation, SituationArea, SituationPart } from '../../api/roles/situation';
import { type Child, type Drawn, element } from '../elements/element';
import type { Scene } from '../scene';

/** More rows would be read by nobody; the map shows them all. */
const MOST = 12;

interface Row {
  area: SituationArea;
  part: SituationPart;
}

/** What a part is called. */
export function partName({ meta, messages }: Scene, { kind, id }: SituationPart): string {
  if (kind === 'all') return messages.say('situation.all');
  const named = kind === 'component' ? meta.components : meta.categories;
  const found = named?.find((item) => item.id === id);
  return found ? messages.pick('name' in found ? found.name : found) : (id ?? '');
}

/** A count beside the range in which it usually lies. */
export function rangeText({ messages, numbers }: Scene, { count, low, high }: SituationPart): string {
  if (typeof count !== 'number') return messages.say('situation.unknown');
  const n = numbers.count(count);
  if (typeof low !== 'number' || typeof high !== 'number') return messages.say('situation.bare', { n });
  return messages.say('situation.range', { n, low: numbers.count(low), high: numbers.count(high) });
}

/** Whether a table names the area of each row, or its caption does. */
type Naming = 'by row' | 'by caption';

function table(scene: Scene, id: string, caption: string, rows: Row[], naming: Naming): Drawn {
  const { messages } = scene;
  const line = ({ area, part }: Row): Drawn =>
    element(
      'tr',
      { class: part.standing },
      element('th', { scope: 'row' }, naming === 'by row' ? `${area.name} · ${partName(scene, part)}` : partName(scene, part)),
      element('td', {}, rangeText(scene, part)),
      element('td', { class: 'standing' }, messages.say(`situation.standing.${part.standing}`)),
    );
  return element('table', { id }, element('caption', {}, caption), element('tbody', {}, ...rows.map(line)));
}

/** The province, and what lies outside its range anywhere else. */
export function unusualParts(scene: Scene, { levels, method }: Situation): Child[] {
  const { messages } = scene;
  const province = levels.find(({ level }) => level === 'province')?.areas[0];
  const isOutside = ({ part }: Row): boolean => part.standing === 'more' || part.standing === 'fewer';
  const of = (areas: SituationArea[]): Row[] => areas.flatMap((area) => area.parts.map((part) => ({ area, part })));
  const elsewhere = levels.filter(({ level }) => level !== 'province').flatMap(({ areas }) => of(areas));
  const outside = elsewhere.filter(isOutside);
  const whole = province
    ? of([province]).filter(({ part }) => part.kind !== 'category' || isOutside({ area: province, part }))
    : [];
  return [
    outside.length > 0 &&
      table(
        scene,
        'situation-outside',
        messages.say('situation.outside', { n: String(outside.length) }),
        outside.slice(0, MOST),
        'by row',
      ),
    outside.length === 0 && elsewhere.length > 0 && element('p', { class: 'calm' }, messages.say('situation.outside.none')),
    whole.length > 0 && table(scene, 'situation-province', messages.say('situation.province'), whole, 'by caption'),
    element(
      'details',
      { class: 'method fold' },
      element('summary', {}, messages.say('situation.method')),
      element('p', {}, messages.pick(method)),
    ),
  ];
}
