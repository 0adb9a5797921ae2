import { describe, expect, it } from 'vitest';
import { readFrameOptions } from '../../src/embed/options';
import { releaseText } from '../../src/embed/release_line';
import { embedWords } from '../../src/embed/words';

describe('the line of a frame', () => {
  const said = (lang: 'vi' | 'en', release: { number: number; made_on: string } | null): string =>
    releaseText(release, readFrameOptions(`#lang=${lang}`, 'light'), embedWords(lang));

  it('names the release and its day as the readers of each language write it', () => {
    const release = { number: 3, made_on: '2026-01-15' };
    expect(said('vi', release)).toBe('Bản công bố số 3, ngày 15/1/2026');
    expect(said('en', release)).toBe('Release 3 of 15 Jan 2026');
  });

  it('says that there is none', () => {
    expect([said('vi', null), said('en', null)]).toEqual(['Chưa có bản công bố nào', 'Nothing has been published yet']);
  });
});
