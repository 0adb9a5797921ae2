import { effect } from '@preact/signals-core';
import { describe, expect, it } from 'vitest';
import { Answers, type Known } from '../../src/api/answers';

/** Answers of which each request is answered when the test says so. */
function asked(): { answers: Answers; reply(value: unknown): Promise<void>; count(): number } {
  const waiting: ((value: unknown) => void)[] = [];
  let count = 0;
  const ask = (): Promise<unknown> => {
    count += 1;
    return new Promise((resolve) => waiting.push(resolve));
  };
  const answers = new Answers(ask, (run) => run());
  const reply = async (value: unknown): Promise<void> => {
    waiting.shift()?.(value);
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { answers, reply, count: () => count };
}
const here = (value: unknown): Known<unknown> => ({ state: 'here', value });

describe('an answer that is asked for again', () => {
  it('stays as it was until the new one is there', async () => {
    const { answers, reply } = asked();
    expect(answers.of('a')).toEqual({ state: 'waiting' });
    await reply(1);
    void answers.renew('a');
    expect(answers.of('a')).toEqual(here(1));
    await reply(2);
    expect(answers.of('a')).toEqual(here(2));
  });

  it('is not asked for where nobody wanted it', async () => {
    const { answers, count } = asked();
    await answers.renew('a');
    expect(count()).toBe(0);
  });

  it('is dropped where everything was forgotten meanwhile', async () => {
    const { answers, reply } = asked();
    answers.of('a');
    await reply(1);
    void answers.renew('a');
    answers.forget();
    expect(answers.of('a')).toEqual({ state: 'waiting' });
    await reply('of before');
    expect(answers.of('a')).toEqual({ state: 'waiting' });
    await reply(2);
    expect(answers.of('a')).toEqual(here(2));
  });
});

describe('answers of another epoch', () => {
  it('stay on show until the new ones are there; what nobody looks at is forgotten', async () => {
    const { answers, reply, count } = asked();
    answers.of('unseen');
    await reply('before');
    const seen: Known<unknown>[] = [];
    effect(() => void seen.push(answers.of('shown')));
    await reply(1);
    answers.renewShown();
    await Promise.resolve();
    expect(count()).toBe(3);
    expect(seen).toEqual([{ state: 'waiting' }, here(1), here(1)]);
    await reply(2);
    expect(seen.at(-1)).toEqual(here(2));
    expect(answers.of('unseen')).toEqual({ state: 'waiting' });
  });

  it('come however fast epochs follow on each other, and an older one never takes the place of a newer', async () => {
    const requests: ((value: unknown) => void)[] = [];
    const answers = new Answers(
      () => new Promise((resolve) => requests.push(resolve)),
      (run) => run(),
    );
    const seen: Known<unknown>[] = [];
    effect(() => void seen.push(answers.of('shown')));
    answers.renewShown();
    answers.renewShown();
    const come = async (request: number): Promise<void> => {
      requests[request]?.(request);
      await new Promise((resolve) => setTimeout(resolve));
    };
    await come(1);
    expect(seen.at(-1)).toEqual(here(1));
    await come(0);
    expect(seen.at(-1)).toEqual(here(1));
    await come(2);
    expect(seen.at(-1)).toEqual(here(2));
  });

  it('are settled when nothing is on its way', async () => {
    const { answers, reply } = asked();
    await answers.settled();
    answers.of('a');
    let isSettled = false;
    void answers.settled().then(() => (isSettled = true));
    await Promise.resolve();
    expect(isSettled).toBe(false);
    await reply(1);
    expect(isSettled).toBe(true);
  });
});
