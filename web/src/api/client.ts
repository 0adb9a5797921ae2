/** Every request of the page, relative to where the page itself was served from, so that a base path needs no setting. */

import type { StyleSpecification } from 'maplibre-gl';
import { KEPT_HEADER } from '../worker/rules';
import { isPublished } from './published/mark';
import type { Explanation } from './explanation';
import type { Schemas } from './schemas';
import { roleHeaders } from './token';
import type { AreaAnswer, Level, Meta, Ratings, TileJson, Version } from './types';

/** A refusal of the server, in its own words (RFC 9457). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
  ) {
    super(detail === '' ? title : `${title}: ${detail}`);
  }
}

/** The server could not be reached at all. */
export class Unreachable extends Error {}

const base = new URL('.', document.baseURI);
let spoken = 'vi';
let kept: Date | null = null;

/** When the server gave the oldest answer that came from this device since the last one that came from the server itself; `null` when none did. */
export function keptSince(): Date | null {
  return kept;
}

function noteAge(response: Response): void {
  const since = response.headers.get(KEPT_HEADER);
  if (since === null) kept = null;
  else if (kept === null || new Date(since) < kept) kept = new Date(since);
}

/** Chooses the language of the server's own sentences. */
export function speak(lang: string): void {
  spoken = lang;
}

/** The language that answers are asked in. */
export function language(): string {
  return spoken;
}

/** The absolute address of `path` below the page's own folder. */
export function address(path: string, query?: URLSearchParams): string {
  const url = new URL(path, base);
  if (query) url.search = query.toString();
  return url.href;
}

/** The refusal that a response carries. */
export async function problemOf(response: Response): Promise<Problem> {
  const body = (await response.json().catch(() => ({}))) as Partial<Schemas['ProblemAnswer']>;
  return new Problem(response.status, body.title ?? `HTTP ${response.status}`, body.detail ?? '');
}

/** What the server answers, or what a published site holds in its place. */
async function answered(url: string, init: RequestInit): Promise<Response> {
  return isPublished ? (await import('./published/answers')).publishedAnswer(url, init) : fetch(url, init);
}

/** The JSON at `url`, asked for in the reader's language and role. */
export async function json<T>(url: string, signal?: AbortSignal): Promise<T> {
  // The page makes addresses absolute by itself: a server that does not know its public address may give relative ones.
  const relative = { 'Binhyen-Addresses': 'relative' };
  const headers = { Accept: 'application/json', 'Accept-Language': spoken, ...relative, ...roleHeaders(url) };
  // `no-cache` asks with the ETag of the kept answer: a 304 costs the server next to nothing.
  const response = await answered(url, { headers, cache: 'no-cache', ...(signal && { signal }) }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause;
    throw new Unreachable(url, { cause });
  });
  noteAge(response);
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as T;
}

/** The text at `url`, e.g. a picture, asked for in the reader's role. */
export async function text(url: string): Promise<string> {
  const response = await fetch(url, { headers: { 'Accept-Language': spoken, ...roleHeaders(url) } }).catch((cause: unknown) => {
    throw new Unreachable(url, { cause });
  });
  if (!response.ok) throw await problemOf(response);
  return response.text();
}

/** What the server has and what the role may ask for. */
export const fetchMeta = (): Promise<Meta> => json(address('meta'));
/** The program's version and the epoch of its numbers. */
export const fetchVersion = (): Promise<Version> => json(address('version'));
/** A map style by its colour scheme. */
export const fetchStyle = (id: string): Promise<StyleSpecification> => json(address(`styles/page-${id}`));

/** The address of the ratings of all areas of a level. */
export function ratingsAddress(level: Level, filter: URLSearchParams): string {
  const query = new URLSearchParams(filter);
  query.set('level', level);
  return address('ratings', query);
}

/** The address of the clusters of a level. */
export function clustersAddress(level: Level, filter: URLSearchParams): string {
  const query = new URLSearchParams(filter);
  query.set('level', level);
  return address('clusters', query);
}

/** The rated areas of a level under a filter. */
export function fetchRatings(level: Level, filter: URLSearchParams, signal?: AbortSignal): Promise<Ratings> {
  return json(ratingsAddress(level, filter), signal);
}

/** The address of one area, or of what the server says about it under `rest`. */
export function areaAddress(edition: string, code: string, rest: string, filter: URLSearchParams): string {
  const query = new URLSearchParams(filter);
  query.delete('edition');
  return address(`areas/${encodeURIComponent(edition)}/${encodeURIComponent(code)}${rest}`, query);
}

/** All that is published of one area. */
export function fetchArea(edition: string, code: string, filter: URLSearchParams, signal?: AbortSignal): Promise<AreaAnswer> {
  return json(areaAddress(edition, code, '', filter), signal);
}

/** Why an area has its letter. */
export function fetchExplanation(
  edition: string,
  code: string,
  filter: URLSearchParams,
  signal?: AbortSignal,
): Promise<Explanation> {
  return json(areaAddress(edition, code, '/explanation', filter), signal);
}

/** The TileJSON of a tileset under a filter, its tile templates made absolute. */
export async function fetchTileJson(tileset: string, filter: URLSearchParams, signal?: AbortSignal): Promise<TileJson> {
  const url = address(`tiles/${tileset}`, filter);
  return withAbsoluteTiles(await json<TileJson>(url, signal), url);
}

/** The TileJSON that came from `url`, its tile templates made absolute. */
export function withAbsoluteTiles(answer: TileJson, url: string): TileJson {
  const absolute = (template: string): string => new URL(template, url).href.replaceAll('%7B', '{').replaceAll('%7D', '}');
  return { ...answer, tiles: answer.tiles.map(absolute) };
}
