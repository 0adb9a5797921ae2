// A published site in Chromium: `binhyen publish` into a new folder, a bare file server with ranges on another origin and
// below a path, and the page, the frame and the web component beside those of the live server: the same numbers, no request
// that fails, none to another origin. Run by with_server.py, with BINHYEN_BIN naming the program. BINHYEN_MAX_ZOOM is the last
// zoom of the tiles: few by default, because they are the longest to make.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import {
  browser,
  coloursOnScreen,
  DESKTOP,
  drawnAreas,
  PHONE,
  picture,
  pointOnArea,
  ready,
  watched,
} from '../../../web/tests/journeys/kit/browser.mjs';
import { fileServer } from './file_server.mjs';

const BINARY = process.env.BINHYEN_BIN;
const LIVE = new URL(process.env.BINHYEN_URL).href.replace(/\/?$/, '/');
const MAX_ZOOM = process.env.BINHYEN_MAX_ZOOM ?? '9';
const MOST_BYTES = 60e6;
/** What is looked at on the site and on the live server. */
const VIEWS = {
  desktop: [
    '',
    '#area=20341&lang=en',
    '#edition=2025-01&window=TK-2023&level=district&layer=rate',
    '#layer=density&area=49&level=province',
  ],
  phone: ['#lang=en', '#area=20341'],
};
/** What a site cannot do without a server. */
const ABSENT = ['#role', '#role-open', '#report-open', '#report-open-narrow', '#view-compare', '#panel-compare'];

const folder = mkdtempSync(join(tmpdir(), 'binhyen-site-'));
const root = join(folder, 'site');

function publish() {
  const began = Date.now();
  const asked = ['publish', '--data', join(folder, 'data'), '--sample', '--max-zoom', MAX_ZOOM, root];
  const said = execFileSync(BINARY, asked, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();
  console.log(`${said} (${Date.now() - began} ms)`);
  return said;
}

/** The files of the site by their paths. */
function filesThere() {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => join(entry.parentPath, entry.name));
}

async function shown(home, options, fragment) {
  const context = await browser.newContext({ colorScheme: 'light', locale: 'vi-VN', ...options });
  const page = await context.newPage();
  const wrong = watched(context, page, [new URL(home).host]);
  page.on('requestfailed', (request) => {
    // A question that another one has overtaken is called off.
    const why = request.failure()?.errorText;
    if (why !== 'net::ERR_ABORTED') wrong.push(`failed: ${request.url()} ${why}`);
  });
  await page.goto(home + fragment, { waitUntil: 'domcontentloaded' });
  await ready(page);
  return { page, wrong, close: () => context.close() };
}

const words = (page, selector) => page.locator(selector).innerText();

/** Every address in a style, from the folder of the styles. */
function addressesOf({ glyphs, sprite, sources }) {
  const letters = ['0-255', '7680-7935'].map((range) =>
    glyphs?.replace('{fontstack}', 'Be%20Vietnam%20Pro').replace('{range}', range),
  );
  const images = sprite && ['.json', '.png', '@2x.json', '@2x.png'].map((ending) => sprite + ending);
  const from = Object.values(sources).flatMap(({ data, url }) => [
    typeof data === 'string' && data,
    url?.replace('pmtiles://', ''),
  ]);
  return [...letters, ...(images ?? []), ...from].filter(Boolean);
}

test('a published site', { timeout: 1_200_000 }, async (t) => {
  publish();
  const site = await fileServer(root, '/maps/safety/');
  t.after(async () => {
    site.close();
    await browser.close();
    rmSync(folder, { recursive: true });
  });
  const isThere = async (address) => assert.equal((await fetch(address, { method: 'HEAD' })).status, 200, address);

  await t.test('holds what its manifest names, and nothing else', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'manifest.json'), 'utf8'));
    const there = filesThere()
      .map((path) => relative(root, path))
      .filter((path) => path !== 'manifest.json');
    assert.deepEqual(there.sort(), Object.keys(manifest.files).sort());
    for (const [path, { bytes, sha256 }] of Object.entries(manifest.files)) {
      const content = readFileSync(join(root, path));
      assert.equal(content.length, bytes, path);
      assert.equal(createHash('sha256').update(content).digest('hex'), sha256, path);
    }
    assert.ok(manifest.complete && manifest.counts.bytes < MOST_BYTES, `${manifest.counts.bytes} bytes`);
  });

  await t.test('is the same after a second run, which writes nothing', () => {
    const times = () =>
      filesThere()
        .map((path) => `${path} ${statSync(path).mtimeMs}`)
        .sort();
    const before = times();
    assert.match(publish(), /: 0 written, \d+ unchanged, 0 removed/);
    assert.deepEqual(times(), before);
  });

  await t.test('has styles whose addresses lead to its files, and a page of methods in both languages', async () => {
    const styles = readdirSync(join(root, 'styles')).filter((name) => name.endsWith('.json'));
    assert.ok(styles.includes('page-light.json') && styles.includes('light.json'), `${styles}`);
    for (const name of styles)
      for (const address of addressesOf(JSON.parse(readFileSync(join(root, 'styles', name), 'utf8'))))
        await isThere(new URL(address, `${site.home}styles/`));
    for (const [here, other] of [
      ['vi', 'en'],
      ['en', 'vi'],
    ]) {
      const page = await (await fetch(`${site.home}methods.${here}.html`)).text();
      assert.match(page, new RegExp(`"methods\\.${other}\\.html"`));
      for (const [, sheet] of page.matchAll(/rel="stylesheet" href="([^"]+)"/g)) await isThere(new URL(sheet, site.home));
    }
  });

  for (const [name, options] of Object.entries({ desktop: DESKTOP, phone: PHONE }))
    await t.test(`says what the server says, on a ${name}`, async () => {
      for (const [index, fragment] of VIEWS[name].entries()) {
        const [published, live] = await Promise.all([shown(site.home, options, fragment), shown(LIVE, options, fragment)]);
        for (const selector of ['#caption', '#panel h2', '#legend', '#timeline'])
          assert.equal(await words(published.page, selector), await words(live.page, selector), `${fragment} ${selector}`);
        const areas = async ({ page }) => {
          const layer = new URLSearchParams(fragment.slice(1)).get('layer') ?? 'grade';
          return (await drawnAreas(page, layer)).map(({ code, grade, rate }) => `${code} ${grade} ${rate}`).sort();
        };
        const drawn = await areas(published);
        assert.ok(drawn.length > 0);
        assert.deepEqual(drawn, await areas(live), fragment);
        assert.ok((await coloursOnScreen(published.page)) > 3, 'the map has no colours');
        await picture(published.page, `published-${name}-${index}`);
        assert.deepEqual(published.wrong, [], fragment);
        await Promise.all([published.close(), live.close()]);
      }
    });

  await t.test('opens an area, turns to another period and language, and gives its tables', async () => {
    const { page, wrong, close } = await shown(site.home, DESKTOP, '');
    const { x, y, code } = await pointOnArea(page);
    await page.mouse.click(x, y);
    await page.waitForSelector('#why-sentence');
    assert.match(page.url(), new RegExp(`area=${code}`));
    await page.goto(`${site.home}#area=20341`);
    await page.waitForFunction(() => /Tam Kỳ/.test(document.getElementById('panel-title').innerText));
    await page.waitForFunction(() => document.querySelector('#panel .course, #panel svg.course') !== null);
    assert.match(await words(page, '#panel'), /Xếp loại/);
    const before = await words(page, '#caption');
    const other = await page.locator('#window option:not(:checked)').last().getAttribute('value');
    await page.selectOption('#window', other);
    await page.waitForFunction((text) => document.getElementById('caption').innerText !== text, before);
    await page.click('#lang-en');
    await page.waitForFunction(() => /Grade/.test(document.getElementById('panel').innerText));
    await page.evaluate(() => document.querySelectorAll('#panel details').forEach((fold) => (fold.open = true)));
    await picture(page, 'published-area');
    const files = await page.locator('#panel a[download]').evaluateAll((links) => links.map(({ href }) => href));
    assert.equal(files.length, 3);
    for (const file of files) await isThere(file);
    const csv = await (await fetch(files[0])).text();
    const filter = new URLSearchParams(new URL(page.url()).hash.slice(1));
    const asked = new URLSearchParams({ f: 'csv', edition: filter.get('edition'), window: other, level: filter.get('level') });
    assert.equal(csv, await (await fetch(`${LIVE}ratings?${asked}`)).text());
    for (const hidden of ABSENT) assert.equal(await page.locator(hidden).count(), 0, hidden);
    await page.click('#view-table');
    await page.waitForSelector('#table [role=row]');
    assert.ok((await page.locator('#table [role=row]').count()) > 5);
    const cells = page.locator('#table .body [role=row]').first().locator(':scope > *');
    const [name, next] = [await cells.nth(0).boundingBox(), await cells.nth(1).boundingBox()];
    assert.ok(name.x + name.width <= next.x + 1, 'the names cover the next column');
    await picture(page, 'published-table');
    assert.deepEqual(wrong, []);
    await close();
  });

  await t.test('is framed by another site, by address and by its component', async () => {
    const html = `<!doctype html><html lang="vi"><title>Bài báo</title><link rel="icon" href="data:,">
      <script type="module" src="${site.home}binhyen-map.js"></script><binhyen-map layer="rate" height="420"></binhyen-map>`;
    const other = createServer((_, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end(html));
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const context = await browser.newContext({ ...DESKTOP, locale: 'vi-VN', bypassCSP: false });
    const page = await context.newPage();
    const home = `http://127.0.0.1:${other.address().port}/`;
    const wrong = watched(context, page, [new URL(home).host, site.host]);
    await page.goto(home);
    const frame = await page.waitForSelector('binhyen-map iframe').then((element) => element.contentFrame());
    await frame.waitForFunction(() => document.documentElement.dataset.state === 'ready');
    assert.match(await frame.locator('#headline').innerText(), /Tỷ suất/);
    await picture(page, 'published-component');
    assert.deepEqual(wrong, []);
    await context.close();
    other.close();
  });

  // The worker that keeps the page for use without a network asks too, unseen by the pages.
  await t.test('was asked for nothing that it does not hold', () => assert.deepEqual(site.missing, []));
});
