/**
 * A published site: the page without a server, its answers written down as files. Which file holds the answer to an address
 * follows from the address alone, by the rule of `src/export/site/address.rs`; `tests/fixtures/published_places.json` holds
 * both to the same cases.
 */

/** Where an answer lies: a file below the page's folder, and the member of it that is the answer; `null` where the file is. */
export interface AnswerPlace {
  file: string;
  member: string | null;
}

/** Whether this page was published. */
export function isPublished(): boolean {
  // A worker has no document, and a test no whole one.
  return Boolean(globalThis.document?.querySelector?.('meta[name="binhyen-published"]'));
}

function plain(value: string): string {
  return value.replaceAll(/[^A-Za-z0-9._,-]/gu, '_');
}

function parametersName(pairs: [name: string, value: string][]): string {
  const named = pairs.map(([name, value]) => `${name}=${plain(value)}`).sort();
  return named.length === 0 ? 'index' : named.join(',');
}

/** Where the answer to `route`, an address below the page's folder, lies for a reader of `lang`. */
export function answerPlace(route: string, lang: string): AnswerPlace {
  const [path = '', query = ''] = route.replace(/^\//, '').split('?');
  let pairs = [...new URLSearchParams(query)];
  const parts = path.split('/').map(decodeURIComponent);
  let member: string | null = null;
  if (parts[0] === 'tiles') pairs.push(['lang', lang]);
  if (parts[0] === 'areas' && parts.length > 2) member = parts.splice(2, 1)[0] ?? null;
  if (path === 'series') {
    member = pairs.find(([name]) => name === 'areas')?.[1] ?? null;
    pairs = pairs.filter(([name]) => name !== 'areas');
  }
  return { file: `answers/${parts.join('/')}/${parametersName(pairs)}.json.gz`, member };
}

/** The file of the tiles that the answer to `route` describes. */
export function archivePlace(route: string): string {
  const [path = '', query = ''] = route.replace(/^\//, '').split('?');
  return `${path}/${parametersName([...new URLSearchParams(query)])}.pmtiles`;
}

/** The file of a table of all areas of a level. */
export function tablePlace(filter: URLSearchParams, ending: string): string {
  return `tables/${parametersName([...filter])}.${ending}`;
}
