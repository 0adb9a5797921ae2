/**
 * What the page is in: each piece a signal, and the scene as the one face by which parts read them. A part that reads a piece
 * of the scene inside an effect is drawn again when that piece changes, and only then. Nothing here sends a request.
 *
 * `asked` is what the controls and the address say; `view` is what is shown, and always that of the numbers beside it. They
 * part while other numbers are on their way, and meet again when these come (all in one batch) or cannot be had.
 */

import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import type { StyleSpecification } from 'maplibre-gl';
import type { AreaAnswer, Level, Meta, Ratings, TileJson } from '../api/types';
import { messagesIn } from '../i18n/messages';
import { numbersIn } from '../i18n/numbers';
import type { Frame, Run, Scene } from '../parts/scene';
import { isSameBasis, shownMeanwhile } from '../view/basis';
import type { View } from '../view/view';
import type { Freshness } from '../view/wall/stops';

/** Tiles of the map, and whose numbers and areas they carry. */
export interface LoadedTiles {
  json: TileJson;
  /** Names the numbers, as `paintKey` does. */
  key: string;
  edition: string;
  level: Level;
}

/** What a page begins with. */
export interface Beginning {
  meta: Meta;
  view: View;
  style: StyleSpecification;
}

/** The pieces of the page's state. */
export interface PageState {
  readonly meta: Signal<Meta>;
  /** What the reader asked for; the address says it. */
  readonly asked: Signal<View>;
  /** What is shown. */
  readonly view: Signal<View>;
  readonly style: Signal<StyleSpecification>;
  /** The style of the paper while the page is printed. */
  readonly paperStyle: Signal<StyleSpecification | null>;
  readonly ratings: Signal<Ratings | null>;
  readonly tiles: Signal<LoadedTiles | null>;
  readonly detail: Signal<AreaAnswer | null>;
  readonly explanation: Signal<Scene['explanation']>;
  readonly run: Signal<Run | null>;
  /** What the map previews. */
  readonly frame: Signal<Frame | null>;
  /** When the server gave the numbers on show, where they were kept on this device. */
  readonly keptSince: Signal<Date | null>;
  /** How old the numbers on show are. */
  readonly freshness: Signal<Freshness>;
}

/** The state at the beginning: nothing has been loaded for the view. */
export function stateFrom({ meta, view, style }: Beginning): PageState {
  return {
    meta: signal(meta),
    asked: signal(view),
    view: signal(view),
    style: signal(style),
    paperStyle: signal<StyleSpecification | null>(null),
    ratings: signal<Ratings | null>(null),
    tiles: signal<LoadedTiles | null>(null),
    detail: signal<AreaAnswer | null>(null),
    explanation: signal<Scene['explanation']>('waiting'),
    run: signal<Run | null>(null),
    frame: signal<Frame | null>(null),
    keptSince: signal<Date | null>(null),
    freshness: signal<Freshness>({ loadedAt: null, heardAt: null, connection: 'online' }),
  };
}

/** `next`, with the lists and periods of `before` where they say the same: an equal list is no change. */
export function withKeptFields<T extends object>(before: T, next: T): T {
  const kept = { ...next };
  for (const key of Object.keys(next) as (keyof T)[])
    if (JSON.stringify(before[key]) === JSON.stringify(next[key])) kept[key] = before[key];
  return kept;
}

/** Shows `next`: its numbers are here. */
export function showView(state: PageState, next: View): void {
  batch(() => {
    state.asked.value = withKeptFields(state.asked.peek(), next);
    state.view.value = withKeptFields(state.view.peek(), next);
  });
}

/** Asks for `next`, and shows of it what the numbers on show can answer; all of it where there are none yet. */
export function askFor(state: PageState, next: View): void {
  const shown = state.view.peek();
  batch(() => {
    state.asked.value = withKeptFields(state.asked.peek(), next);
    state.view.value = withKeptFields(shown, state.ratings.peek() ? shownMeanwhile(shown, next) : next);
  });
}

/** What was asked for cannot be had: the controls go back to what is shown. Gives what was asked for. */
export function stepBack(state: PageState): View {
  const asked = state.asked.peek();
  state.asked.value = withKeptFields(asked, state.view.peek());
  return asked;
}

/** The fields of an object in a signal, each followed by itself. */
export function fieldsOf<T extends object>(source: ReadonlySignal<T>): T {
  const fields = {} as T;
  for (const key of Object.keys(source.peek()) as (keyof T)[]) {
    const field = computed(() => source.value[key]);
    Object.defineProperty(fields, key, { get: () => field.value, enumerable: true });
  }
  return fields;
}

/** What a scene can do beside being read. */
export type SceneActions = Pick<Scene, 'answers' | 'preview' | 'change' | 'announce'>;

/** The scene over a state: reading a member inside an effect follows it. */
export function sceneOver(state: PageState, actions: SceneActions): Scene {
  const view = fieldsOf(state.view);
  const asked = fieldsOf(state.asked);
  const isPending = computed(() => !isSameBasis(state.asked.value, state.view.value));
  const messages = computed(() => messagesIn(view.lang));
  const numbers = computed(() => numbersIn(view.lang));
  return {
    ...actions,
    view,
    asked,
    get isPending() {
      return isPending.value;
    },
    get frame() {
      return state.frame.value;
    },
    get keptSince() {
      return state.keptSince.value;
    },
    get meta() {
      return state.meta.value;
    },
    get style() {
      return state.paperStyle.value ?? state.style.value;
    },
    get ratings() {
      return state.ratings.value;
    },
    get detail() {
      return state.detail.value;
    },
    get explanation() {
      return state.explanation.value;
    },
    get run() {
      return state.run.value;
    },
    get freshness() {
      return state.freshness.value;
    },
    get attribution() {
      return state.tiles.value?.json.attribution ?? '';
    },
    get squares() {
      return state.tiles.value?.json.squares;
    },
    get messages() {
      return messages.value;
    },
    get numbers() {
      return numbers.value;
    },
  };
}
