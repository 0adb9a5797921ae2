import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { joinedChanges } from '../../src/api/live/changes';
import { Joined } from '../../src/api/live/joined';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('what comes together', () => {
  it('is done at once, and then four times a second however much is asked', async () => {
    const began = Date.now();
    const times: number[] = [];
    const joined = new Joined(async () => void times.push(Date.now() - began), 250);
    for (let event = 0; event < 500; event += 1) {
      joined.ask();
      await vi.advanceTimersByTimeAsync(2);
    }
    await vi.advanceTimersByTimeAsync(5000);
    expect(times).toEqual([0, 250, 500, 750, 1000]);
  });

  it('is never done twice at a time, and what is asked meanwhile is done once more', async () => {
    let [underWay, most, runs] = [0, 0, 0];
    const run = async (): Promise<void> => {
      runs += 1;
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise((resolve) => setTimeout(resolve, 1000));
      underWay -= 1;
    };
    const joined = new Joined(run, 250);
    for (let event = 0; event < 9; event += 1) {
      joined.ask();
      await vi.advanceTimersByTimeAsync(100);
    }
    await vi.advanceTimersByTimeAsync(10_000);
    expect([most, runs]).toEqual([1, 2]);
  });

  it('is done again after a failure', async () => {
    let runs = 0;
    const joined = new Joined(async () => {
      runs += 1;
      throw new Error('no line');
    }, 250);
    joined.ask();
    await vi.advanceTimersByTimeAsync(1000);
    joined.ask();
    await vi.advanceTimersByTimeAsync(1000);
    expect(runs).toBe(2);
  });
});

it('changes add up, of which one may not be known', () => {
  const one = { added: 2, amended: 1, withdrawn: 0 };
  expect(joinedChanges(one, { added: 1, amended: 0, withdrawn: 4 })).toEqual({ added: 3, amended: 1, withdrawn: 4 });
  expect(joinedChanges(one, null)).toEqual(one);
  expect(joinedChanges(null, null)).toEqual({ added: 0, amended: 0, withdrawn: 0 });
});
