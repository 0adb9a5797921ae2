/**
 * Periods shown on the map before the view changes to one, as a slider is dragged or a run is played: the ratings of the
 * period colour the areas that are drawn already, so that no step waits for tiles and no area is ever missing.
 */

import { ratingsAddress } from '../api/client';
import type { AreaRow, Ratings } from '../api/types';
import type { Frame, Preview, Run, Scene } from '../parts/scene';
import { sampled } from '../view/time/time';
import { filterOf, type Period } from '../view/view';

/** Steps kept: two years of weeks, without what the map does not draw. */
const KEPT = 110;
/** The classes of a run are fitted to so many of its steps. */
const SAMPLED = 12;

/** What a preview needs of the page. */
export interface Stage {
  scene(): Scene;
  ask(url: string): Promise<Ratings>;
  /** Colours the areas; resolves when they are on the screen. */
  paint(key: string, areas: AreaRow[], classed: AreaRow[]): Promise<void>;
  /** What is on the map now. */
  framed(frame: Frame): void;
  /** The run has begun, or it is over. */
  held(run: Run | null): void;
  /** The preview is over; the view changes to `period`. */
  rested(period: Period): void;
  /** The map begins to show what the view does not say. */
  began(): void;
}

/** What distinguishes the numbers on the map: its level and filter. */
export function paintKey({ meta, view }: Pick<Scene, 'meta' | 'view'>, period: Period = view.period): string {
  return `${meta.epoch} ${ratingsAddress(view.level, filterOf(view, period))}`;
}

/** A row without its nested members: they are most of its weight, and no colour needs them. */
function light(row: AreaRow): AreaRow {
  return Object.fromEntries(
    Object.entries(row).filter(([, value]) => typeof value !== 'object' || value === null),
  ) as unknown as AreaRow;
}

/** Colours the areas on the map by other periods, and remembers their ratings. */
export class PeriodPreview implements Preview {
  private readonly kept = new Map<string, Promise<Ratings>>();
  private turn = 0;
  isOn = false;

  constructor(private readonly stage: Stage) {}

  async show(period: Period): Promise<Ratings | null> {
    this.turn += 1;
    const { turn } = this;
    if (!this.isOn) {
      this.isOn = true;
      this.stage.began();
    }
    const ratings = await this.ratings(period);
    if (turn !== this.turn) return null;
    const scene = this.stage.scene();
    await this.stage.paint(paintKey(scene, period), ratings.areas, scene.run?.classed ?? ratings.areas);
    if (turn !== this.turn) return null;
    this.stage.framed({ period, ratings });
    return ratings;
  }

  warm(periods: Period[]): void {
    // What fails now is asked for again, and reported, when its turn comes.
    for (const period of periods) this.ratings(period).catch(() => undefined);
  }

  async hold(periods: Period[]): Promise<void> {
    const chosen = sampled(periods, SAMPLED);
    const all = await Promise.all(chosen.map((period) => this.ratings(period)));
    this.stage.held({ classed: all.flatMap(({ areas }) => areas), steps: periods.length, sampled: chosen.length });
  }

  rest(period: Period): void {
    this.turn += 1;
    this.isOn = false;
    if (this.stage.scene().run) this.stage.held(null);
    this.stage.rested(period);
  }

  private ratings(period: Period): Promise<Ratings> {
    const scene = this.stage.scene();
    const key = paintKey(scene, period);
    const known = this.kept.get(key);
    if (known) return known;
    const asked = this.stage
      .ask(ratingsAddress(scene.view.level, filterOf(scene.view, period)))
      .then((ratings) => ({ ...ratings, areas: ratings.areas.map(light) }));
    asked.catch(() => this.kept.delete(key));
    const oldest = this.kept.keys().next();
    if (this.kept.size >= KEPT && !oldest.done) this.kept.delete(oldest.value);
    this.kept.set(key, asked);
    return asked;
  }
}
