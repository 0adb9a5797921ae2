/** The card of an incident, or of several that the map shows together: what the role is told, and no more. */

import { type IncidentPoints, incidentsAddress } from '../../api/incidents';
import type { Bounds } from '../../api/types';
import type { IncidentHit } from '../../map/incidents/hits';
import { type IncidentRecord, recordOf } from '../../view/incidents/records';
import { categoryText, severityText, termText, timeText } from '../../view/incidents/texts';
import { filterOf } from '../../view/view';
import { type Child, type Drawn, element, icon } from '../elements/element';
import { fact } from '../elements/section';
import type { Scene } from '../scene';
import { communeName } from './communes';
import { componentName } from './components';
import { groupDot } from './dots';
import { pickedIncident, pickOnMap } from './shared';

/** Half a side of the box in which a single incident is looked for, in degrees: some twenty metres. */
const AROUND_DEG = 0.0002;
const MOST_AROUND = 200;

/** What is known of a single incident beyond its tile; asked for at its own place. */
function recordAt(scene: Scene, { id, at }: IncidentHit): IncidentRecord | null {
  const [lon, lat] = at;
  const box = [lon - AROUND_DEG, lat - AROUND_DEG, lon + AROUND_DEG, lat + AROUND_DEG].map((edge) => Number(edge.toFixed(5)));
  const url = incidentsAddress(filterOf(scene.view), { bounds: box as unknown as Bounds }, MOST_AROUND);
  const known = scene.answers.of<IncidentPoints>(url);
  const found = known.state === 'here' ? known.value.features.find((feature) => feature.id === id) : undefined;
  return found ? recordOf(found) : null;
}

function term(scene: Scene, kind: 'status' | 'channel' | 'precision', id: string | null): Drawn {
  return fact(scene.messages.say(`incident.${kind}`), termText(kind, id, scene));
}

/** What is known of an incident that has no point, and so no card. */
export function recordFacts(scene: Scene, record: IncidentRecord): Child[] {
  const { messages } = scene;
  const { code } = record;
  return [
    // How exact a place is says nothing where there is none.
    code !== null && term(scene, 'precision', record.precision),
    term(scene, 'channel', record.channel),
    term(scene, 'status', record.status),
    fact(messages.say('incident.commune'), code === null ? messages.say('incidents.unplaced') : communeName(scene, code)),
    fact(messages.say('incident.id'), record.id),
  ];
}

/** While the pointer passes over, what the tile tells; what was chosen is asked for whole. */
function singleFacts(scene: Scene, hit: IncidentHit, how: 'kept' | 'passing'): Child[] {
  const { messages } = scene;
  const record = how === 'kept' ? recordAt(scene, hit) : null;
  return [
    fact(messages.say('incident.time'), timeText(hit.time ?? record?.time ?? null, scene)),
    fact(messages.say('incident.severity'), severityText(hit.severity, scene)),
    term(scene, 'precision', hit.precision ?? record?.precision ?? null),
    record && term(scene, 'channel', record.channel),
    record && term(scene, 'status', record.status),
    record && fact(messages.say('incident.commune'), communeName(scene, record.code)),
    fact(messages.say('incident.id'), hit.id ?? ''),
  ];
}

function severalFacts(scene: Scene, hit: IncidentHit): Child[] {
  const { messages } = scene;
  return [
    hit.square && fact(messages.say('incident.most'), componentName(scene, hit.square.component)),
    hit.category !== null && fact(messages.say('incident.most'), categoryText(hit.category, scene)),
    hit.severity !== null && fact(messages.say('incident.gravest'), severityText(hit.severity, scene)),
  ];
}

/** On a narrow screen the list lies under the map's sheet: the card leads to it. */
function squareButton({ messages, numbers }: Scene, count: number): Drawn {
  const click = (): void => void document.dispatchEvent(new CustomEvent('binhyen:open', { detail: 'incidents' }));
  const text = messages.sayCount('incident.square.open', count, { n: numbers.count(count) });
  return element('button', { id: 'incident-square-open', type: 'button', class: 'plain', click }, text);
}

function title(scene: Scene, { kind, category, count, square }: IncidentHit): string {
  const { messages, numbers } = scene;
  if (kind === 'incident') return categoryText(category, scene);
  const key = square ? 'incident.square.km' : kind === 'cell' ? 'incident.cell' : 'incident.square';
  return messages.sayCount(key, count, { n: numbers.count(count) });
}

/** Closing the card of a square closes the square. */
function closeCard({ square }: IncidentHit): void {
  if (square) pickOnMap(null);
  else pickedIncident.value = null;
}

/** The head with the name and, on a card that stays, the button that closes it; then the facts. */
export function cardParts(scene: Scene, hit: IncidentHit, how: 'kept' | 'passing'): Child[] {
  const { messages } = scene;
  const close = messages.say('incident.close');
  return [
    element(
      'header',
      {},
      hit.kind === 'incident' && groupDot(scene, hit.category),
      element('h2', {}, title(scene, hit)),
      how === 'kept' &&
        element(
          'button',
          {
            id: 'incident-close',
            type: 'button',
            class: 'icon',
            title: close,
            'aria-label': close,
            click: () => closeCard(hit),
          },
          icon('M6 6l12 12M18 6 6 18'),
        ),
    ),
    element('dl', {}, ...(hit.kind === 'incident' ? singleFacts(scene, hit, how) : severalFacts(scene, hit))),
    hit.square && how === 'passing' && element('p', { class: 'quiet' }, messages.say('incident.square.hint')),
    hit.square && how === 'kept' && squareButton(scene, hit.count),
    how === 'kept' && hit.kind === 'cell' && element('p', { class: 'quiet' }, messages.say('incident.cell.hint')),
  ];
}
