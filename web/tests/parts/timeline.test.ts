import { describe, expect, it } from 'vitest';
import type { AreaRow, Meta, Ratings, Window } from '../../src/api/types';
import { Playback, AHEAD } from '../../src/parts/time/playback';
import { dragged, type Grid, shareOf, stepAt, stepped } from '../../src/view/time/brush';
import { movesOf, periodBefore } from '../../src/view/text/changes';
import { boundaries } from '../../src/view/time/time';
import type { Period } from '../../src/view/view';
import { answer, named } from '../answers';

const year = { from: '2024-01-01', to: '2025-01-01' };
const months: Grid = { bounds: boundaries(year, 'month') };
const window = (id: string, from: string, to: string): Window =>
  answer<Window>({ id, name: named(id), from, to, released: true });
const TK = [2022, 2023, 2024].map((at) => window(`TK-${at}`, `${at - 1}-12-15`, `${at}-12-15`));
const released: Grid = { windows: [...TK, window('3N-2024', '2021-12-15', '2024-12-15')] };
const quarter = { from: '2024-04-01', to: '2024-07-01' };

describe('a period that is dragged', () => {
  it('moves by whole steps and keeps how many it has', () => {
    expect(dragged(quarter, 'whole', 29, months)).toEqual({ from: '2024-05-01', to: '2024-08-01' });
    expect(dragged(quarter, 'whole', 3, months)).toEqual(quarter);
    expect(dragged(quarter, 'whole', 4000, months)).toEqual({ from: '2024-10-01', to: '2025-01-01' });
    expect(dragged(quarter, 'whole', -4000, months)).toEqual({ from: '2024-01-01', to: '2024-04-01' });
  });

  it('keeps its days where it does not lie on boundaries', () => {
    expect(dragged({ from: '2024-04-10', to: '2024-04-20' }, 'whole', 22, months)).toEqual({
      from: '2024-05-01',
      to: '2024-05-11',
    });
  });

  it('never loses its last step', () => {
    expect(dragged(quarter, 'start', 900, months)).toEqual({ from: '2024-06-01', to: '2024-07-01' });
    expect(dragged(quarter, 'end', -900, months)).toEqual({ from: '2024-04-01', to: '2024-05-01' });
    expect(dragged(quarter, 'start', 0, { bounds: [] })).toEqual(quarter);
  });

  it('is always one of the released windows where only these can be chosen', () => {
    expect(dragged(TK[0]!, 'whole', 300, released)).toEqual({ from: '2022-12-15', to: '2023-12-15' });
    expect(dragged(TK[0]!, 'end', 700, released)).toEqual({ from: '2021-12-15', to: '2024-12-15' });
    expect(dragged(TK[0]!, 'end', 700, { windows: [] })).toEqual({ ...TK[0], from: '2021-12-15' });
  });
});

describe('a period moved by keys', () => {
  it('goes from boundary to boundary, from any day', () => {
    expect(stepped(quarter, 'end', 1, months).to).toBe('2024-08-01');
    expect(stepped(quarter, 'start', -2, months).from).toBe('2024-02-01');
    expect(stepped({ from: '2024-04-10', to: '2024-07-01' }, 'start', 1, months).from).toBe('2024-05-01');
    expect(stepped({ from: '2024-04-10', to: '2024-07-01' }, 'start', -1, months).from).toBe('2024-04-01');
    expect(stepped(quarter, 'end', 99, months).to).toBe('2025-01-01');
    expect(stepped(quarter, 'start', -99, months).from).toBe('2024-01-01');
  });

  it('goes to the next released window that way, or stays', () => {
    expect(stepped(TK[1]!, 'end', 1, released)).toEqual({ from: '2023-12-15', to: '2024-12-15' });
    expect(stepped(TK[2]!, 'start', -1, released)).toEqual({ from: '2021-12-15', to: '2024-12-15' });
    expect(stepped(TK[2]!, 'end', 1, released)).toEqual(TK[2]);
  });
});

describe('a place on the axis', () => {
  it('belongs to a step, or to the shortest window', () => {
    expect(stepAt('2024-02-29', months)).toEqual({ from: '2024-02-01', to: '2024-03-01' });
    expect(stepAt('2023-05-01', released)).toMatchObject({ id: 'TK-2023' });
    expect(stepAt('2019-05-01', months)).toBeNull();
  });

  it('is a share of what is shown', () => {
    expect(shareOf('2024-07-02', year)).toBeCloseTo(0.5, 2);
    expect(shareOf('2019-01-01', year)).toBe(0);
    expect(shareOf('2029-01-01', year)).toBe(1);
  });
});

describe('playback', () => {
  const periods: Period[] = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((id) => ({ window: id }));
  const named = (period: Period): string => ('window' in period ? period.window : '');

  /** A player that notes what happens; `failing` is the step that cannot be had. */
  function played(failing = ''): { log: string[]; asked: string[]; playback: Playback; waited: number[] } {
    const [log, asked, waited]: [string[], string[], number[]] = [[], [], []];
    let clock = 0;
    const playback: Playback = new Playback(
      {
        show: (period) => {
          clock += 30;
          return named(period) === failing ? Promise.reject(new Error('gone')) : Promise.resolve(period);
        },
        warm: (ahead) => asked.push(...ahead.map(named)),
        moved: (index) => {
          log.push(String(index));
          if (index === 3 && failing === 'pause') playback.pause();
        },
        stopped: (index, why) => log.push(`${why} at ${index}`),
      },
      (ms) => {
        waited.push(ms);
        clock += ms;
        return Promise.resolve();
      },
      () => clock,
    );
    return { log, asked, playback, waited };
  }

  it('shows every step in order and ends at the last', async () => {
    const { log, playback, waited } = played();
    await playback.play(periods, () => 250);
    expect(log).toEqual(['0', '1', '2', '3', '4', '5', '6', 'ended at 6']);
    expect(waited).toEqual(Array<number>(6).fill(220));
    expect(playback.isPlaying).toBe(false);
  });

  it('asks for at least three steps ahead', async () => {
    const { asked, playback } = played();
    const run = playback.play(periods, () => 250);
    expect(asked).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(AHEAD).toBeGreaterThanOrEqual(3);
    await run;
  });

  it('stops where it is told to, and says so once', async () => {
    const { log, playback } = played('pause');
    await playback.play(periods, () => 250);
    expect(log).toEqual(['0', '1', '2', '3', 'paused at 3']);
  });

  it('stops at the last step that could be had', async () => {
    const { log, playback } = played('c');
    await playback.play(periods, () => 250);
    expect(log).toEqual(['0', '1', 'failed at 1']);
  });

  it('ends at once without steps', async () => {
    const { log, playback } = played();
    await playback.play([], () => 250);
    expect(log).toEqual(['ended at 0']);
  });
});

describe('what changed', () => {
  const area = (code: string, trend: AreaRow['trend'], ratio: number) =>
    answer<AreaRow>({
      code,
      name: code,
      level: 'commune',
      trend,
      ratio,
    });

  it('names areas that moved, farthest first, and counts the others', () => {
    const moves = movesOf([
      area('1', 'up', 1.2),
      area('2', 'up', 2.5),
      area('3', 'down', 0.7),
      area('4', 'equal', 1),
      area('5', null, 1),
    ]);
    expect(moves.up.map(({ code }) => code)).toEqual(['2', '1']);
    expect(moves.down.map(({ code }) => code)).toEqual(['3']);
    expect([moves.equal, moves.unsaid]).toEqual([1, 1]);
    expect(movesOf([])).toEqual({ up: [], down: [], equal: 0, unsaid: 0 });
  });

  it('is asked against the window before, where the role may', () => {
    const meta = { role: 'public', windows: TK } as unknown as Meta;
    const ratings = (id: string | null) =>
      answer<Ratings>({
        edition: '',
        level: 'commune',
        areas: [],
        trend: { window: { id, from: '2020-12-15', to: '2021-12-15' } },
      });
    expect(periodBefore(ratings('TK-2022'), meta)).toEqual({ window: 'TK-2022' });
    expect(periodBefore(ratings(null), meta)).toBeNull();
    expect(periodBefore(ratings(null), { ...meta, role: 'planner' })).toEqual({ from: '2020-12-15', to: '2021-12-15' });
    expect(periodBefore(answer<Ratings>({ edition: '', level: 'commune', areas: [] }), meta)).toBeNull();
  });
});
