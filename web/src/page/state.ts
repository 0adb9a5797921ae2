/**
 * What the page is in: each piece a signal, and the scene as the one face by which parts read them. A part that reads a piece
 * of the scene inside an effect is drawn again when that piece changes, and only then. Nothing here sends a request.
 */

import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import type { StyleSpecification } from 'maplibre-gl';
import type { AreaAnswer, Level, Meta, Ratings, TileJson } from '../api/types';
import { messagesIn } from '../i18n/messages';
import { numbersIn } from '../i18n/numbers';
import type { Run, Scene } from '../parts/scene';
import type { View } from '../view/view';

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
  readonly view: Signal<View>;
  readonly style: Signal<StyleSpecification>;
  readonly ratings: Signal<Ratings | null>;
  readonly tiles: Signal<LoadedTiles | null>;
  readonly detail: Signal<AreaAnswer | null>;
  readonly explanation: Signal<Scene['explanation']>;
  readonly run: Signal<Run | null>;
}

/** The state at the beginning: nothing has been loaded for the view. */
export function stateFrom({ meta, view, style }: Beginning): PageState {
  return {
    meta: signal(meta),
    view: signal(view),
    style: signal(style),
    ratings: signal<Ratings | null>(null),
    tiles: signal<LoadedTiles | null>(null),
    detail: signal<AreaAnswer | null>(null),
    explanation: signal<Scene['explanation']>('waiting'),
    run: signal<Run | null>(null),
  };
}

/** `next`, with the lists and periods of `before` where they say the same: an equal list is no change. */
export function withKeptFields<T extends object>(before: T, next: T): T {
  const kept = { ...next };
  for (const key of Object.keys(next) as (keyof T)[])
    if (JSON.stringify(before[key]) === JSON.stringify(next[key])) kept[key] = before[key];
  return kept;
}

/** Changes the view to `next`. */
export function showView(state: PageState, next: View): void {
  state.view.value = withKeptFields(state.view.peek(), next);
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
  const messages = computed(() => messagesIn(view.lang));
  const numbers = computed(() => numbersIn(view.lang));
  return {
    ...actions,
    view,
    get meta() {
      return state.meta.value;
    },
    get style() {
      return state.style.value;
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
