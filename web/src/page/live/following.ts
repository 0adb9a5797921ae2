/**
 * Follows the server's states: what comes together is joined, the new numbers take the place of the old ones without a word
 * or a blank, and then a quiet mark says what is new.
 */

import { type ChangedIncidents, joinedChanges } from '../../api/live/changes';
import { watchEpoch } from '../../api/live/epoch_watch';
import { Joined } from '../../api/live/joined';
import { alertsAddress, situationAddress, SPANS } from '../../api/roles/situation';
import { withWords } from '../../i18n/catalogue';
import type { Scene } from '../../parts/scene';
import type { Loading } from '../loading';

/** So far apart at least are refreshes. */
const APART_MS = 250;
/** When a refresh that was overtaken or failed is tried again. */
const AGAIN_MS = 5_000;
/** So far apart at least is what is said to screen readers. */
const SPOKEN_MS = 30_000;

/** Keeps the page on the newest state. */
export class Following {
  private readonly refresh = new Joined(() => this.renew(), APART_MS);
  private readonly alerts = new Joined(() => this.renewAlerts(), APART_MS);
  private readonly spoken = new Joined(() => this.speak(), SPOKEN_MS);
  /** The state that was told last. */
  private epoch: number;
  /** What changed and is not told yet; `null` where nothing did. */
  private coming: ChangedIncidents | null = null;
  /** Whether newer numbers could not be shown. */
  private isOwed = false;

  constructor(
    private readonly scene: Scene,
    private readonly loading: Loading,
  ) {
    this.epoch = scene.meta.epoch;
  }

  /** Begins to follow. Returns a function that asks the server at once. */
  begin(): () => Promise<void> {
    return watchEpoch(this.epoch, {
      changed: (epoch, changed) => this.heard(epoch, changed),
      alerted: () => this.alerts.ask(),
      reachable: (state) => this.reachable(state),
      refused: (problem) => this.loading.failed(problem),
    });
  }

  private heard(epoch: number, changed: ChangedIncidents | null): void {
    this.epoch = epoch;
    this.coming = joinedChanges(this.coming, changed);
    this.refresh.ask();
  }

  private reachable(state: 'online' | 'offline'): void {
    this.loading.reachable(state);
    if (state === 'online' && this.isOwed) this.refresh.ask();
  }

  /** Shows the newest numbers; ends when all that is on show is drawn anew, so that a slow line is asked less often. */
  private async renew(): Promise<void> {
    const { scene, loading } = this;
    this.isOwed = false;
    const { coming } = this;
    this.coming = null;
    // It may have come with an earlier refresh.
    const isHere = this.epoch === scene.meta.epoch || (await loading.renew()) === 'shown';
    if (isHere && coming) await this.tell(coming);
    if (!isHere) this.owe(coming);
    await scene.answers.settled();
  }

  /** What was overtaken or could not be had is tried again: a little later, or when the server is there again. */
  private owe(coming: ChangedIncidents | null): void {
    if (coming) this.coming = joinedChanges(coming, this.coming);
    this.isOwed = true;
    if (this.scene.freshness.connection === 'online') setTimeout(() => this.isOwed && this.refresh.ask(), AGAIN_MS);
  }

  /** Says what is new, now that it is on show. */
  private async tell(changes: ChangedIncidents): Promise<void> {
    const { tellNews } = await this.mark();
    tellNews(changes);
    this.spoken.ask();
  }

  private async speak(): Promise<void> {
    const { newsNow } = await this.mark();
    const said = newsNow(this.scene);
    if (said !== null) this.scene.announce(said);
  }

  private mark(): Promise<typeof import('../../parts/news/news_mark')> {
    return withWords(import('../../parts/news/news_mark'));
  }

  /** What is told of alerts, where it is on show. */
  private async renewAlerts(): Promise<void> {
    const { answers, view } = this.scene;
    const urls = [alertsAddress(), ...SPANS.map((days) => situationAddress(view.edition, days))];
    await Promise.all(urls.map((url) => answers.renew(url)));
  }
}
