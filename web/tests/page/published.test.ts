import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { forgetPublished, publishedAnswer } from '../../src/api/published/answers';
import { answerPlace, archivePlace, tablePlace } from '../../src/api/published/site';

interface Case {
  route: string;
  lang: string;
  file: string;
  member: string | null;
}

const CASES = join(import.meta.dirname, '../../../tests/fixtures/published_places.json');
const cases = JSON.parse(readFileSync(CASES, 'utf8')) as Case[];
const BASE = new URL('https://bucket.test/maps/safety/');

afterEach(() => {
  vi.unstubAllGlobals();
  forgetPublished();
});

describe('places of a published site', () => {
  it('are those that the program writes to', () => {
    expect(cases.length).toBeGreaterThan(8);
    for (const { route, lang, file, member } of cases) expect(answerPlace(route, lang)).toEqual({ file, member });
  });

  it('hold tiles and tables', () => {
    expect(archivePlace('tiles/map?window=TK-2025&edition=2025-07')).toBe('tiles/map/edition=2025-07,window=TK-2025.pmtiles');
    const filter = new URLSearchParams({ edition: '2025-07', window: 'TK-2025', level: 'commune' });
    expect(tablePlace(filter, 'vi.xlsx')).toBe('tables/edition=2025-07,level=commune,window=TK-2025.vi.xlsx');
  });
});

describe('answers of a published site', () => {
  const served = (body: BodyInit, status = 200): string[] => {
    const asked: string[] = [];
    vi.stubGlobal('fetch', (url: string) => {
      asked.push(url);
      return Promise.resolve(new Response(body, { status }));
    });
    return asked;
  };
  const area = new URL('areas/2025-07/20341?window=TK-2025', BASE).href;

  it('are unpacked, and one file answers for all of its members', async () => {
    const asked = served(gzipSync(JSON.stringify({ 20341: { name: 'Tam Kỳ' }, 20344: { name: 'An Mỹ' } })));
    expect(await publishedAnswer(area, BASE, 'vi')).toEqual({ name: 'Tam Kỳ' });
    expect(await publishedAnswer(area.replace('20341', '20344'), BASE, 'vi')).toEqual({ name: 'An Mỹ' });
    expect(asked).toEqual(['https://bucket.test/maps/safety/answers/areas/2025-07/window=TK-2025.json.gz']);
  });

  it('are read where the web server has unpacked them already', async () => {
    served('{"epoch":7}');
    expect(await publishedAnswer(new URL('version', BASE).href, BASE, 'en')).toEqual({ epoch: 7 });
  });

  it('are none where the site holds none', async () => {
    served('gone', 404);
    expect(await publishedAnswer(new URL('clusters', BASE).href, BASE, 'en')).toBeNull();
    served(gzipSync('{}'));
    expect(await publishedAnswer(area, BASE, 'vi')).toBeNull();
  });
});
