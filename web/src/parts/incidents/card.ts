/** The card of an incident, or of several that the map shows together: what the role is told, and no more. */

import { type IncidentPoints, incidentsAddress } from '../../api/incidents';
import type { IncidentHit } from '../../map/incident_hits';
import { type IncidentRecord, recordOf } from '../../view/incidents/records';
import { categoryText, severityText, termText, timeText } from '../../view/incidents/texts';
import { filterOf } from '../../view/view';
import { type Child, type Drawn, element, icon } from '../elements/element';
import { fact } from '../elements/section';
import type { Scene } from '../scene';
import { communeName } from './communes';
import { groupDot } from './dots';
import { pickedIncident } from './shared';

/** Half a side of the box in which a single incident is looked for, in degrees: some twenty metres. */
const AROUND_DEG = 0.0002;
const MOST_AROUND = 200;
const GAP_PX = 14;

/** What is known of a single incident beyond its tile; asked for at its own place. */
function recordAt(scene: Scene, { id, at }: IncidentHit): IncidentRecord | null {
  const [lon, lat] = at;
  const box = [lon - AROUND_DEG, lat - AROUND_DEG, lon + AROUND_DEG, lat + AROUND_DEG].map((edge) => Number(edge.toFixed(5)));
  const url = incidentsAddress(filterOf(scene.view), box as [number, number, number, number], MOST_AROUND);
  const known = scene.answers.of<IncidentPoints>(url);
  const found = known.state === 'here' ? known.value.features.find((feature) => feature.id === id) : undefined;
  return found ? recordOf(found) : null;
}

function term(scene: Scene, kind: 'status' | 'channel' | 'precision', id: string | null): Drawn {
  return fact(scene.messages.say(`incident.${kind}`), termText(kind, id, scene));
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
    hit.category !== null && fact(messages.say('incident.most'), categoryText(hit.category, scene)),
    hit.severity !== null && fact(messages.say('incident.gravest'), severityText(hit.severity, scene)),
  ];
}

function title(scene: Scene, { kind, category, count }: IncidentHit): string {
  const { messages, numbers } = scene;
  if (kind === 'incident') return categoryText(category, scene);
  return messages.sayCount(kind === 'cell' ? 'incident.cell' : 'incident.square', count, { n: numbers.count(count) });
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
            click: () => (pickedIncident.value = null),
          },
          icon('M6 6l12 12M18 6 6 18'),
        ),
    ),
    element('dl', {}, ...(hit.kind === 'incident' ? singleFacts(scene, hit, how) : severalFacts(scene, hit))),
    how === 'kept' && hit.kind === 'cell' && element('p', { class: 'quiet' }, messages.say('incident.cell.hint')),
  ];
}

/** Puts the card beside the pointer; one that stays has a place of its own. */
export function placeCard(card: HTMLElement, point: { x: number; y: number } | null): void {
  if (!point) {
    card.style.transform = '';
    return;
  }
  const { clientWidth, clientHeight } = card.parentElement ?? document.body;
  const right = clientWidth - card.offsetWidth - 8;
  const below = clientHeight - card.offsetHeight - 8;
  const x = point.x + GAP_PX > right ? point.x - GAP_PX - card.offsetWidth : point.x + GAP_PX;
  const y = Math.min(point.y + GAP_PX, below);
  card.style.transform = `translate(${Math.max(8, x)}px, ${Math.max(8, y)}px)`;
}
