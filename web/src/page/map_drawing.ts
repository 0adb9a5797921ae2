/** Keeps the map as the scene says, and the document's word for how far that is: drawing, playing or ready. */

import { effect, untracked } from '@preact/signals-core';
import type { Notice } from '../parts/header/notice';
import { clustersOf } from '../parts/clusters';
import { densityNow, hiddenGroups } from '../parts/incidents/shared';
import { brushed } from '../parts/quadrant/brushed';
import type { Scene } from '../parts/scene';
import type { Insets } from './insets';
import type { MapStage } from './map_stage';
import { paintKey, type PeriodPreview } from './preview';
import type { PageState } from './state';

/** What drawing the map needs of the page. */
export interface MapSurroundings {
  state: PageState;
  scene: Scene;
  map: MapStage;
  insets: Insets;
  notice: Notice;
  preview: PeriodPreview;
}

/** Reads all that the map shows beside its tiles, so that an effect follows it. */
function readDrawn(scene: Scene, { isWhole }: Insets): readonly unknown[] {
  const { view, style, ratings } = scene;
  const { mode, theme, overlays, lang, area, group } = view;
  return [
    mode,
    theme,
    overlays,
    lang,
    area,
    group,
    style,
    ratings,
    clustersOf(scene),
    hiddenGroups.value,
    densityNow(),
    brushed.value,
    isWhole,
  ];
}

/** Draws the map as an effect of the state. */
export class MapDrawing {
  /** The drawing under way, or the last one. */
  private latest: Promise<void> = Promise.resolve();

  constructor(private readonly page: MapSurroundings) {}

  /** Draws now, and again whenever the tiles, the style or what is drawn of them changes. */
  follow(): void {
    const { state, scene, insets } = this.page;
    effect(() => {
      // The map on the screen keeps its own colours while the page is printed.
      if (state.paperStyle.value) return;
      const tiles = state.tiles.value;
      readDrawn(scene, insets);
      const { level, edition } = scene.view;
      // Tiles of other areas: those of the view are on their way.
      if (tiles?.level === level && tiles.edition === edition) untracked(() => this.draw());
    });
  }

  /** Resolves when the map shows what it last was to show. */
  settled(): Promise<void> {
    return this.latest;
  }

  /** Draws what the scene says. */
  draw(): void {
    this.latest = this.drawNow();
  }

  /** Names the state of the page in the document; a preview that is on outlasts every drawing. */
  mark(state: 'drawing' | 'playing' | 'ready'): void {
    document.documentElement.dataset['state'] = this.page.preview.isOn ? 'playing' : state;
  }

  /** Goes back from a preview to the numbers of the view. */
  unpreview(): void {
    const { scene, map, state } = this.page;
    state.frame.value = null;
    if (scene.ratings) map.paint(scene, paintKey(scene), scene.ratings.areas);
    this.draw();
  }

  private async drawNow(): Promise<void> {
    const { state, scene, map, notice } = this.page;
    const tiles = state.tiles.peek();
    if (!tiles) return;
    // A map that nobody sees needs neither its library nor its tiles; a hidden one cannot be framed.
    if (scene.view.mode !== 'map' && scene.view.mode !== 'reports') return this.mark('ready');
    this.mark('drawing');
    const outcome = await map.draw(scene, tiles.json, tiles.key);
    if (outcome === 'unable') notice.show(scene.messages.say('state.nowebgl'));
    if (outcome !== 'overtaken') this.mark('ready');
  }
}
