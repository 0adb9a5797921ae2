import { effect } from '@preact/signals-core';
import type { StyleSpecification } from 'maplibre-gl';
import { describe, expect, it } from 'vitest';
import { Answers } from '../../src/api/answers';
import type { AreaRow, Meta, Ratings } from '../../src/api/types';
import { askFor, type PageState, sceneOver, showView, stateFrom, stepBack, withKeptFields } from '../../src/page/state';
import { NO_PREVIEW, type Scene, sceneOnMap } from '../../src/parts/scene';
import { readView, type View } from '../../src/view/view';
import { answer, named } from '../answers';

const meta = answer<Meta>({
  sample: true,
  epoch: 1,
  role: 'public',
  default_edition: '2025-07',
  default_window: '3N-2025',
  editions: [{ id: '2025-07', name: named('Mới'), levels: ['commune', 'province'] }],
  windows: [{ id: '3N-2025', name: named('Ba năm'), from: '2022-12-15', to: '2025-12-15', released: true }],
});
const style: StyleSpecification = { version: 8, sources: {}, layers: [] };

interface Bench {
  state: PageState;
  scene: Scene;
}

function bench(answers = new Answers(() => new Promise(() => undefined))): Bench {
  const state = stateFrom({ meta, style, view: readView('', meta) });
  const actions = { answers, preview: NO_PREVIEW, change: () => undefined, announce: () => undefined };
  return { state, scene: sceneOver(state, actions) };
}

function changed(state: PageState, change: Partial<View>): void {
  showView(state, { ...state.view.peek(), ...change });
}

/** How often a part was drawn that reads `what`. */
function drawings(read: () => unknown): () => number {
  let count = 0;
  effect(() => {
    read();
    count += 1;
  });
  return () => count;
}

describe('the state of the page', () => {
  it('draws a part again only when what it read changes', () => {
    const { state, scene } = bench();
    const [themed, selected, whole] = [
      drawings(() => scene.view.theme),
      drawings(() => [scene.view.area, scene.ratings]),
      drawings(() => ({ ...scene.view })),
    ];
    changed(state, { camera: { lon: 108, lat: 15, zoom: 9 } });
    expect([themed(), selected(), whole()]).toEqual([1, 1, 2]);
    changed(state, { theme: 'rate' });
    expect([themed(), selected(), whole()]).toEqual([2, 1, 3]);
    state.ratings.value = answer<Ratings>({ edition: '2025-07', level: 'commune', areas: [] });
    expect([themed(), selected(), whole()]).toEqual([2, 2, 3]);
  });

  it('takes an equal list or period for no change', () => {
    const { state, scene } = bench();
    changed(state, { compared: ['20335', '20341'] });
    const compared = drawings(() => [scene.view.compared, scene.view.period]);
    changed(state, { compared: ['20335', '20341'], period: { window: '3N-2025' } });
    expect(compared()).toBe(1);
    changed(state, { compared: ['20341', '20335'] });
    expect(compared()).toBe(2);
    const list = ['a'];
    expect(withKeptFields({ list }, { list: ['a'] }).list).toBe(list);
  });

  it('shows of what was asked for only what the numbers on show can answer', () => {
    const { state, scene } = bench();
    state.ratings.value = answer<Ratings>({ edition: '2025-07', level: 'commune', areas: [] });
    const labels = drawings(() => scene.view.period);
    askFor(state, { ...state.asked.peek(), period: { window: 'N-2021' }, theme: 'rate' });
    expect([scene.asked.period, scene.view.period]).toEqual([{ window: 'N-2021' }, { window: '3N-2025' }]);
    expect([scene.view.theme, scene.isPending, labels()]).toEqual(['rate', true, 1]);
    showView(state, state.asked.peek());
    expect([scene.view.period, scene.isPending, labels()]).toEqual([{ window: 'N-2021' }, false, 2]);
  });

  it('goes back to what is shown when the rest cannot be had, and keeps what was answered', () => {
    const { state, scene } = bench();
    state.ratings.value = answer<Ratings>({ edition: '2025-07', level: 'commune', areas: [] });
    askFor(state, { ...state.asked.peek(), period: { window: 'N-2021' }, theme: 'rate' });
    expect(stepBack(state).period).toEqual({ window: 'N-2021' });
    expect([scene.asked.period, scene.asked.theme, scene.isPending]).toEqual([{ window: '3N-2025' }, 'rate', false]);
  });

  it('asks for the first numbers under the very view that waits for them', () => {
    const { state, scene } = bench();
    askFor(state, { ...state.asked.peek(), period: { window: 'N-2021' } });
    expect([scene.view.period, scene.isPending]).toEqual([{ window: 'N-2021' }, false]);
  });

  it('says of the map what it previews, and of all else what is shown', () => {
    const { state, scene } = bench();
    const [shown, previewed] = [20, 30].map((rate) => answer<Ratings>({ areas: [answer<AreaRow>({ code: '1', rate })] })) as [
      Ratings,
      Ratings,
    ];
    state.ratings.value = shown;
    state.frame.value = { period: { window: 'N-2021' }, ratings: previewed };
    const onMap = sceneOnMap(scene);
    expect([onMap.view.period, onMap.ratings?.areas[0]?.rate]).toEqual([{ window: 'N-2021' }, 30]);
    expect([scene.view.period, scene.ratings?.areas[0]?.rate]).toEqual([{ window: '3N-2025' }, 20]);
    expect(onMap.messages.say('mode.map')).toBe(scene.messages.say('mode.map'));
  });

  it('speaks the language of the view', () => {
    const { state, scene } = bench();
    const texts: string[] = [];
    effect(() => void texts.push(scene.messages.say('mode.map')));
    changed(state, { lang: 'en' });
    expect(texts).toHaveLength(2);
    expect(texts[0]).not.toBe(texts[1]);
  });
});

describe('answers', () => {
  /** Requests that are answered by hand, and frames that come when told. */
  function byHand(): { answers: Answers; asked: Map<string, (value: unknown) => void>; frame(): void } {
    const asked = new Map<string, (value: unknown) => void>();
    let frames: (() => void)[] = [];
    const answers = new Answers(
      (url) => new Promise((resolve) => asked.set(url, resolve)),
      (run) => void frames.push(run),
    );
    const frame = (): void => {
      const due = frames;
      frames = [];
      due.forEach((run) => run());
    };
    return { answers, asked, frame };
  }
  const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

  it('redraw what read their address and nothing else, once for all that came together', async () => {
    const { answers, asked, frame } = byHand();
    const seen: string[] = [];
    effect(() => void seen.push(`${answers.of('a').state} ${answers.of('b').state}`));
    const other = drawings(() => answers.of('c'));
    asked.get('a')?.(1);
    asked.get('b')?.(2);
    await settled();
    expect(seen).toEqual(['waiting waiting']);
    frame();
    expect(seen).toEqual(['waiting waiting', 'here here']);
    expect(other()).toBe(1);
  });

  it('are asked for again by what is on show once all is forgotten, and the old ones come to nothing', async () => {
    const { answers, asked, frame } = byHand();
    const seen: unknown[] = [];
    effect(() => void seen.push(answers.of('a')));
    const old = asked.get('a');
    answers.forget();
    expect(asked.get('a')).not.toBe(old);
    old?.('old');
    await settled();
    frame();
    expect(seen).toEqual([{ state: 'waiting' }, { state: 'waiting' }]);
    asked.get('a')?.('new');
    await settled();
    frame();
    expect(seen.at(-1)).toEqual({ state: 'here', value: 'new' });
  });

  it('say why one could not be had', async () => {
    const answers = new Answers(
      () => Promise.reject(new Error('refused')),
      (run) => run(),
    );
    const states: string[] = [];
    effect(() => void states.push(answers.of('a').state));
    await settled();
    expect(states).toEqual(['waiting', 'missing']);
  });
});
