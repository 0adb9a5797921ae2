// The page where something is missing: the network, WebGL, or a fast line.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { browser, DESKTOP, HOME, launched, meta, picture, PHONE, ready, tokens, watched } from './kit/browser.mjs';
import { lineTo } from './kit/site.mjs';

const WAIT_MS = 30_000;

/** Asks `there` in the page until it says yes: `waitForFunction` does not wait for a promise to come true. */
async function until(page, there, value) {
  for (const end = Date.now() + WAIT_MS; Date.now() < end; await page.waitForTimeout(100))
    if (await page.evaluate(there, value)) return;
  assert.fail(`not within ${WAIT_MS} ms: ${there}`);
}

/** Waits until the worker has the shell and all that the page was drawn from: for two seconds nothing more has come. */
async function kept(page, least = 4) {
  const there = async (most) => {
    const count = async () => (await (await caches.open('binhyen-answers-1')).keys()).length;
    if (navigator.serviceWorker.controller?.state !== 'activated') return false;
    const before = await count();
    await new Promise((resolve) => setTimeout(resolve, 2000));
    return before >= most && before === (await count());
  };
  await until(page, there, least);
}

async function keptAddresses(page) {
  return page.evaluate(async () => {
    const names = await caches.keys();
    const lists = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map((key) => key.url)));
    return lists.flat();
  });
}

async function pageOn(home, fragment = '') {
  const context = await browser.newContext({ ...DESKTOP, locale: 'vi-VN' });
  const page = await context.newPage();
  await page.goto(home + fragment, { waitUntil: 'domcontentloaded' });
  await ready(page);
  return { page, context };
}

export const tests = {
  async 'the last view is readable without a network, says so, and comes back by itself'() {
    const line = await lineTo(HOME);
    const { page, context } = await pageOn(line.home, '#layer=rate&area=20341');
    const before = await page.innerText('#caption');
    await kept(page);
    await page.waitForLoadState('networkidle');
    line.cut();
    await page.reload({ waitUntil: 'domcontentloaded' });
    await ready(page);
    const caption = await page.innerText('#caption');
    assert.match(caption, / · số liệu lưu trên máy này từ \d/);
    assert.equal(caption.replace(/ · số liệu lưu trên máy này từ [^·]+(?= ·|$)/, ''), before);
    assert.match(await page.innerText('#panel'), /Phường Tam Kỳ/);
    assert.match(await page.innerText('.notice'), /Mất kết nối.*tải lúc \d/);
    await picture(page, 'offline');
    line.mend();
    await page.click('.notice');
    await page.waitForFunction(() => document.querySelector('.notice').hidden);
    await ready(page);
    line.cut();
    await context.close();
  },

  async 'no WebGL: the server’s picture, the panel and the table instead of a blank'() {
    const blind = await launched(['--disable-gpu', '--disable-3d-apis']);
    const context = await blind.newContext({ ...DESKTOP, locale: 'vi-VN' });
    const page = await context.newPage();
    const wrong = watched(context, page);
    await page.goto(`${HOME}#area=20341`, { waitUntil: 'domcontentloaded' });
    await page.waitForFunction(() => document.documentElement.dataset.state === 'ready', null, { timeout: WAIT_MS });
    const drawing = page.locator('.server-picture img');
    assert.match(await drawing.getAttribute('alt'), /lớp Xếp loại/);
    assert.ok((await drawing.evaluate((img) => img.decode().then(() => img.naturalWidth))) >= 400);
    await page.waitForFunction(() => document.querySelector('#panel h2')?.textContent.includes('Tam Kỳ'));
    await page.waitForFunction(() => document.documentElement.dataset.state === 'ready');
    await picture(page, 'no-webgl');
    await page.click('.server-picture button');
    await page.waitForFunction(() => document.querySelector('#table').innerText.includes('Phường An Thắng'));
    assert.deepEqual(wrong, []);
    await blind.close();
  },

  async 'no WebGL in a frame: the picture stays, the areas can be read'() {
    const blind = await launched(['--disable-gpu', '--disable-3d-apis']);
    const page = await blind.newPage();
    await page.goto(`${HOME}embed#interactive=1&area=20341`);
    await page.waitForFunction(() => document.documentElement.dataset.state === 'ready', null, { timeout: WAIT_MS });
    assert.ok(await page.locator('#poster').isVisible());
    assert.match(await page.innerText('#act .line'), /không vẽ được/);
    assert.match(await page.innerText('#reading'), /Phường Tam Kỳ/);
    await blind.close();
  },

  async 'the page can be installed'() {
    const manifest = await (await fetch(new URL('manifest.webmanifest', HOME))).json();
    assert.deepEqual([manifest.start_url, manifest.scope, manifest.display], ['./', './', 'standalone']);
    for (const { src, sizes, type } of manifest.icons) {
      const icon = await fetch(new URL(src, HOME));
      assert.equal(icon.headers.get('content-type'), type);
      // Width and height stand in the PNG's first chunk.
      const bytes = Buffer.from(await icon.arrayBuffer());
      assert.equal(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`, sizes);
    }
  },

  async 'the page weighs no more than its budget, and says how soon a phone on a slow line reads numbers'() {
    const script = new URL('../../dev/budget.mjs', import.meta.url).pathname;
    const measured = promisify(execFile)(process.execPath, [script, '--weight-only'], {
      env: { ...process.env, BINHYEN_URL: HOME },
    });
    const { stdout, code } = await measured.catch((error) => error);
    console.log(stdout.trimEnd().replaceAll(/^/gm, '        '));
    assert.equal(code, undefined, 'over budget');
  },

  async 'frames register no service worker'() {
    const context = await browser.newContext({ ...PHONE, locale: 'vi-VN' });
    const page = await context.newPage();
    await page.goto(`${HOME}embed#interactive=1`);
    await page.waitForFunction(() => document.documentElement.dataset.state === 'ready', null, { timeout: WAIT_MS });
    assert.equal(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0);
    await context.close();
  },

  ...(tokens.commander && {
    async 'a commander leaves no answer on the device, and gets none that was kept for the public'() {
      const line = await lineTo(HOME);
      const { page, context } = await pageOn(line.home, `#token=${tokens.commander}`);
      await until(page, async () => (await navigator.serviceWorker.ready).active?.state === 'activated');
      await page.reload({ waitUntil: 'domcontentloaded' });
      await ready(page);
      assert.match(await page.innerText('#header'), /Chỉ huy/);
      const answers = (await keptAddresses(page)).filter((url) =>
        /\/(meta|ratings|areas|tiles|styles|models|series)\b/.test(url),
      );
      assert.deepEqual(answers, []);
      assert.equal(await page.evaluate(async (epoch) => (await (await fetch('meta')).json()).epoch >= epoch, meta.epoch), true);
      line.cut();
      await page.reload({ waitUntil: 'domcontentloaded' });
      await page.waitForFunction(() => document.documentElement.dataset.state === 'failed', null, { timeout: WAIT_MS });
      assert.match(await page.innerText('.notice'), /Số liệu của vai trò không lưu trên máy này/);
      await context.close();
    },
  }),
};
