/** The list of the incidents in view, for those who see points: by group, sorted, walked by keyboard, in step with the map. */

import { computed } from '@preact/signals-core';
import { type IncidentPoints, incidentsAddress } from '../../api/incidents';
import type { IncidentHit } from '../../map/incident_hits';
import {
  countsByGroup,
  groupOf,
  INCIDENT_ORDERS,
  type IncidentOrder,
  type IncidentRecord,
  ordered,
  recordOf,
} from '../../view/incidents/records';
import { categoryText, severityText, timeText } from '../../view/incidents/texts';
import { type Kinds, kindsOf } from '../../view/kinds';
import type { Bounds } from '../../api/types';
import { filterOf } from '../../view/view';
import { select } from '../controls/choices';
import { type Child, type Drawn, element } from '../elements/element';
import { printPage } from '../print/printing';
import type { Scene } from '../scene';
import { communeName } from './communes';
import { groupDot } from './dots';
import { saveIncidents } from './files';
import { hiddenGroups, markedPlace, pickedIncident, pointedIncident } from './shared';
import { unlocatedPart } from './unlocated';

/** What the reader chose in the list that no address needs to hold. */
export interface ListState {
  order: IncidentOrder;
  sort(order: IncidentOrder): void;
  /** How many rows are drawn; more come when asked for. */
  rows: number;
  more(): void;
  bounds: Bounds | null;
}

/** So many are listed; where more are in view the reader is told. */
const MOST_LISTED = 5000;

/** The incident under the pointer: the list is drawn again when it is another one, not at every move. */
const pointedId = computed(() => pointedIncident.value?.hit.id ?? null);

/** What the map would tell of a record. */
function hitOfRecord({ id, at, category, severity, time, precision }: IncidentRecord): IncidentHit | null {
  return at && { kind: 'incident', id, at, category, severity, count: 1, time, precision };
}

function rowItem(scene: Scene, record: IncidentRecord): Drawn {
  const { id, at, category, severity, time, code } = record;
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
      groupDot(scene, category, severity),
      element('span', { class: 'what' }, element('b', {}, categoryText(category, scene)), severityText(severity, scene)),
      element('span', { class: 'when' }, timeText(time, scene), element('small', {}, communeName(scene, code))),
    ),
  );
}

function turned(group: string): ReadonlySet<string> {
  const next = new Set(hiddenGroups.peek());
  if (!next.delete(group)) next.add(group);
  return next;
}

/** The groups with their colours and counts: the legend of the points, and what is left out of map and list. */
function groupBoxes(scene: Scene, groups: Kinds[], records: IncidentRecord[]): Drawn {
  const { messages, numbers } = scene;
  const counts = countsByGroup(records, groups);
  const box = ({ id, name, categories }: Kinds): Drawn =>
    element(
      'label',
      { class: 'choice' },
      element('input', {
        id: `incident-group-${id}`,
        type: 'checkbox',
        checked: !hiddenGroups.value.has(id),
        change: () => (hiddenGroups.value = turned(id)),
      }),
      groupDot(scene, categories[0]?.id ?? null),
      element('span', {}, messages.pick(name) || messages.say('incidents.rest')),
      element('small', {}, numbers.count(counts.get(id) ?? 0)),
    );
  return element(
    'fieldset',
    { class: 'incident-groups' },
    element('legend', {}, messages.say('incidents.groups')),
    ...groups.map(box),
  );
}

function toolRow(scene: Scene, { order, sort, bounds }: ListState, shown: IncidentRecord[]): Drawn {
  const { messages } = scene;
  const options = INCIDENT_ORDERS.map((item) => element('option', { value: item }, messages.say(`incidents.order.${item}`)));
  return element(
    'div',
    { class: 'incident-tools' },
    select({
      id: 'incidents-order',
      label: messages.say('incidents.order'),
      options,
      value: order,
      choose: (value) => sort(value as IncidentOrder),
    }),
    element(
      'button',
      {
        id: 'incidents-csv',
        type: 'button',
        class: 'plain',
        disabled: shown.length === 0,
        click: () => void saveIncidents(scene, bounds, order),
      },
      'CSV',
    ),
    element(
      'button',
      { id: 'incidents-print', type: 'button', class: 'plain', click: printPage },
      messages.say('incidents.print'),
    ),
  );
}

function countText({ messages, numbers }: Scene, shown: number, listed: number, matched: number): string {
  const values = { n: numbers.count(shown), all: numbers.count(matched), listed: numbers.count(listed) };
  if (matched > listed) return messages.say('incidents.count.part', values);
  return messages.say(shown < matched ? 'incidents.count.some' : 'incidents.count', values);
}

function filledParts(scene: Scene, state: ListState, { features, numberMatched }: IncidentPoints): Child[] {
  const { messages } = scene;
  const groups = kindsOf(scene.meta);
  const all = features.map(recordOf);
  const shown = ordered(all, state.order, groups).filter(({ category }) => !hiddenGroups.value.has(groupOf(category, groups)));
  return [
    element('p', { id: 'incidents-count', role: 'status' }, countText(scene, shown.length, all.length, numberMatched)),
    groupBoxes(scene, groups, all),
    toolRow(scene, state, shown),
    shown.length === 0 && element('p', { class: 'quiet' }, messages.say('incidents.none')),
    element('ol', { id: 'incidents-list' }, ...shown.slice(0, state.rows).map((record) => rowItem(scene, record))),
    shown.length > state.rows &&
      element(
        'button',
        { id: 'incidents-more', type: 'button', class: 'plain', click: state.more },
        messages.say('incidents.more'),
      ),
  ];
}

/** The list, from its heading to the incidents that no point of the map shows. */
export function listParts(scene: Scene, state: ListState): Child[] {
  const { messages } = scene;
  const heading = element('h2', { id: 'incidents-title', tabindex: -1 }, messages.say('incidents.title'));
  if (!state.bounds) return [heading, element('p', { class: 'quiet' }, messages.say('state.loading'))];
  const known = scene.answers.of<IncidentPoints>(incidentsAddress(filterOf(scene.view), state.bounds, MOST_LISTED));
  const body: Child[] =
    known.state === 'here'
      ? filledParts(scene, state, known.value)
      : [
          element(
            'p',
            { class: 'quiet', role: 'status' },
            known.state === 'waiting'
              ? messages.say('state.loading')
              : messages.say('state.refused', { reason: known.reason.message }),
          ),
        ];
  return [heading, ...body, unlocatedPart(scene)];
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
