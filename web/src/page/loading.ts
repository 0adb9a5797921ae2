/**
 * Asks the server for what was asked for and is not shown: ratings, tiles and the selected area's own answer, or all of them
 * for a new epoch. What comes is shown in one batch; what cannot be had is said, and the controls go back to what is shown.
 */

import { batch } from '@preact/signals-core';
import { fetchArea, fetchMeta, fetchRatings, fetchTileJson, keptSince, Problem, Unreachable } from '../api/client';
import type { Explanations } from '../api/explanations';
import { forgetToken } from '../api/token';
import type { AreaAnswer, Meta, Ratings, TileJson } from '../api/types';
import type { MessageKey } from '../i18n/messages';
import type { Release } from '../map/held_picture';
import type { Notice } from '../parts/header/notice';
import { type Scene, sceneWith } from '../parts/scene';
import { isSameBasis } from '../view/basis';
import { unreleasedText } from '../view/text/unreleased';
import { changedView, defaultPeriod, filterOf, isSamePeriod, readView, type View, writeView } from '../view/view';
import type { Freshness } from '../view/wall/stops';
import type { MapStage } from './map_stage';
import { pendingText, steppedBackText } from './pending_text';
import { paintKey, type PeriodPreview } from './preview';
import { type PageState, showView, stepBack, withKeptFields } from './state';

/** What comes sooner is not announced as being on its way. */
const SOON_MS = 400;

/** Why the server has nothing for the map, where it has not: then nothing is asked for that it would refuse. */
function nothingToShow(scene: Scene): string | null {
  if (scene.meta.editions.length === 0) return scene.messages.say('state.empty');
  return unreleasedText(scene.meta, scene);
}

function withMeta(scene: Scene, meta: Meta): Scene {
  return Object.create(scene, { meta: { value: meta } }) as Scene;
}

/** What belongs together and is shown together. */
interface Arrival {
  ratings: Ratings;
  json: TileJson;
  detail: AreaAnswer | null;
}

/** What loading needs of the page. */
export interface LoadingSurroundings {
  state: PageState;
  scene: Scene;
  map: MapStage;
  notice: Notice;
  preview: PeriodPreview;
  explanations: Explanations;
  /** The numbers of the view are here and drawn, except on the map: those of another view, or the same of another epoch. */
  loaded(numbers: 'other' | 'renewed'): Promise<void>;
  /** `asked` cannot be had: the view that is shown stays. */
  steppedBack(asked: View): void;
}

/** Keeps what is shown in step with what was asked for; a later load ends the earlier one. */
export class Loading {
  private aborter = new AbortController();
  private late: ReturnType<typeof setTimeout> | undefined;
  /** What stays said while all else is well. */
  private standing: MessageKey | null = null;
  private loadedAt: Date | null = null;
  private connection: 'online' | 'offline' = 'online';

  constructor(private readonly page: LoadingSurroundings) {}

  /** Keeps a message on show while all else is well. */
  keepSaying(key: MessageKey): void {
    this.standing = key;
  }

  /** Loads and shows what was asked for; with `renewed`, on the numbers of a new epoch. */
  async load(renewed: Meta | null = null): Promise<'shown' | 'not shown'> {
    this.aborter.abort();
    const { signal } = (this.aborter = new AbortController());
    const { notice, scene, state } = this.page;
    const nothing = nothingToShow(renewed ? withMeta(scene, renewed) : scene);
    if (nothing !== null) {
      batch(() => {
        if (renewed) state.meta.value = renewed;
        showView(state, state.asked.peek());
      });
      notice.busy('idle');
      notice.show(nothing);
      return 'shown';
    }
    const numbers = renewed && this.isShownAsAsked() ? 'renewed' : 'other';
    if (numbers === 'other') this.sayPending(signal);
    try {
      await this.exchange(renewed, signal);
      if (signal.aborted) return 'not shown';
      this.arrived();
      await this.page.loaded(numbers);
      return 'shown';
    } catch (error) {
      if (!signal.aborted) this.failed(error);
      return 'not shown';
    }
  }

  /** Whether the numbers on show are those that were asked for, if perhaps of an epoch before. */
  private isShownAsAsked(): boolean {
    const { state } = this.page;
    return state.ratings.peek() !== null && isSameBasis(state.asked.peek(), state.view.peek());
  }

  /** Shows that something is on its way, and soon what. */
  private sayPending(signal: AbortSignal): void {
    const { notice, scene } = this.page;
    notice.busy('busy');
    notice.wait(null);
    clearTimeout(this.late);
    this.late = setTimeout(() => notice.wait(pendingText(scene)), SOON_MS);
    signal.addEventListener('abort', () => clearTimeout(this.late));
  }

  /** All is well again. */
  private arrived(): void {
    const { notice, scene } = this.page;
    clearTimeout(this.late);
    notice.show(this.standing && scene.messages.say(this.standing));
    notice.busy('idle');
    this.connection = 'online';
    if (keptSince()) this.reachable('offline');
  }

  /** Fetches what was asked for, draws it on the map, and shows it everywhere. */
  private async exchange(renewed: Meta | null, signal: AbortSignal): Promise<void> {
    const { state, scene, map } = this.page;
    const view = state.asked.peek();
    const isMoved = view.edition !== state.view.peek().edition;
    const key = paintKey({ meta: renewed ?? scene.meta, view });
    const arrival = await this.fetched(view, signal);
    if (signal.aborted) return;
    const release = await this.drawn(sceneWith(scene, view, arrival.ratings), arrival.json, key);
    try {
      if (signal.aborted) return;
      this.loadedAt = keptSince() ?? new Date();
      this.heard({ loadedAt: this.loadedAt, heardAt: keptSince() ? null : this.loadedAt, connection: 'online' });
      this.show(arrival, key, renewed);
      if (isMoved && !release) void map.look(scene);
    } finally {
      release?.();
    }
  }

  private async fetched(view: View, signal: AbortSignal): Promise<Arrival> {
    const filter = filterOf(view);
    // Without its own answer the area still has its row among the ratings.
    const own = view.area === null ? null : fetchArea(view.edition, view.area, filter, signal).catch(() => null);
    const [ratings, json, detail] = await Promise.all([
      fetchRatings(view.level, filter, signal),
      fetchTileJson('map', filter, signal),
      own,
    ]);
    return { ratings, json, detail };
  }

  /** The new colours are on the screen before anything else is drawn; of other areas, the tiles too. */
  private async drawn(next: Scene, json: TileJson, key: string): Promise<Release | null> {
    const { map, preview } = this.page;
    if (preview.isOn) return null;
    if (!map.shows(next)) return map.exchange(next, json, key);
    map.paint(next, key, next.ratings?.areas ?? []);
    await map.painting();
    return null;
  }

  private show({ ratings, json, detail }: Arrival, key: string, renewed: Meta | null): void {
    const { state, scene, explanations, preview } = this.page;
    const asked = state.asked.peek();
    const { level, edition } = asked;
    // Of the same area in the same view what was known stays until it is known anew.
    const isSame = renewed !== null && this.isShownAsAsked() && asked.area === state.view.peek().area;
    const before = isSame ? state.explanation.peek() : 'waiting';
    batch(() => {
      if (renewed) {
        explanations.forget();
        state.meta.value = renewed;
        scene.answers.renewShown();
      }
      state.ratings.value = ratings;
      state.tiles.value = { json, key, level, edition };
      state.keptSince.value = keptSince();
      if (!preview.isOn) state.frame.value = null;
      const isThere = ratings.areas.some(({ code }) => code === asked.area);
      state.detail.value = detail?.area.code === asked.area ? detail : null;
      const known = asked.area === null ? null : explanations.known(edition, asked.area, filterOf(asked));
      state.explanation.value = known ?? before;
      showView(state, isThere ? asked : { ...asked, area: null });
    });
  }

  /** Says that what was asked for could not be had, and that what is shown stays; `null` where nothing else was asked for. */
  private keepShown(reason: string): string | null {
    const { state, scene, steppedBack } = this.page;
    if (!state.ratings.peek() || isSameBasis(state.asked.peek(), state.view.peek())) return null;
    const text = steppedBackText(scene, reason, this.loadedAt);
    steppedBack(stepBack(state));
    return text;
  }

  /** Says what a failed request means for the reader, and falls back to what can be had. */
  failed(error: unknown): void {
    const { notice, scene } = this.page;
    clearTimeout(this.late);
    notice.busy('idle');
    const { messages, meta, asked } = scene;
    if (error instanceof Unreachable) return this.reachable('offline', this.keepShown(messages.say('state.unreachable')));
    if (error instanceof Problem && error.status === 401) {
      forgetToken();
      this.standing = 'state.token';
      return void this.renew();
    }
    const reason = error instanceof Error ? error.message : String(error);
    const kept = this.keepShown(reason);
    notice.show(kept ?? messages.say('state.refused', { reason }));
    const period = defaultPeriod(meta);
    const isForbidden = error instanceof Problem && error.status === 403;
    if (!kept && isForbidden && !isSamePeriod(asked.period, period)) scene.change({ period, categories: [], minSeverity: null });
  }

  /** Says that the server is out of reach, or `instead`; loads again when it is back. */
  reachable(state: 'online' | 'offline', instead: string | null = null): void {
    const { notice, scene } = this.page;
    const { messages, numbers } = scene;
    const wasOffline = this.connection === 'offline';
    this.connection = state;
    this.heard({ connection: state, ...(state === 'online' && { heardAt: new Date() }) });
    if (state === 'offline') {
      document.documentElement.dataset['state'] = 'offline';
      const time = this.loadedAt && numbers.moment(this.loadedAt);
      notice.show(instead ?? (time ? messages.say('state.offline', { time }) : messages.say('state.offline.first')));
    } else if (wasOffline) {
      notice.show(null);
      // What could not be had meanwhile is asked for again, too.
      void this.renew();
    }
  }

  /** Notes what was learned of how old the numbers are. */
  private heard(news: Partial<Freshness>): void {
    const { freshness } = this.page.state;
    freshness.value = { ...freshness.peek(), ...news };
  }

  /** The server's numbers changed: the same view on the new ones. What is shown stays until they are drawn. */
  async renew(): Promise<'shown' | 'not shown'> {
    const { state } = this.page;
    const meta = await fetchMeta().catch((error: unknown) => this.failed(error));
    if (!meta) return 'not shown';
    const asked = state.asked.peek();
    state.asked.value = withKeptFields(asked, changedView(readView(writeView(asked), meta), {}, meta));
    return this.load(meta);
  }
}
