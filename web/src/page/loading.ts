/** Asks the server for what the view needs: ratings and tiles, the numbers of a new epoch; and says what went wrong. */

import { batch } from '@preact/signals-core';
import { fetchMeta, fetchRatings, fetchTileJson, keptSince, Problem, Unreachable } from '../api/client';
import type { Explanations } from '../api/explanations';
import { forgetToken } from '../api/token';
import type { Ratings } from '../api/types';
import type { MessageKey } from '../i18n/messages';
import type { Notice } from '../parts/header/notice';
import { type Scene, selectedArea } from '../parts/scene';
import { unreleasedText } from '../view/text/unreleased';
import { changedView, defaultPeriod, filterOf, isSamePeriod, readView, writeView } from '../view/view';
import type { MapStage } from './map_stage';
import { paintKey, type PeriodPreview } from './preview';
import { type PageState, showView } from './state';

/** Why the server has nothing for the map, where it has not: then nothing is asked for that it would refuse. */
function nothingToShow(scene: Scene): string | null {
  if (scene.meta.editions.length === 0) return scene.messages.say('state.empty');
  return unreleasedText(scene.meta, scene);
}

/** What loading needs of the page. */
export interface LoadingSurroundings {
  state: PageState;
  scene: Scene;
  map: MapStage;
  notice: Notice;
  preview: PeriodPreview;
  explanations: Explanations;
  /** The numbers of the view are here and drawn, except on the map. */
  loaded(): Promise<void>;
}

/** Keeps ratings and tiles in step with the view; a later load ends the earlier one. */
export class Loading {
  private aborter = new AbortController();
  /** What stays said while all else is well. */
  private standing: MessageKey | null = null;
  private loadedAt: Date | null = null;
  private connection: 'online' | 'offline' = 'online';

  constructor(private readonly page: LoadingSurroundings) {}

  /** Keeps a message on show while all else is well. */
  keepSaying(key: MessageKey): void {
    this.standing = key;
  }

  /** Loads ratings and tiles for the filter of the view. */
  async load(): Promise<void> {
    this.aborter.abort();
    const { signal } = (this.aborter = new AbortController());
    const { notice, scene } = this.page;
    const nothing = nothingToShow(scene);
    if (nothing !== null) return notice.show(nothing);
    notice.busy('busy');
    try {
      await this.loadTilesAndRatings(signal);
      notice.show(this.standing && scene.messages.say(this.standing));
      notice.busy('idle');
      this.connection = 'online';
      if (keptSince()) this.reachable('offline');
      await this.page.loaded();
    } catch (error) {
      if (!signal.aborted) this.failed(error);
    }
  }

  private async loadTilesAndRatings(signal: AbortSignal): Promise<void> {
    const { state, scene } = this.page;
    const { level, edition } = scene.view;
    const [key, filter] = [paintKey(scene), filterOf(scene.view)];
    const [ratings, json] = await Promise.all([
      fetchRatings(level, filter, signal).then((answer) => this.coloured(answer, key, signal)),
      fetchTileJson('map', filter, signal),
    ]);
    this.loadedAt = keptSince() ?? new Date();
    batch(() => {
      state.ratings.value = ratings;
      state.tiles.value = { json, key, level, edition };
      if (scene.view.area !== null && !selectedArea(scene)) showView(state, { ...state.view.peek(), area: null });
    });
  }

  /** The new colours are on the screen before anything else is drawn and any tile is asked for. */
  private async coloured(ratings: Ratings, key: string, signal: AbortSignal): Promise<Ratings> {
    const { map, preview, scene } = this.page;
    if (signal.aborted || preview.isOn) return ratings;
    map.paint(scene, key, ratings.areas);
    await map.painting();
    return ratings;
  }

  /** Says what a failed request means for the reader, and falls back to what can be had. */
  failed(error: unknown): void {
    const { notice, scene } = this.page;
    notice.busy('idle');
    const { messages, meta, view } = scene;
    if (error instanceof Unreachable) return this.reachable('offline');
    if (error instanceof Problem && error.status === 401) {
      forgetToken();
      this.standing = 'state.token';
      return void this.renew();
    }
    notice.show(messages.say('state.refused', { reason: error instanceof Error ? error.message : String(error) }));
    const period = defaultPeriod(meta);
    if (error instanceof Problem && error.status === 403 && !isSamePeriod(view.period, period))
      scene.change({ period, categories: [], minSeverity: null });
  }

  /** Says that the server is out of reach; loads again when it is back. */
  reachable(state: 'online' | 'offline'): void {
    const { notice, scene } = this.page;
    const { messages, numbers } = scene;
    const wasOffline = this.connection === 'offline';
    this.connection = state;
    if (state === 'offline') {
      document.documentElement.dataset['state'] = 'offline';
      const time = this.loadedAt && numbers.moment(this.loadedAt);
      notice.show(time ? messages.say('state.offline', { time }) : messages.say('state.offline.first'));
    } else if (wasOffline) {
      notice.show(null);
      void this.load();
    }
  }

  /** The server's numbers changed: the same view on the new ones. */
  async renew(): Promise<void> {
    const { state, scene, explanations } = this.page;
    const meta = await fetchMeta().catch((error: unknown) => this.failed(error));
    if (!meta) return;
    explanations.forget();
    batch(() => {
      state.meta.value = meta;
      showView(state, changedView(readView(writeView(state.view.peek()), meta), {}, meta));
      scene.answers.forget();
    });
    await this.load();
    scene.announce(scene.messages.say('state.updated'));
  }
}
