/** The rows of the list: an incident that the map shows leads to its place, one without a place unfolds what is known of it. */

import { computed } from '@preact/signals-core';
import type { IncidentHit } from '../../map/incidents/hits';
import type { IncidentRecord } from '../../view/incidents/records';
import { categoryText, severityText, timeText } from '../../view/incidents/texts';
import { type Drawn, element } from '../elements/element';
import type { Scene } from '../scene';
import { recordFacts } from './card';
import { communeName } from './communes';
import { groupDot } from './dots';
import { markedPlace, pickedIncident, pointedIncident } from './shared';

/** The incident without a place whose facts lie open, and how another one's are opened. */
export interface Unfolding {
  unfolded: string | null;
  unfold(id: string | null): void;
}

/** The incident under the pointer: the list is drawn again when it is another one, not at every move. */
const pointedId = computed(() => pointedIncident.value?.hit.id ?? null);

/** What the map would tell of a record. */
function hitOfRecord({ id, at, category, severity, time, precision }: IncidentRecord): IncidentHit | null {
  return at && { kind: 'incident', id, at, category, severity, count: 1, time, precision };
}

/** What a row says: group and severity as a dot, the category, and when and where. */
function rowTexts(scene: Scene, { category, severity, time }: IncidentRecord, place: string): Drawn[] {
  return [
    groupDot(scene, category, severity),
    element('span', { class: 'what' }, element('b', {}, categoryText(category, scene)), severityText(severity, scene)),
    element('span', { class: 'when' }, timeText(time, scene), element('small', {}, place)),
  ];
}

/** An incident that the map shows. */
export function rowItem(scene: Scene, record: IncidentRecord): Drawn {
  const { id, at, code } = record;
  const isPicked = pickedIncident.value?.id === id;
  const leave = (): void => void (markedPlace.value = null);
  const mark = (): void => void (markedPlace.value = at);
  return element(
    'li',
    { class: pointedId.value === id ? 'pointed' : '', mouseenter: mark, mouseleave: leave },
    element(
      'button',
      {
        id: `incident-${id}`,
        type: 'button',
        class: 'incident-row',
        'aria-pressed': String(isPicked),
        focus: mark,
        blur: leave,
        click: () => (pickedIncident.value = isPicked ? null : hitOfRecord(record)),
      },
      ...rowTexts(scene, record, communeName(scene, code)),
    ),
  );
}

/** An incident without a place unfolds its facts in the list, as there is no card beside a point. */
export function unlocatedItem(scene: Scene, { unfolded, unfold }: Unfolding, record: IncidentRecord): Drawn {
  const { messages } = scene;
  const { id, code } = record;
  const isOpen = unfolded === id;
  const place = code === null ? messages.say('incidents.unplaced') : communeName(scene, code);
  const button = element(
    'button',
    {
      id: `incident-${id}`,
      type: 'button',
      class: 'incident-row',
      'aria-expanded': String(isOpen),
      click: () => unfold(isOpen ? null : id),
    },
    ...rowTexts(scene, record, place),
  );
  return element('li', {}, button, isOpen && element('dl', { class: 'incident-facts' }, ...recordFacts(scene, record)));
}

/** Arrow keys walk the rows of a list. */
export function listKeys(root: HTMLElement): void {
  root.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const row = (event.target as Element).closest('.incident-row');
    if (step === undefined || !row) return;
    const rows = [...root.querySelectorAll<HTMLElement>('.incident-row')];
    event.preventDefault();
    rows[rows.indexOf(row as HTMLElement) + step]?.focus();
  });
}
