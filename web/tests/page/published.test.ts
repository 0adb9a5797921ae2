import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { shellOf } from '../../dev/shell';
import { answerPlace, archivePlace } from '../../src/api/published/places';

interface Case {
  route: string;
  lang: string;
  file: string;
  member: string | null;
}

const CASES = join(import.meta.dirname, '../../../tests/fixtures/published_places.json');
const cases = JSON.parse(readFileSync(CASES, 'utf8')) as Case[];
const HOME = 'http://page.test/';

vi.mock('../../src/api/published/archives', () => ({
  readArchives: vi.fn(),
  archivedTiles: ({ host, pathname }: URL) => `pmtiles://${host}${pathname}/{z}/{x}/{y}`,
}));

describe('places of a published site', () => {
  it('are those that the program writes to', () => {
    expect(cases.length).toBeGreaterThan(8);
    for (const { route, lang, file, member } of cases) expect(answerPlace(route, lang)).toEqual({ file, member });
  });

  it('hold tiles', () => {
    expect(archivePlace('tiles/map?window=TK-2025&edition=2025-07')).toBe('tiles/map/edition=2025-07,window=TK-2025.pmtiles');
  });
});

describe('the shell of the page of a server', () => {
  it('leaves out what published pages alone load', () => {
    const piece = (file: string, dynamicImports: string[] = []): { file: string; dynamicImports: string[] } => ({
      file,
      dynamicImports,
    });
    const built = {
      'index.html': piece('a.js', ['src/map/safety_map.ts', 'src/api/published/answers.ts']),
      'src/map/safety_map.ts': piece('b.js'),
      'src/api/published/answers.ts': piece('c.js', ['src/api/published/archives.ts']),
      'src/api/published/archives.ts': piece('d.js'),
    };
    expect(shellOf(built)).toEqual(['a.js', 'b.js']);
  });
});

describe('answers of a published site', () => {
  let publishedAnswer: (url: string, init?: RequestInit) => Promise<Response>;
  const area = `${HOME}areas/2025-07/20341?window=TK-2025`;
  const served = (body: BodyInit, status = 200): string[] => {
    const asked: string[] = [];
    vi.stubGlobal('fetch', (url: string) => {
      asked.push(url);
      return Promise.resolve(new Response(body, { status, headers: { 'binhyen-kept': 'yesterday' } }));
    });
    return asked;
  };
  const answer = async (url: string, init?: RequestInit): Promise<unknown> => (await publishedAnswer(url, init)).json();

  // Each test begins with nothing read.
  beforeEach(async () => {
    vi.resetModules();
    ({ publishedAnswer } = await import('../../src/api/published/answers'));
  });
  afterEach(() => vi.unstubAllGlobals());

  it('are unpacked, and one file answers for all of its members', async () => {
    const asked = served(gzipSync(JSON.stringify({ 20341: { name: 'Tam Kỳ' }, 20344: { name: 'An Mỹ' } })));
    expect(await Promise.all([answer(area), answer(area.replace('20341', '20344'))])).toEqual([
      { name: 'Tam Kỳ' },
      { name: 'An Mỹ' },
    ]);
    expect(await answer(area)).toEqual({ name: 'Tam Kỳ' });
    expect(asked).toEqual([`${HOME}answers/areas/2025-07/window=TK-2025.json.gz`]);
  });

  it('are read where the web server has unpacked them already, and keep what was said of their age', async () => {
    served('{"epoch":7}');
    const response = await publishedAnswer(`${HOME}version`);
    expect(await response.json()).toEqual({ epoch: 7 });
    expect(response.headers.get('binhyen-kept')).toBe('yesterday');
  });

  it('are none where the site holds none', async () => {
    served('gone', 404);
    expect((await publishedAnswer(`${HOME}clusters`)).status).toBe(404);
    expect((await publishedAnswer(area)).status).toBe(404);
    served(gzipSync('{}'));
    expect((await publishedAnswer(area)).status).toBe(404);
  });

  it('are read anew when the site was published anew', async () => {
    served('{"epoch":7}');
    await publishedAnswer(`${HOME}version`);
    served('{"20341":1}');
    expect(await answer(area)).toBe(1);
    served('{"epoch":8}');
    await publishedAnswer(`${HOME}version`);
    served('{"20341":2}');
    expect(await answer(area)).toBe(2);
  });

  it('name tiles and what a style draws from in full', async () => {
    served('{"tiles":["elsewhere"],"maxzoom":12}');
    expect(await answer(`${HOME}tiles/map?edition=2025-07&window=TK-2025`, { headers: { 'Accept-Language': 'en' } })).toEqual({
      tiles: ['pmtiles://page.test/tiles/map/edition=2025-07,window=TK-2025.pmtiles/{z}/{x}/{y}'],
      maxzoom: 12,
    });
    const asked = served('{"version":8,"layers":[],"sources":{"around":{"type":"geojson","data":"around.geojson"}}}');
    expect(await answer(`${HOME}styles/page-dark`)).toMatchObject({
      sources: { around: { data: `${HOME}styles/around.geojson` } },
    });
    expect(asked).toEqual([`${HOME}styles/page-dark.json`]);
  });
});
