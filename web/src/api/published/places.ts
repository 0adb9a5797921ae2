/**
 * Which file of a published site holds the answer to an address: it follows from the address alone, by the rule of
 * `src/export/site/address.rs`; `tests/fixtures/published_places.json` holds both to the same cases.
 */

/** Where an answer lies: a file below the page's folder, and the member of it that is the answer; `null` where the file is. */
export interface AnswerPlace {
  file: string;
  member: string | null;
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
  if (parts[0] === 'styles') return { file: `${path}.json`, member };
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
