/**
 * Answers of a published site, for whoever would ask a server: their files are fetched, unpacked and read once for all that
 * they hold, and given as the server would have sent them. What the site does not hold is not found.
 */

import type { StyleSpecification } from 'maplibre-gl';
import type { TileJson, Version } from '../types';
import { answerPlace, archivePlace } from './places';

/** The files that were read last; the oldest goes first. */
const KEPT = 12;
/** How a gzip file begins. A web server that says so in its header has unpacked it already. */
const GZIP = [0x1f, 0x8b];

const base = new URL('.', document.baseURI);
/** The answers of files that hold many, by the address of the file. */
const kept = new Map<string, Promise<Response>>();
/** The state of the site when it was last asked for. */
let epoch: number | null = null;

async function unpacked(body: ArrayBuffer): Promise<string> {
  const bytes = new Uint8Array(body);
  if (bytes[0] !== GZIP[0] || bytes[1] !== GZIP[1]) return new TextDecoder().decode(bytes);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).text();
}

async function read(url: string, signal?: AbortSignal | null): Promise<Response> {
  const response = await fetch(url, { cache: 'no-cache', signal: signal ?? null });
  if (!response.ok) return response;
  const headers = new Headers(response.headers);
  for (const name of ['Content-Encoding', 'Content-Length']) headers.delete(name);
  return new Response(await unpacked(await response.arrayBuffer()), { headers });
}

/** A file that holds many answers, read once. */
async function keptFile(url: string): Promise<Response> {
  const known = kept.get(url);
  if (known) return (await known).clone();
  const reading = read(url);
  const [oldest] = kept.keys();
  if (kept.size >= KEPT && oldest !== undefined) kept.delete(oldest);
  kept.set(url, reading);
  // What could not be had is asked for again.
  reading.then(({ ok }) => ok || kept.delete(url)).catch(() => kept.delete(url));
  return (await reading).clone();
}

async function memberOf(url: string, member: string): Promise<Response> {
  const whole = await keptFile(url);
  if (!whole.ok) return whole;
  const found = ((await whole.json()) as Record<string, unknown>)[member];
  return found === undefined ? new Response(null, { status: 404 }) : Response.json(found, { headers: whole.headers });
}

/** `response` with something else of its JSON. */
async function changed<T>(response: Response, change: (answer: T) => T): Promise<Response> {
  if (!response.ok) return response;
  return Response.json(change((await response.json()) as T), { headers: response.headers });
}

/** A style that came from `url`, what it draws from named in full: the drawing library reckons from the page. */
function withAbsoluteSources(style: StyleSpecification, url: string): StyleSpecification {
  const absolute = (source: unknown): unknown => {
    const { data } = source as { data?: unknown };
    return typeof data === 'string' ? { ...(source as object), data: new URL(data, url).href } : source;
  };
  const sources = Object.entries(style.sources).map(([name, source]) => [name, absolute(source)]);
  return { ...style, sources: Object.fromEntries(sources) as StyleSpecification['sources'] };
}

async function tilesOf(described: Response, route: string): Promise<Response> {
  const { archivedTiles, readArchives } = await import('./archives');
  readArchives();
  const tiles = [archivedTiles(new URL(archivePlace(route), base))];
  return changed<TileJson>(described, (answer) => ({ ...answer, tiles }));
}

/** A site that was published anew is read anew. */
async function noteState(version: Response): Promise<Response> {
  if (!version.ok) return version;
  const now = ((await version.clone().json()) as Version).epoch;
  if (epoch !== null && now !== epoch) kept.clear();
  epoch = now;
  return version;
}

/** What `fetch` would give of the server whose answers the site holds. */
export async function publishedAnswer(url: string, { headers, signal }: RequestInit = {}): Promise<Response> {
  const route = url.slice(base.href.length);
  const { file, member } = answerPlace(route, new Headers(headers).get('Accept-Language') ?? 'vi');
  const place = new URL(file, base).href;
  const answer = member === null ? await read(place, signal) : await memberOf(place, member);
  signal?.throwIfAborted();
  if (route.startsWith('tiles/')) return tilesOf(answer, route);
  if (route.startsWith('styles/')) return changed<StyleSpecification>(answer, (style) => withAbsoluteSources(style, place));
  return route === 'version' ? noteState(answer) : answer;
}
