/** The list for planners, who see squares: those of the question that the map's squares answer, the fullest first. */

import { type CellFeature, cellsAddress, type IncidentCells } from '../../api/incidents';
import type { Bounds, CountedSquares } from '../../api/types';
import type { IncidentHit } from '../../map/incidents/hits';
import { hitOf } from '../../map/incidents/hits';
import { type Child, type Drawn, element } from '../elements/element';
import { printPage } from '../print/printing';
import type { Scene } from '../scene';
import { markedPlace, pickedIncident, seenBounds } from './shared';
import { unlocatedPart } from './unlocated';

const MOST_LISTED = 200;

/** The filter that the squares of the map answer: few are offered, and the map shows the nearest. */
export function squaresFilter({ meta, view }: Scene, { window, component }: CountedSquares): URLSearchParams {
  const filter = new URLSearchParams({ edition: view.edition, window });
  const categories =
    component === null || component === undefined ? [] : meta.categories.filter((item) => item.component === component);
  if (categories.length > 0)
    filter.set(
      'categories',
      categories
        .map(({ id }) => id)
        .sort()
        .join(','),
    );
  return filter;
}

function componentName({ meta, messages }: Scene, id: string | null | undefined): string {
  if (id == null) return '';
  return messages.pick(meta.components.find((item) => item.id === id)?.name) || id;
}

function hitOfCell({ geometry, properties }: CellFeature): IncidentHit | null {
  return hitOf({
    geometry: geometry as { type: string; coordinates: unknown },
    properties: { kind: 'square', count: properties.count },
  });
}

function rowItem(scene: Scene, cell: CellFeature): Drawn | null {
  const { messages, numbers } = scene;
  const hit = hitOfCell(cell);
  if (!hit) return null;
  const { count, main_component: main } = cell.properties;
  const mark = (): void => void (markedPlace.value = hit.at);
  const leave = (): void => void (markedPlace.value = null);
  return element(
    'li',
    { mouseenter: mark, mouseleave: leave },
    element(
      'button',
      {
        id: `square-${cell.id}`,
        type: 'button',
        class: 'incident-row',
        focus: mark,
        blur: leave,
        click: () => (pickedIncident.value = hit),
      },
      element(
        'span',
        { class: 'what' },
        element('b', {}, messages.sayCount('incident.square', count, { n: numbers.count(count) })),
        componentName(scene, main),
      ),
      element(
        'span',
        { class: 'when' },
        hit.at
          .map((degrees) => numbers.degrees(degrees))
          .reverse()
          .join('; '),
      ),
    ),
  );
}

function questionText(scene: Scene, { window, component, as_requested: isAsked }: CountedSquares): string {
  const { meta, messages } = scene;
  const values = {
    window: messages.pick(meta.windows.find(({ id }) => id === window)?.name) || window,
    group: componentName(scene, component) || messages.say('legend.squares.all'),
  };
  return messages.say(isAsked ? 'legend.squares.counted' : 'legend.squares.nearest', values);
}

function isIn([lon, lat]: readonly [number, number], [west, south, east, north]: Bounds): boolean {
  return lon >= west && lon <= east && lat >= south && lat <= north;
}

function filledParts(scene: Scene, { cells, features }: IncidentCells): Child[] {
  const { messages, numbers } = scene;
  const seen = seenBounds.value;
  const inView = features.filter((cell) => {
    const at = hitOfCell(cell)?.at;
    return seen === null || (at !== undefined && isIn(at, seen));
  });
  const sorted = [...inView].sort((a, b) => b.properties.count - a.properties.count);
  const values = {
    squares: numbers.count(inView.length),
    all: numbers.count(features.length),
    n: numbers.count(cells.incidents - cells.in_small_cells),
    small: numbers.count(cells.in_small_cells),
    least: numbers.count(cells.least),
  };
  return [
    element('p', { id: 'incidents-count', role: 'status' }, messages.say('incidents.squares.count', values)),
    element(
      'button',
      { id: 'incidents-print', type: 'button', class: 'plain', click: printPage },
      messages.say('incidents.print'),
    ),
    element('ol', { id: 'incidents-list' }, ...sorted.slice(0, MOST_LISTED).map((cell) => rowItem(scene, cell))),
    sorted.length > MOST_LISTED &&
      element('p', { class: 'quiet' }, messages.say('panel.more', { n: numbers.count(sorted.length - MOST_LISTED) })),
  ];
}

/** The list of the squares, with what they count. */
export function squaresParts(scene: Scene): Child[] {
  const { messages, squares } = scene;
  const heading = element('h2', { id: 'incidents-title', tabindex: -1 }, messages.say('incidents.squares.title'));
  if (!squares) return [heading, element('p', { class: 'quiet' }, messages.say('state.loading'))];
  const known = scene.answers.of<IncidentCells>(cellsAddress(squaresFilter(scene, squares)));
  const question = element('p', { class: 'quiet' }, questionText(scene, squares));
  if (known.state === 'here') return [heading, question, ...filledParts(scene, known.value), unlocatedPart(scene)];
  const text =
    known.state === 'waiting' ? messages.say('state.loading') : messages.say('state.refused', { reason: known.reason.message });
  return [heading, question, element('p', { class: 'quiet', role: 'status' }, text)];
}
