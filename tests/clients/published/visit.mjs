// A published site in Chromium: `binhyen publish` into a new folder, a bare file server with ranges on another origin and
// below a path, and the page, the frame and the web component beside those of the live server: the same numbers, no request
// that fails, none to another origin. Run by with_server.py, with BINHYEN_BIN naming the program.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { browser, DESKTOP, drawnAreas, PHONE, picture, ready, watched } from '../../../web/tests/journeys/kit/browser.mjs';
import { fileServer } from './file_server.mjs';

const BINARY = process.env.BINHYEN_BIN;
const LIVE = new URL(process.env.BINHYEN_URL).href.replace(/\/?$/, '/');
const MOST_BYTES = 60e6;
const VIEWS = ['', '#area=20341', '#edition=2025-01&window=TK-2023&level=district&layer=rate&lang=en', '#layer=density&area=49&level=province'];

const folder = mkdtempSync(join(tmpdir(), 'binhyen-site-'));
const publish = () =>
  execFileSync(BINARY, ['publish', '--data', join(folder, 'data'), '--sample', join(folder, 'site')], { encoding: 'utf8' });

async function shown(home, options, fragment) {
  const context = await browser.newContext({ colorScheme: 'light', locale: 'vi-VN', ...options });
  const page = await context.newPage();
  const wrong = watched(context, page, [new URL(home).host]);
  page.on('requestfailed', (request) => wrong.push(`failed: ${request.url()} ${request.failure()?.errorText}`));
  await page.goto(home + fragment, { waitUntil: 'domcontentloaded' });
  await ready(page);
  return { page, wrong, close: () => context.close() };
}

const words = (page, selector) => page.locator(selector).innerText();

test('a published site', { timeout: 600_000 }, async (t) => {
  const began = Date.now();
  const said = publish();
  console.log(`${said.trim()} (${Date.now() - began} ms)`);
  const site = await fileServer(join(folder, 'site'), '/maps/safety/');
  t.after(async () => {
    site.close();
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  await t.test('holds what its manifest names, and nothing else', () => {
    const manifest = JSON.parse(readFileSync(join(folder, 'site/manifest.json'), 'utf8'));
    const files = readdirSync(join(folder, 'site'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    assert.equal(files.length, manifest.counts.files + 1);
    for (const [path, { bytes, sha256 }] of Object.entries(manifest.files)) {
      const content = readFileSync(join(folder, 'site', path));
      assert.equal(content.length, bytes, path);
      assert.equal(createHash('sha256').update(content).digest('hex'), sha256, path);
    }
    assert.ok(manifest.complete && manifest.counts.bytes < MOST_BYTES, `${manifest.counts.bytes} bytes`);
  });

  await t.test('is the same after a second run, which writes nothing', () => {
    const times = () =>
      readdirSync(join(folder, 'site'), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name !== 'manifest.json')
        .map((entry) => `${entry.name} ${statSync(join(entry.parentPath, entry.name)).mtimeMs}`)
        .sort();
    const before = times();
    assert.match(publish(), /: 0 written, \d+ unchanged, 0 removed/);
    assert.deepEqual(times(), before);
  });

  for (const [name, options] of Object.entries({ desktop: DESKTOP, phone: PHONE }))
    await t.test(`says what the server says, on a ${name}`, async () => {
      for (const [index, fragment] of VIEWS.entries()) {
        const [published, live] = [await shown(site.home, options, fragment), await shown(LIVE, options, fragment)];
        for (const selector of ['#caption', '#panel h2', '#legend']) {
          const [own, theirs] = [await words(published.page, selector), await words(live.page, selector)];
          assert.equal(own, theirs, `${fragment} ${selector}`);
        }
        const areas = async ({ page }) => {
          const layer = new URLSearchParams(fragment.slice(1)).get('layer') ?? 'grade';
          return (await drawnAreas(page, layer)).map(({ code, grade, rate }) => `${code} ${grade} ${rate}`).sort();
        };
        const drawn = await areas(published);
        assert.ok(drawn.length > 0);
        assert.deepEqual(drawn, await areas(live), fragment);
        await picture(published.page, `published-${name}-${index}`);
        assert.deepEqual(published.wrong, [], fragment);
        await Promise.all([published.close(), live.close()]);
      }
    });

  await t.test('explains an area, shows its course, and gives its tables', async () => {
    const { page, wrong, close } = await shown(site.home, DESKTOP, '#area=20341');
    await page.waitForFunction(() => document.querySelector('#panel .course, #panel svg.course') !== null);
    assert.match(await words(page, '#panel'), /Xếp loại/);
    await page.evaluate(() => document.querySelectorAll('#panel details').forEach((fold) => (fold.open = true)));
    const files = await page.locator('#panel a[download]').evaluateAll((links) => links.map(({ href }) => href));
    assert.equal(files.length, 3);
    for (const file of files) assert.equal((await fetch(file)).status, 200, file);
    const csv = await (await fetch(files[0])).text();
    const live = await fetch(new URL('ratings?f=csv', LIVE));
    assert.equal(csv, await live.text());
    for (const hidden of ['#role', '#report-open', '#view-compare', '#panel-compare'])
      assert.equal(await page.locator(hidden).count(), 0, hidden);
    await page.click('#view-table');
    await page.waitForSelector('#table [role=row]');
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
});
