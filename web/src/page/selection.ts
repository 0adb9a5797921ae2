/** The selected area: first what the list already knows of it, then its own answer, and why it has its letter. */

import { batch } from '@preact/signals-core';
import { fetchArea } from '../api/client';
import type { Explanations } from '../api/explanations';
import { scaleOf, type Scene, selectedArea } from '../parts/scene';
import type { Sheet } from '../parts/sheet/sheet';
import { areaSentence } from '../view/text/sentence';
import { filterOf } from '../view/view';
import type { MapStage } from './map_stage';
import type { PageState } from './state';

/** What the selection needs of the page. */
export interface SelectionSurroundings {
  state: PageState;
  scene: Scene;
  map: MapStage;
  sheet: Sheet;
  explanations: Explanations;
  failed(error: unknown): void;
  /** Nothing is selected any more, and the focus may have stood in the panel. */
  cleared(): void;
}

/** Follows the selected area; what was on its way for another one comes to nothing. */
export class Selection {
  private aborter = new AbortController();
  /** The area that was brought up last: the same one on other numbers moves neither sheet nor map. */
  private broughtUp: string | null = null;

  constructor(private readonly page: SelectionSurroundings) {}

  /** Lets go of what belongs to another area. */
  reset(): void {
    this.aborter.abort();
    const { state, explanations } = this.page;
    const view = state.view.peek();
    const known = view.area === null ? null : explanations.known(view.edition, view.area, filterOf(view));
    if (view.area === null) this.broughtUp = null;
    batch(() => {
      if (state.detail.peek()?.area.code !== view.area) state.detail.value = null;
      state.explanation.value = known ?? 'waiting';
    });
  }

  /** The address names this area: where the sheet and the map stand, it says too. */
  expect(code: string | null): void {
    this.broughtUp = code;
  }

  /** Whether `code` is the area that was brought up last. */
  isOn(code: string | null): boolean {
    return code === this.broughtUp;
  }

  /** The same area on numbers of another epoch: what is known of it stays until it is known anew, and nothing moves or speaks. */
  renew(): void {
    this.aborter.abort();
    const { signal } = (this.aborter = new AbortController());
    const area = selectedArea(this.page.scene);
    if (!area) return;
    if (!this.page.state.detail.peek()) void this.learn(area.code, signal, 'known');
    void this.explain(area.code, signal);
  }

  /** Brings the selected area up, says so, and asks for what is not known of it yet. */
  enter(): void {
    const { scene, state, sheet, map, cleared } = this.page;
    const { signal } = (this.aborter = new AbortController());
    const area = selectedArea(scene);
    const isNew = area?.code !== this.broughtUp;
    this.broughtUp = area?.code ?? null;
    if (!area) {
      sheet.lay('panel');
      cleared();
      return scene.announce(scene.messages.say('said.cleared'));
    }
    if (isNew) sheet.bring('panel');
    const sentence = areaSentence(area, scaleOf(scene), scene);
    scene.announce(scene.messages.say('said.selected', { name: area.name, sentence }));
    const detail = state.detail.peek();
    if (!detail) void this.learn(area.code, signal, isNew ? 'new' : 'known');
    else if (isNew && detail.bounds) map.reveal(detail.bounds);
    void this.explain(area.code, signal);
  }

  /** The area's own answer; a new one is brought into view. */
  private async learn(code: string, signal: AbortSignal, area: 'new' | 'known'): Promise<void> {
    const { state, scene, map, failed } = this.page;
    try {
      const detail = await fetchArea(scene.view.edition, code, filterOf(scene.view), signal);
      if (signal.aborted) return;
      state.detail.value = detail;
      if (area === 'new' && detail.bounds) map.reveal(detail.bounds);
    } catch (error) {
      if (!signal.aborted) failed(error);
    }
  }

  /** Why the area has its letter. Without it the rest of the panel still stands, so it fails in its own section. */
  private async explain(code: string, signal: AbortSignal): Promise<void> {
    const { state, scene, explanations } = this.page;
    const { edition } = scene.view;
    const explanation = await explanations.of(edition, code, filterOf(scene.view), signal).catch(() => 'missing' as const);
    if (!signal.aborted) state.explanation.value = explanation;
  }
}
