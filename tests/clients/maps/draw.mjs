// Draws the served styles in the map libraries that others use, in Chromium, against a running server (BINHYEN_URL):
// MapLibre GL JS 3, 4, 5 and the newest, Mapbox GL JS 1.13, OpenLayers with ol-mapbox-style, Leaflet.VectorGrid, deck.gl, and the ArcGIS
// Maps SDK where it is installed. Each must draw the colours of the areas, the patterns and the names, be refused nothing and ask no
// other host. Pictures lie in web/test-results.
// Prints "N passed, N failed".
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { clients } from './pages.mjs';

const root = new URL('../../../', import.meta.url);
const require = createRequire(new URL('web/package.json', root));
const { chromium } = require('playwright-core');
const { PNG } = require('pngjs');
const { FLAGS } = await import(new URL('web/tests/journeys/kit/flags.mjs', root));
const API = new URL(process.env.BINHYEN_URL).origin;
const RESULTS = new URL('web/test-results/', root).pathname;
const PACKAGES = ['tests/clients/node_modules', 'web/node_modules'].map((folder) => new URL(folder, root).pathname);
const TYPES = {
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};
const READY_MS = 40_000;
/** The least share of the picture that each of the most frequent colours of areas takes. */
const LEAST_SHARE = 0.004;
const LEAST_COLOURS = 3;

mkdirSync(RESULTS, { recursive: true });

/** Libraries that come as modules of many packages, which a page has to bundle. */
const BUNDLED = { openlayers: 'openlayers', 'deck.gl': 'deck', arcgis: 'arcgis' };
/** Its terms and its 390 MB keep it out of every run: `npm --prefix tests/clients install --no-save @arcgis/core`. */
const OPTIONAL = { arcgis: '@arcgis/core' };

const packageFile = (path) => PACKAGES.map((folder) => join(folder, path)).find((name) => existsSync(name));
const absent = Object.keys(OPTIONAL).filter((name) => !packageFile(OPTIONAL[name]));
const present = Object.keys(clients).filter((name) => !absent.includes(name));

/** The text of every file of the bundles, by its path. */
async function bundles() {
  const { rolldown } = await import(require.resolve('rolldown'));
  const files = new Map();
  for (const name of present.filter((name) => name in BUNDLED)) {
    const input = new URL(`${BUNDLED[name]}.mjs`, import.meta.url).pathname;
    const bundle = await rolldown({ input, platform: 'browser', logLevel: 'silent', moduleTypes: { '.css': 'empty' } });
    const { output } = await bundle.generate({ format: 'esm' });
    for (const { fileName, code } of output) files.set(`/${fileName}`, code);
  }
  return files;
}
const bundled = await bundles();

/** The pages, and the packages that they load. */
function answered(request, response) {
  const path = decodeURIComponent(new URL(request.url, 'http://here').pathname);
  const page = clients[path.slice(1)];
  if (page) return response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page(API));
  if (bundled.has(path)) return response.writeHead(200, { 'content-type': 'text/javascript' }).end(bundled.get(path));
  if (path === '/favicon.ico') return response.writeHead(204).end();
  const file = packageFile(path);
  if (!file || !extname(file)) return response.writeHead(404).end();
  return response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(readFileSync(file));
}

const server = createServer(answered).listen(0, '127.0.0.1');
await once(server, 'listening');
const home = `http://127.0.0.1:${server.address().port}`;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });

/** How much of a picture each colour takes. */
function shares(png) {
  const { data, width, height } = PNG.sync.read(png);
  const counts = new Map();
  for (let at = 0; at < data.length; at += 4) {
    const colour = `#${data.subarray(at, at + 3).toString('hex')}`;
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  return new Map([...counts].map(([colour, count]) => [colour, count / (width * height)]));
}

/** Every colour that stands in an expression. */
const coloursIn = (expression) => [...JSON.stringify(expression ?? null).matchAll(/#[0-9a-f]{6}\b/g)].map(([colour]) => colour);

const style = await (await fetch(`${API}/styles/light`)).json();
const areaColours = new Set(
  style.layers
    .filter(({ type, source }) => type === 'fill' && source === 'areas')
    .flatMap(({ paint }) => coloursIn(paint['fill-color'])),
);

async function draws(name) {
  const context = await browser.newContext({ viewport: { width: 760, height: 620 } });
  const page = await context.newPage();
  const wrong = [];
  const asked = new Set();
  page.on('pageerror', (error) => wrong.push(`uncaught: ${error.message}`));
  page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()));
  page.on('response', (response) => response.status() >= 400 && wrong.push(`${response.status()} ${response.url()}`));
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (['http:', 'https:'].includes(url.protocol)) asked.add(url.origin);
  });
  await page.goto(`${home}/${name}`);
  await page.waitForFunction('window.drawn', null, { timeout: READY_MS }).catch(() => wrong.push('was not done in time'));
  const picture = await page.screenshot({ path: join(RESULTS, `client-${name}.png`) });
  const drawn = await page.evaluate('window.drawn');
  await context.close();
  assert.deepEqual(wrong, []);
  assert.deepEqual([...asked].sort(), [API, home].sort(), 'asks no other host');
  const found = [...shares(picture)].filter(([colour, share]) => areaColours.has(colour) && share > LEAST_SHARE);
  assert.ok(found.length >= LEAST_COLOURS, `${found.length} colours of areas: ${JSON.stringify(found)}`);
  if (drawn.names !== undefined) assert.ok(drawn.names > 10, `${drawn.names} names`);
  if (drawn.patterns !== undefined) assert.ok(drawn.patterns > 0, 'a pattern is drawn');
  return drawn;
}

let failed = 0;
for (const name of present) {
  const began = Date.now();
  try {
    const drawn = await draws(name);
    console.log(`ok      ${name} (${Date.now() - began} ms) ${JSON.stringify(drawn)}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n        ${String(error.message).replaceAll('\n', '\n        ')}`);
  }
}
await browser.close();
server.close();
for (const name of absent) console.log(`NOT CHECKED: the styles in ${name} (the package ${OPTIONAL[name]} is not installed)`);
console.log(`${present.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
