/** Answers of a published site: their files are fetched, unpacked and read once for all that they hold. */

import { answerPlace } from './site';

/** The files that were read last; the oldest goes first. */
const KEPT = 12;
/** How a gzip file begins. A web server that says so in its header has unpacked it already. */
const GZIP = [0x1f, 0x8b];

const kept = new Map<string, Promise<unknown>>();

async function unpacked(body: ArrayBuffer): Promise<string> {
  const bytes = new Uint8Array(body);
  if (bytes[0] !== GZIP[0] || bytes[1] !== GZIP[1]) return new TextDecoder().decode(bytes);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).text();
}

async function read(url: string): Promise<unknown> {
  const response = await fetch(url, { cache: 'no-cache' });
  return response.ok ? JSON.parse(await unpacked(await response.arrayBuffer())) : null;
}

/** The content of a file; those that hold many answers are kept, the others asked for anew, as they would be of a server. */
function content(url: string, member: string | null): Promise<unknown> {
  const known = kept.get(url);
  if (known && member !== null) return known;
  const reading = read(url);
  if (member === null) return reading;
  const [oldest] = kept.keys();
  if (kept.size >= KEPT && oldest !== undefined) kept.delete(oldest);
  kept.set(url, reading);
  // What could not be had is asked for again.
  reading.catch(() => kept.delete(url));
  return reading;
}

/** The answer to `url` below the folder `base`, in a language; `null` where the site holds none. */
export async function publishedAnswer(url: string, base: URL, lang: string): Promise<unknown> {
  const { file, member } = answerPlace(url.slice(base.href.length), lang);
  const found = await content(new URL(file, base).href, member);
  if (member === null) return found;
  return (found as Record<string, unknown> | null)?.[member] ?? null;
}

/** Forgets all: the site was published anew. */
export function forgetPublished(): void {
  kept.clear();
}
