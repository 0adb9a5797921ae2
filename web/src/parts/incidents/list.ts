/** The list of the incidents in view, for those who see points: by group, sorted, walked by keyboard, in step with the map. */

import { type IncidentPart, type IncidentPoints, incidentsAddress } from '../../api/incidents';
import type { Bounds } from '../../api/types';
import type { MessageKey } from '../../i18n/messages';
import {
  countsByGroup,
  groupOf,
  INCIDENT_ORDERS,
  type IncidentOrder,
  type IncidentRecord,
  ordered,
  recordOf,
} from '../../view/incidents/records';
import { type Kinds, kindsOf } from '../../view/kinds';
import { filterOf } from '../../view/view';
import { type Choice, radios, select } from '../controls/choices';
import { type Child, type Drawn, element } from '../elements/element';
import { printPage } from '../print/printing';
import type { Scene } from '../scene';
import { groupDot } from './dots';
import { type ListedIncidents, saveIncidents } from './files';
import { rowItem, type Unfolding, unlocatedItem } from './rows';
import { denseSquares, hiddenGroups, openSquare, pickOnMap } from './shared';
import { unlocatedPart } from './unlocated';

/** What the list holds: what the map shows, or what has no place on it. */
export type ListScope = 'seen' | 'unlocated';

/** What the reader chose in the list that no address needs to hold. */
export interface ListState extends Unfolding {
  order: IncidentOrder;
  sort(order: IncidentOrder): void;
  /** How many rows are drawn; more come when asked for. */
  rows: number;
  more(): void;
  bounds: Bounds | null;
  scope: ListScope;
  turn(scope: ListScope): void;
}

/** So many are listed; where more are in view the reader is told. */
const MOST_LISTED = 5000;

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

function toolRow(scene: Scene, { order, sort }: ListState, listed: ListedIncidents): Drawn {
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
        disabled: listed.shown.length === 0,
        click: () => void saveIncidents(scene, listed),
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

/** Which words count the list. */
function wordsOf(scope: ListScope): Record<'all' | 'some' | 'part', MessageKey> {
  if (scope === 'unlocated')
    return {
      ...{ all: 'incidents.unlocated.count', some: 'incidents.unlocated.count.some' },
      part: 'incidents.unlocated.count.part',
    };
  if (openSquare.value)
    return { all: 'incidents.square.count', some: 'incidents.square.count.some', part: 'incidents.square.count.part' };
  return { all: 'incidents.count', some: 'incidents.count.some', part: 'incidents.count.part' };
}

function countText(scene: Scene, scope: ListScope, shown: number, listed: number, matched: number): string {
  const { messages, numbers } = scene;
  const values = { n: numbers.count(shown), all: numbers.count(matched), listed: numbers.count(listed) };
  const words = wordsOf(scope);
  if (matched > listed) return messages.say(words.part, values);
  return messages.say(shown < matched ? words.some : words.all, values);
}

function filledParts(scene: Scene, state: ListState, part: IncidentPart, answer: IncidentPoints): Child[] {
  const { messages } = scene;
  const { features, numberMatched } = answer;
  const groups = kindsOf(scene.meta);
  const all = features.map(recordOf);
  const shown = ordered(all, state.order, groups).filter(({ category }) => !hiddenGroups.value.has(groupOf(category, groups)));
  const item = (record: IncidentRecord): Drawn =>
    part === 'unlocated' ? unlocatedItem(scene, state, record) : rowItem(scene, record);
  return [
    element(
      'p',
      { id: 'incidents-count', role: 'status' },
      countText(scene, state.scope, shown.length, all.length, numberMatched),
    ),
    part !== 'unlocated' && denseSquares.value && element('p', { class: 'quiet' }, messages.say('incidents.dense.rule')),
    groupBoxes(scene, groups, all),
    toolRow(scene, state, { part, shown, all: numberMatched > all.length ? 'on-server' : 'here' }),
    shown.length === 0 &&
      element('p', { class: 'quiet' }, messages.say(part === 'unlocated' ? 'incidents.unlocated.none' : 'incidents.none')),
    element('ol', { id: 'incidents-list' }, ...shown.slice(0, state.rows).map(item)),
    shown.length > state.rows &&
      element(
        'button',
        { id: 'incidents-more', type: 'button', class: 'plain', click: state.more },
        messages.say('incidents.more'),
      ),
  ];
}

/** The two lists, of which one lies open. */
function scopeChoice({ messages }: Scene, { scope, turn }: ListState): Drawn {
  const choice = (item: ListScope): Choice<ListScope> => ({
    ...{ item, label: [messages.say(`incidents.scope.${item}`)], state: 'open' },
  });
  return radios({
    ...{ name: 'incidents-scope', legend: messages.say('incidents.scope') },
    ...{ choices: [choice('seen'), choice('unlocated')], chosen: scope, choose: turn },
  });
}

/** That the list holds one square alone, and the way back. */
function squarePart({ messages }: Scene): Drawn {
  const close = (): void => pickOnMap(null);
  return element(
    'button',
    { id: 'incidents-square-close', type: 'button', class: 'plain', click: close },
    messages.say('incidents.square.close'),
  );
}

/** Why fewer are listed than the account counts: of sensitive kinds no single one is told. */
function sensitiveNote({ ratings, messages, numbers }: Scene, matched: number): Drawn | null {
  const { by_commune = 0, by_wider_area = 0, unplaced = 0 } = ratings?.totals ?? {};
  const missing = (by_commune ?? 0) + (by_wider_area ?? 0) + (unplaced ?? 0) - matched;
  if (missing <= 0) return null;
  return element('p', { class: 'quiet' }, messages.say('incidents.unlocated.sensitive', { n: numbers.count(missing) }));
}

/** What the list is asked for. */
function partNow({ scope, bounds }: ListState): IncidentPart | null {
  if (scope === 'unlocated') return 'unlocated';
  const box = openSquare.value?.square?.bounds ?? bounds;
  return box && { bounds: box };
}

/** The list, from its heading to the incidents that no point of the map shows. */
export function listParts(scene: Scene, state: ListState): Child[] {
  const { messages } = scene;
  const part = partNow(state);
  const isSquare = state.scope === 'seen' && openSquare.value !== null;
  const key = state.scope === 'unlocated' ? 'incidents.unlocated.title' : isSquare ? 'incidents.square.title' : 'incidents.title';
  const heading = element('h2', { id: 'incidents-title', tabindex: -1 }, messages.say(key));
  const head = [heading, scopeChoice(scene, state), isSquare && squarePart(scene)];
  if (!part) return [...head, element('p', { class: 'quiet' }, messages.say('state.loading'))];
  const known = scene.answers.of<IncidentPoints>(incidentsAddress(filterOf(scene.view), part, MOST_LISTED));
  if (known.state === 'here')
    return [
      ...head,
      ...filledParts(scene, state, part, known.value),
      part === 'unlocated' && sensitiveNote(scene, known.value.numberMatched),
      unlocatedPart(scene),
    ];
  const text =
    known.state === 'waiting' ? messages.say('state.loading') : messages.say('state.refused', { reason: known.reason.message });
  return [...head, element('p', { class: 'quiet', role: 'status' }, text), unlocatedPart(scene)];
}
