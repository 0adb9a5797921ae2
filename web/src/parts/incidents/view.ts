/** List and card of the incidents while their layer is on show: asks for what is in view, and keeps both in step with the map. */

import '../../css/area/incidents.css';
import { batch, effect, type ReadonlySignal, signal } from '@preact/signals-core';
import type { Bounds } from '../../api/types';
import { type IncidentOrder, roundedBounds } from '../../view/incidents/records';
import { draw } from '../elements/element';
import type { Scene } from '../scene';
import { isNarrow } from '../sheet/sheet';
import { cardParts } from './card';
import { placeKept, placePassing } from './card_place';
import { followDensity } from './dense';
import { type ListScope, listParts } from './list';
import { listKeys } from './rows';
import { isSameHit } from '../../map/incidents/hits';
import {
  hiddenGroups,
  type IncidentRegions,
  markedPlace,
  openSquare,
  pickedIncident,
  pickOnMap,
  pointedIncident,
  seenBounds,
  uncover,
} from './shared';
import { squaresParts } from './squares';

/** A map that is being moved asks for nothing until it rests so long. */
const REST_MS = 250;

const FIRST_ROWS = 100;
/** More rows than this nobody prints. */
const MOST_PRINTED = 1000;

/** List and card in their regions. */
export class IncidentView {
  private readonly order = signal<IncidentOrder>('time');
  private readonly rows = signal(FIRST_ROWS);
  private readonly bounds = signal<Bounds | null>(null);
  private readonly scope = signal<ListScope>('seen');
  private readonly unfolded = signal<string | null>(null);

  constructor(
    private readonly scene: Scene,
    private readonly regions: IncidentRegions,
    private readonly isShown: ReadonlySignal<boolean>,
  ) {
    this.followMap();
    followDensity(scene, isShown);
    // A square that opens is looked into, whichever list lay open.
    effect(() => {
      if (openSquare.value) this.turn('seen');
    });
    this.whileShown(() => draw(regions.list, ...this.parts()));
    this.whileShown(() => this.drawCard());
    effect(() => {
      if (!isShown.value) this.leave();
    });
    this.whileShown(() => {
      // The row of what the pointer is over on the map comes into view.
      if (pointedIncident.value?.hit.id != null) regions.list.querySelector('li.pointed')?.scrollIntoView({ block: 'nearest' });
    });
    listKeys(regions.list);
    addEventListener('beforeprint', () => (this.rows.value = MOST_PRINTED));
    addEventListener('afterprint', () => (this.rows.value = FIRST_ROWS));
    addEventListener('keydown', (event) => this.escape(event), { capture: true });
  }

  private whileShown(run: () => void): void {
    effect(() => {
      if (this.isShown.value) run();
    });
  }

  private followMap(): void {
    let resting: ReturnType<typeof setTimeout> | undefined;
    effect(() => {
      const seen = seenBounds.value;
      clearTimeout(resting);
      if (!seen) return;
      const next = roundedBounds(seen);
      if (this.bounds.peek() === null) this.bounds.value = next;
      else resting = setTimeout(() => (this.bounds.value = next), REST_MS);
    });
  }

  private parts(): ReturnType<typeof listParts> {
    const { scene } = this;
    if (scene.meta.role === 'planner') return squaresParts(scene);
    return listParts(scene, {
      order: this.order.value,
      sort: (order) => (this.order.value = order),
      rows: this.rows.value,
      more: () => (this.rows.value += FIRST_ROWS),
      bounds: this.bounds.value,
      scope: this.scope.value,
      turn: (scope) => this.turn(scope),
      unfolded: this.unfolded.value,
      unfold: (id) => (this.unfolded.value = id),
    });
  }

  private turn(scope: ListScope): void {
    batch(() => {
      if (scope === 'unlocated') pickOnMap(null);
      this.scope.value = scope;
      this.rows.value = FIRST_ROWS;
    });
  }

  private drawCard(): void {
    const { card } = this.regions;
    const picked = pickedIncident.value;
    // Over what was chosen the card that stays is the one to read.
    const pointed = isSameHit(pointedIncident.value?.hit ?? null, picked) ? null : pointedIncident.value;
    const shown = pointed?.hit ?? picked;
    card.hidden = shown === null;
    card.dataset['kept'] = pointed === null && picked !== null ? '' : undefined;
    if (shown === null) return;
    draw(card, ...cardParts(this.scene, shown, pointed === null ? 'kept' : 'passing'));
    if (pointed) placePassing(card, pointed.point);
    else if (isNarrow()) card.style.transform = '';
    else placeKept(card, shown, seenBounds.value);
    if (pointed === null) uncover(shown, card.offsetHeight);
  }

  /** The layer is off: nothing of it stays on the map. */
  private leave(): void {
    this.regions.card.hidden = true;
    pickOnMap(null);
    pointedIncident.value = null;
    markedPlace.value = null;
    if (hiddenGroups.peek().size > 0) hiddenGroups.value = new Set();
  }

  /** Escape closes the card before anything else. */
  private escape(event: KeyboardEvent): void {
    const isOpen = pickedIncident.peek() !== null || openSquare.peek() !== null;
    if (event.key !== 'Escape' || !isOpen || document.querySelector('dialog[open]')) return;
    event.preventDefault();
    event.stopPropagation();
    // The card of an incident inside a square first, then the square.
    if (openSquare.peek() !== null && pickedIncident.peek()?.kind === 'incident') pickedIncident.value = null;
    else pickOnMap(null);
  }
}
