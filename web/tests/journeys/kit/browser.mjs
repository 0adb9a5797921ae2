// What a journey is given: a browser, pages with a record of what must not happen, and looks at what the map really drew.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { FLAGS } from './flags.mjs';

export const HOME = new URL(process.env.BINHYEN_URL ?? 'http://127.0.0.1:8080/').href;
export const RESULTS = new URL('../../../test-results/', import.meta.url).pathname;
export const DESKTOP = { viewport: { width: 1440, height: 900 } };
export const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
export const tokens = {
  planner: process.env.BINHYEN_PLANNER_TOKEN,
  commander: process.env.BINHYEN_COMMANDER_TOKEN,
  operator: process.env.BINHYEN_OPERATOR_TOKEN,
};
const READY_MS = 45_000;

mkdirSync(RESULTS, { recursive: true });

export function launched(more = []) {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: [...FLAGS, ...more] });
}

export const browser = await launched();

/** Notes what must not happen on `page`: console errors, policy violations, refusals, requests to other hosts. */
export function watched(context, page, hosts = [new URL(HOME).host]) {
  const wrong = [];
  page.on(
    'console',
    (message) =>
      ['error', 'warning'].includes(message.type()) &&
      !/GPU stall|GL Driver|WebGL/.test(message.text()) &&
      wrong.push(`${message.type()}: ${message.text()}`),
  );
  page.on('pageerror', (error) => wrong.push(`uncaught: ${error.message}`));
  page.on('response', (response) => response.status() >= 400 && wrong.push(`${response.status()} ${response.url()}`));
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (!['data:', 'blob:'].includes(url.protocol) && !hosts.includes(url.host))
      wrong.push(`request to another host: ${url.href}`);
  });
  return wrong;
}

/** The requests of each page that are under way, streams left out: these never end. */
const underWay = new WeakMap();

function counted(page) {
  const open = new Set();
  const done = (request) => open.delete(request);
  page.on('request', (request) => new URL(request.url()).pathname.endsWith('/events') || open.add(request));
  page.on('requestfinished', done);
  page.on('requestfailed', done);
  underWay.set(page, open);
}

/** Waits until nothing has been on its way for half a second: what «networkidle» is for a page that listens to a stream. */
export async function quiet(page) {
  const until = Date.now() + READY_MS;
  for (let since = Date.now(); Date.now() - since < 500; await page.waitForTimeout(50)) {
    const open = [...underWay.get(page)];
    if (open.length > 0) since = Date.now();
    if (Date.now() > until) throw new Error(`still under way: ${open.map((request) => request.url()).join(' ')}`);
  }
}

/** The page at `fragment`, ready, with the record of what went wrong; `path` opens another page of the server. */
export async function opened(options, fragment = '', path = '') {
  const context = await browser.newContext({ colorScheme: 'light', locale: 'vi-VN', ...options });
  const page = await context.newPage();
  const wrong = watched(context, page);
  counted(page);
  await page.goto(HOME + path + fragment, { waitUntil: 'domcontentloaded' });
  await ready(page);
  return { page, wrong, context, close: () => context.close() };
}

/** Waits until the numbers are there and the map has drawn everything it has. */
export async function ready(page) {
  const settled = () =>
    document.documentElement.dataset.state === 'ready' &&
    document.querySelector('.progress')?.hidden === true &&
    (document.body.dataset.mode !== 'map' || globalThis.binhyen?.map?.areTilesLoaded()) &&
    // The comparison is loaded when first asked for; two periods have maps of their own.
    (document.body.dataset.mode !== 'compare' || document.getElementById('compare-title') !== null) &&
    (document.querySelector('.maps-stage')?.dataset.state ?? 'ready') === 'ready';
  await page.waitForFunction(settled, null, { timeout: READY_MS });
  // Labels fade in.
  await page.waitForTimeout(300);
}

/** The areas that the map really drew: code, grade and where on the screen. */
export function drawnAreas(page, theme = 'grade') {
  return page.evaluate((layer) => {
    const { map } = globalThis.binhyen;
    const found = new Map();
    for (const { properties } of map.queryRenderedFeatures({ layers: [layer] })) found.set(String(properties.code), properties);
    return [...found.values()];
  }, `area-${theme}`);
}

/** How many different colours the middle of the map shows: an empty canvas has one or two. */
export function coloursOnScreen(page) {
  return page.evaluate(async () => {
    const { map } = globalThis.binhyen;
    const pixels = await new Promise((resolve) => {
      map.once('render', () => {
        const source = map.getCanvas();
        const copy = document.createElement('canvas');
        copy.width = copy.height = 200;
        const context = copy.getContext('2d');
        context.drawImage(source, 0, 0, source.width, source.height, 0, 0, 200, 200);
        resolve(context.getImageData(0, 0, 200, 200).data);
      });
      map.triggerRepaint();
    });
    const seen = new Map();
    for (let i = 0; i < pixels.length; i += 4) {
      const key = `${pixels[i] >> 3},${pixels[i + 1] >> 3},${pixels[i + 2] >> 3}`;
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
    return [...seen.values()].filter((count) => count > 40).length;
  });
}

/** A point on the screen that lies on a drawn area which is not `except`. */
export function pointOnArea(page, except) {
  return page.evaluate((skip) => {
    const { map } = globalThis.binhyen;
    const { left, top, width, height } = map.getCanvas().getBoundingClientRect();
    for (let y = 0.2; y < 0.8; y += 0.03)
      for (let x = 0.15; x < 0.85; x += 0.03) {
        const point = [x * width, y * height];
        if (document.elementFromPoint(left + point[0], top + point[1]) !== map.getCanvas()) continue;
        const code = map.queryRenderedFeatures(point, { layers: ['area-grade'] })[0]?.properties.code;
        if (code !== undefined && String(code) !== skip) return { x: left + point[0], y: top + point[1], code: String(code) };
      }
    return null;
  }, except);
}

export const text = (page, selector) => page.locator(selector).innerText();
export const picture = (page, name) => page.screenshot({ path: join(RESULTS, `${name}.png`) });
export const meta = await (await fetch(new URL('meta', HOME))).json().catch(() => null);

/** Finds by the search as people do, by touch or by keyboard, and takes the first hit. */
export async function choose(page, words) {
  const byTouch = await page.locator('#search-open').isVisible();
  if (byTouch) await page.tap('#search-open');
  else await page.keyboard.press('/');
  await page.fill('#search-input', words);
  await page.waitForSelector('#search-option-0');
  if (byTouch) await page.tap('#search-option-0');
  else await page.keyboard.press('Enter');
  await page.waitForSelector('#why-sentence', { state: 'attached' });
}
