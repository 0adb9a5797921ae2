/**
 * The service worker: opens the page without a network and answers with what the last view was drawn from.
 * Files of the page are taken from the shell of this build; answers come from the server, and from what was kept only when
 * the server cannot be reached. What it may keep is in `rules.ts`.
 */

import { type Asked, kindOf, KEPT_HEADER, mayKeep, overflow } from './rules';

declare const self: ServiceWorkerGlobalScope;
/** The files of the page and the hash of the build, put in by it. */
declare const SHELL: string[];
declare const BUILD: string;

const SHELL_CACHE = `binhyen-shell-${BUILD}`;
/** Answers outlive a build; the number counts changes of what they mean. */
const ANSWER_CACHE = 'binhyen-answers-1';
/** A view, a year of playback and a few hundred tiles. */
const MOST_ANSWERS = 500;
/** Trimming reads all keys, so it waits until some answers have come together. */
const TRIM_EVERY = 25;
/** A line that says nothing for so long is no line: what was kept is better than waiting on. */
const PATIENCE_MS = 8000;

let kept = 0;

async function keepShell(): Promise<void> {
  const shell = await caches.open(SHELL_CACHE);
  await shell.addAll(['./', './manifest.webmanifest', ...SHELL.map((file) => `./${file}`)]);
  await self.skipWaiting();
}

async function dropOldBuilds(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith('binhyen-') && name !== SHELL_CACHE && name !== ANSWER_CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function trim(answers: Cache): Promise<void> {
  const keys = await answers.keys();
  await Promise.all(overflow(keys, MOST_ANSWERS).map((key) => answers.delete(key)));
}

/** Keeps an answer as the newest one; deleting first moves it to the end of the order. */
async function keep(request: Request, response: Response): Promise<void> {
  if (!mayKeep(response.status, response.headers.get('Cache-Control'))) return;
  const answers = await caches.open(ANSWER_CACHE);
  const headers = new Headers(response.headers);
  headers.set(KEPT_HEADER, new Date().toISOString());
  const body = response.status === 204 ? null : await response.blob();
  await answers.delete(request);
  await answers.put(request, new Response(body, { status: response.status, headers }));
  kept += 1;
  if (kept % TRIM_EVERY === 0) await trim(answers);
}

async function keptAnswer(request: Request): Promise<Response | undefined> {
  const answers = await caches.open(ANSWER_CACHE);
  // The same question in the other language is better than none.
  return (await answers.match(request)) ?? (await answers.match(request, { ignoreVary: true }));
}

/** The server's answer, given up when it does not begin in time; once begun it may take as long as the line needs. */
async function fromServer(request: Request): Promise<Response> {
  const giveUp = new AbortController();
  request.signal.addEventListener('abort', () => giveUp.abort());
  const timer = setTimeout(() => giveUp.abort(), PATIENCE_MS);
  try {
    return await fetch(request, { signal: giveUp.signal });
  } finally {
    clearTimeout(timer);
  }
}

async function answer(event: FetchEvent): Promise<Response> {
  const { request } = event;
  try {
    const response = await fromServer(request);
    event.waitUntil(keep(request, response.clone()));
    return response;
  } catch (reason) {
    if (request.signal.aborted) throw reason;
    // Nothing kept: the request itself, which the page may wait for as long as it likes.
    return (await keptAnswer(request)) ?? fetch(request);
  }
}

/** A file of the shell is the same for whoever asks, whatever its header says. */
async function file(request: Request): Promise<Response> {
  return (await caches.match(request, { cacheName: SHELL_CACHE, ignoreVary: true })) ?? fetch(request);
}

async function page(request: Request): Promise<Response> {
  try {
    return await fromServer(request);
  } catch {
    return (await caches.match('./', { cacheName: SHELL_CACHE, ignoreVary: true })) ?? fetch(request);
  }
}

function asked(request: Request): Asked {
  return { url: request.url, method: request.method, mode: request.mode, hasRole: request.headers.has('Authorization') };
}

function respond(event: FetchEvent): void {
  const kind = kindOf(asked(event.request), self.registration.scope);
  if (kind === 'answer') event.respondWith(answer(event));
  else if (kind === 'file') event.respondWith(file(event.request));
  else if (kind === 'page') event.respondWith(page(event.request));
}

/** What the page had asked for before this worker was there: most of it lies in the browser's own cache. */
async function adopt(urls: string[], lang: string): Promise<void> {
  for (const url of urls) {
    const request = new Request(url, { headers: { Accept: 'application/json', 'Accept-Language': lang } });
    if (kindOf({ ...asked(request), mode: 'cors' }, self.registration.scope) !== 'answer') continue;
    const response = await fetch(request, { cache: 'force-cache' }).catch(() => null);
    if (response) await keep(request, response);
  }
}

self.addEventListener('install', (event) => event.waitUntil(keepShell()));
self.addEventListener('activate', (event) => event.waitUntil(dropOldBuilds()));
self.addEventListener('fetch', respond);
self.addEventListener('message', (event) => {
  const { type, urls, lang } = event.data as { type?: string; urls?: string[]; lang?: string };
  if (type === 'binhyen:adopt' && Array.isArray(urls)) event.waitUntil(adopt(urls, lang ?? 'vi'));
});
