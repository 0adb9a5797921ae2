/** A quiet mark beside the views: how many incidents are new, and since when. A click looks at them, and takes it away. */

import { signal } from '@preact/signals-core';
import type { ChangedIncidents } from '../../api/live/changes';
import { agoText, isOld, type News, newsText, newsWith } from '../../view/text/news';
import { modesOf } from '../../view/view';
import { type Drawn, element } from '../elements/element';
import type { Scene } from '../scene';
import { newsPart } from './shared';

const CLOCK_MS = 20_000;

/** What is new; `null` where nothing is. */
const news = signal<News | null>(null);
/** The time by which it is told how long ago that was. */
const now = signal(new Date());
let clock: ReturnType<typeof setInterval> | undefined;

/** Shows that something is new: what changed came to what is on show. */
export function tellNews(changes: ChangedIncidents): void {
  now.value = new Date();
  news.value = newsWith(news.peek(), changes, now.peek());
  newsPart.value = newsMark;
  clock ??= setInterval(() => (now.value = new Date()), CLOCK_MS);
}

/** What is new in words; `null` where nothing is, or somebody has looked. */
export function newsNow(scene: Scene): string | null {
  const told = news.value;
  return told && !isOld(told, now.value) ? `${newsText(told, scene)} · ${agoText(told, now.value, scene)}` : null;
}

/** The mark; none where nothing is new. */
export function newsMark(scene: Scene): Drawn | null {
  const said = newsNow(scene);
  if (said === null) return null;
  const { messages, meta } = scene;
  const hasSituation = modesOf(meta.role).includes('situation');
  const look = (): void => {
    news.value = null;
    if (hasSituation) scene.change({ mode: 'situation' });
  };
  const title = messages.say(hasSituation ? 'news.look' : 'news.close');
  return element('button', { id: 'news', type: 'button', title, click: look }, said);
}
