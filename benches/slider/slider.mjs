// Drags a time slider over a MapLibre map of a running server, in Chromium, and tells what the eye would see:
//   BINHYEN_URL=… BINHYEN_PLANNER_TOKEN=… node benches/slider/slider.mjs [--steps 24] [--edition 2020-02] [--json FILE]
// A small server beside it gives the page and MapLibre, sends all else on with the token, and counts what passes.
// Exit code 1: an error in the console, a failed request, or a picture in which areas were missing; also when no area was
// ever missing where the source is taken away at every step, because then this script could not see flicker at all.
import { readFile, writeFile } from 'node:fs/promises';
import { Agent, createServer, request } from 'node:http';
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';

const { values: given } = parseArgs({
  options: {
    steps: { type: 'string', default: '24' },
    edition: { type: 'string' },
    'first-year': { type: 'string', default: '2020' },
    properties: { type: 'string', default: '' },
    json: { type: 'string' },
  },
});
const HOME = new URL(process.env.BINHYEN_URL ?? 'http://127.0.0.1:8080');
const TOKEN = process.env.BINHYEN_PLANNER_TOKEN;
const STEPS = Number(given.steps);
const DRAG_STEP_MS = 80;
// A picture of the map may show this share fewer places than the first: borders are drawn by the pixel.
const MAY_MISS = 0.01;
// Of the steps, how many must end in a picture of their own: else the slider moves nothing.
const LEAST_CHANGES = 0.5;
const TECHNIQUES = ['tiles', 'ratings'];
const FLICKERING = 'anew';
const FLAGS =
  '--no-sandbox --use-angle=swiftshader --enable-unsafe-swiftshader --ignore-gpu-blocklist --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';
const TYPES = { html: 'text/html', mjs: 'text/javascript', css: 'text/css' };

const root = new URL('../../', import.meta.url);
const { chromium } = createRequire(new URL('web/package.json', root))('playwright-core');
const maplibre = new URL('web/node_modules/maplibre-gl/dist/', root);

const passed = { requests: 0, bytes: 0, failed: [] };
const agent = new Agent({ keepAlive: true });

async function own(name, answer) {
  const folder = name.startsWith('page') ? new URL('benches/slider/', root) : maplibre;
  const body = await readFile(new URL(name, folder)).catch(() => null);
  answer.writeHead(body ? 200 : 404, { 'content-type': TYPES[name.split('.').pop()] ?? 'text/plain' });
  answer.end(body ?? '');
}

function sentOn(asked, answer) {
  const headers = { ...asked.headers, host: HOME.host, authorization: `Bearer ${TOKEN}` };
  const further = request(new URL(asked.url, HOME), { agent, headers }, (found) => {
    passed.requests += 1;
    if (found.statusCode >= 400) passed.failed.push(`${found.statusCode} ${asked.url}`);
    answer.writeHead(found.statusCode, found.headers);
    found.on('data', (part) => (passed.bytes += part.length));
    found.pipe(answer);
  });
  further.on('error', (error) => answer.destroy(error));
  // A browser that gives a request up is no fault.
  answer.on('close', () => further.destroy());
  further.end();
}

const beside = createServer((asked, answer) => {
  const { pathname } = new URL(asked.url, 'http://localhost');
  if (pathname.startsWith('/bench/')) own(pathname.slice('/bench/'.length), answer);
  else sentOn(asked, answer);
});
await new Promise((resolve) => beside.listen(0, '127.0.0.1', resolve));
const address = `http://127.0.0.1:${beside.address().port}`;

async function asked(path) {
  const answer = await fetch(address + path);
  if (!answer.ok) throw new Error(`${answer.status} from ${path}: ${(await answer.text()).slice(0, 300)}`);
  return answer.json();
}

/** Class bounds from the rates of the first period, so that each class has its areas. */
async function breaksOf(edition) {
  const first = Number(given['first-year']);
  const { areas } = await asked(`/ratings?level=commune&edition=${edition}&from=${first}-01-01&to=${first + 1}-01-01`);
  const rates = areas.map((area) => area.rate).filter(Number.isFinite);
  rates.sort((a, b) => a - b);
  return [0.2, 0.4, 0.6, 0.8].map((share, i) => (rates[Math.floor(share * rates.length)] ?? 0) + i * 1e-6);
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const most = (values) => Math.max(...values);

/** The slider under the mouse, from the first month to the last. */
async function drag(page) {
  const box = await page.locator('#slider').boundingBox();
  const at = (step) => box.x + 8 + ((box.width - 16) * step) / STEPS;
  await page.mouse.move(at(0), box.y + box.height / 2);
  await page.mouse.down();
  for (let step = 1; step <= STEPS; step += 1) {
    await page.mouse.move(at(step), box.y + box.height / 2);
    await page.waitForTimeout(DRAG_STEP_MS);
  }
  await page.mouse.up();
}

async function counted(work) {
  const before = { ...passed };
  const found = await work();
  return { ...found, requests: passed.requests - before.requests, bytes: passed.bytes - before.bytes };
}

async function measured(browser, technique, edition, bounds, breaks) {
  const page = await browser.newPage({ viewport: { width: 1040, height: 780 } });
  const errors = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(`uncaught: ${error.message}`));
  const query = new URLSearchParams({ technique, edition, bounds, breaks, steps: STEPS, first_year: given['first-year'] });
  if (given.properties) query.set('properties', given.properties);
  await page.goto(`${address}/bench/page.html?${query}`);
  await page.waitForFunction(() => document.documentElement.dataset.state === 'ready');
  await page.evaluate(() => globalThis.bench.ready());
  const whole = await page.evaluate(() => globalThis.bench.whole());
  const steps = [];
  for (let month = 1; month <= STEPS; month += 1)
    steps.push(await counted(() => page.evaluate((value) => globalThis.bench.stepped(value), month)));
  await page.evaluate(() => globalThis.bench.stepped(0));
  const dragged = await counted(async () => {
    await page.evaluate(() => globalThis.bench.watch());
    await drag(page);
    return page.evaluate(() => globalThis.bench.watched());
  });
  await page.close();
  const least = Math.min(...steps.map((step) => step.least_drawn), dragged.least_drawn);
  const colourings = new Set(steps.map((step) => step.mark)).size;
  if (colourings < STEPS * LEAST_CHANGES) errors.push(`only ${colourings} different pictures after ${STEPS} steps`);
  return {
    technique,
    steps,
    dragged,
    errors,
    colourings,
    whole: whole.drawn,
    least,
    flickers: least < whole.drawn * (1 - MAY_MISS),
  };
}

function row({ technique, steps, dragged, errors, whole, least }) {
  const of = (name) => steps.map((step) => step[name]);
  const number = (value, digits = 0) => value.toFixed(digits);
  return [
    technique,
    `${number(median(of('new_colours_ms')))} / ${number(most(of('new_colours_ms')))}`,
    number(median(of('frames'))),
    number(most(of('longest_gap_ms'))),
    number(median(of('requests'))),
    number(median(of('bytes')) / 1000, 1),
    `${least} of ${whole}`,
    `${dragged.inputs} steps, ${dragged.pictures} pictures, ${dragged.frames} frames, gap ${number(dragged.longest_gap_ms)}, ${dragged.requests} requests, ${number(dragged.bytes / 1000)} kB`,
    String(errors.length),
  ];
}

function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((cells) => cells[column].length)));
  return rows.map((cells) => cells.map((cell, column) => cell.padEnd(widths[column])).join('  ')).join('\n');
}

let code = 0;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS.split(' ') });
try {
  const { editions, default_edition: usual } = await asked('/meta');
  const edition = given.edition ?? usual;
  const bounds = editions.find(({ id }) => id === edition).bounds;
  const breaks = await breaksOf(edition);
  const found = [];
  for (const technique of [...TECHNIQUES, FLICKERING]) found.push(await measured(browser, technique, edition, bounds, breaks));
  const head = [
    'technique',
    'new colours ms, median / most',
    'frames',
    'longest gap ms',
    'requests',
    'kB',
    'places drawn at worst',
    `dragged, a step each ${DRAG_STEP_MS} ms`,
    'errors',
  ];
  console.log(table([head, ...found.map(row)]));
  for (const { technique, errors, flickers } of found) {
    for (const error of errors) console.log(`${technique}: ${error}`);
    if (flickers !== (technique === FLICKERING)) {
      console.log(
        `${technique}: ${flickers ? 'a picture showed fewer areas than the first' : 'no flicker was seen where it must be'}`,
      );
      code = 1;
    }
    if (errors.length > 0) code = 1;
  }
  for (const failure of passed.failed) console.log(`failed: ${failure}`);
  if (passed.failed.length > 0) code = 1;
  if (given.json)
    await writeFile(given.json, JSON.stringify({ chromium: browser.version(), failed: passed.failed, found }, null, 1));
} finally {
  await browser.close();
  beside.close();
  agent.destroy();
}
process.exitCode = code;
