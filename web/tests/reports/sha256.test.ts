import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { leadingZeros, ShortHash, solutionIn } from '../../src/worker/sha256';

const hex = (words: Int32Array): string => Array.from(words, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
const known = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('SHA-256 of short texts', () => {
  it('gives the published hashes', () => {
    expect(hex(new ShortHash().of(''))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(hex(new ShortHash().of('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it('is that of Node for every length up to two blocks', () => {
    const hash = new ShortHash();
    for (let length = 0; length < 120; length += 1) {
      const text = 'Az09-_'.repeat(20).slice(0, length);
      expect(hex(hash.of(text)), String(length)).toBe(known(text));
    }
  });
});

describe('work to be proved', () => {
  it('counts zeros over words', () => {
    expect(leadingZeros(Int32Array.from([0, 0x00800000, 0, 0, 0, 0, 0, 0]))).toBe(40);
    expect(leadingZeros(Int32Array.from([-1, 0, 0, 0, 0, 0, 0, 0]))).toBe(0);
    expect(leadingZeros(new Int32Array(8))).toBe(256);
  });

  it('finds the first solution, and none where there is none', () => {
    const challenge = 'AAAAAGrK0qgGq3Tn1sBzU0m3E1k5Zc2q7yJ0v8pW4hXb9fLsQ';
    const solution = solutionIn(challenge, 12, 0, 1_000_000) ?? -1;
    expect(known(`${challenge}:${solution}`)).toMatch(/^000/);
    for (let number = 0; number < solution; number += 1) expect(known(`${challenge}:${number}`)).not.toMatch(/^000/);
    expect(solutionIn(challenge, 12, 0, solution)).toBeNull();
    expect(solutionIn(challenge, 0, 0, 1)).toBe(0);
  });
});
