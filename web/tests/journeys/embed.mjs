// An editor puts the map into an article on another site. The server must let that site frame it: frame_ancestors = ["*"].
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { browser, DESKTOP, HOME, meta, opened, picture, tokens, watched } from './kit/browser.mjs';
import { article, siteOf } from './kit/site.mjs';

const { origin, host } = new URL(HOME);
const OPEN_MS = 45_000;
const web = (path) => new URL(`../../${path}`, import.meta.url);

/** Opens an article of another site, with the record of what went wrong and of all that was asked for. */
async function articleOpened(body, policy, files = {}, context = null) {
  const site = await siteOf({ '/': article(...body), ...files }, policy);
  const own = context ?? (await browser.newContext({ ...DESKTOP, locale: 'vi-VN' }));
  const page = await own.newPage();
  const wrong = watched(own, page, [host, site.host]);
  const asked = [];
  page.on('request', (request) => asked.push(request));
  await page.goto(site.home);
  const close = async () => {
    await page.close();
    if (!context) await own.close();
    site.close();
  };
  return { page, wrong, asked, close };
}

const isMapLibre = (request) => /maplibre/.test(request.url());
const frameTag = (fragment, more = '') =>
  `<iframe src="${HOME}embed#${fragment}" title="Bản đồ" width="100%" height="300" ${more}></iframe>`;

async function frameReady(page, selector = 'iframe') {
  const handle = await page.waitForSelector(selector);
  const frame = await handle.contentFrame();
  await frame.waitForFunction(() => document.documentElement.dataset.state === 'ready', null, { timeout: OPEN_MS });
  return frame;
}

export const tests = {
  async 'the server lets other sites frame the map and nothing else'() {
    const policyOf = async (path) => (await fetch(new URL(path, HOME))).headers.get('content-security-policy') ?? '';
    assert.match(await policyOf('embed'), /frame-ancestors \*/, 'start the server with BINHYEN_FRAME_ANCESTORS=*');
    assert.match(await policyOf(''), /frame-ancestors 'self'/);
  },

  async 'a frame shows a picture, then the map, and its height follows under a strict policy'() {
    const follow = readFileSync(web('src/docs/examples/follow_height.js'), 'utf8').replace('export ', '');
    const files = { '/follow.js': `${follow}\nfollowHeight('${HOME}', document.querySelector('iframe'));` };
    const body = [frameTag('layer=grade&area=20341'), '<script type="module" src="/follow.js"></script>'];
    const { page, wrong, asked, close } = await articleOpened(
      body,
      `default-src 'none'; frame-src ${origin}; script-src 'self'; img-src data:`,
      files,
    );
    const frame = await (await page.waitForSelector('iframe')).contentFrame();
    await frame.waitForSelector('#poster');
    await page.waitForFunction(() => Number(document.querySelector('iframe').height) > 500);
    assert.equal(asked.filter(isMapLibre).length, 0, 'the poster loads the drawing library');
    assert.match(await frame.innerText('#release'), new RegExp(`^Bản công bố số ${meta.release.number}, ngày \\d+/\\d+/\\d{4}$`));
    await frame.click('#open');
    await frameReady(page);
    assert.equal(await frame.locator('#poster').count(), 0);
    assert.match(await frame.locator('.inset[data-kind=sea] figcaption').textContent(), /Hoàng Sa.*Trường Sa/);
    assert.match(await frame.innerText('#reading'), /Phường Tam Kỳ\. Xếp loại [A-E]/);
    await frame.selectOption('#choose', { index: 3 });
    assert.match(await frame.innerText('#reading [role=status]'), /\. \S/);
    const links = await frame.locator('#source a').evaluateAll((all) => all.map((link) => [link.target, link.rel, link.href]));
    assert.ok(links.every(([target, rel, href]) => target === '_blank' && rel === 'noopener' && href.startsWith('http')));
    const height = () => page.locator('iframe').evaluate((node) => Number(node.height));
    const closed = await height();
    await frame.click('#legend summary');
    await page.waitForFunction((before) => Number(document.querySelector('iframe').height) > before + 100, closed);
    await frame.waitForFunction(() => document.body.scrollHeight === innerHeight);
    await page.waitForTimeout(500);
    await picture(page, 'embed-frame');
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'the component works where no style and no other host is allowed'() {
    const body = [
      `<script type="module" src="${HOME}binhyen-map.js"></script>`,
      '<binhyen-map layer="grade" area="20341"></binhyen-map>',
    ];
    const { page, wrong, asked, close } = await articleOpened(
      body,
      `default-src 'none'; script-src ${origin}; img-src ${origin} data:; frame-src ${origin}`,
    );
    await page.waitForSelector('binhyen-map >> img');
    assert.equal(asked.filter(isMapLibre).length, 0);
    const opens = page.evaluate(
      () =>
        new Promise((resolve) =>
          document.addEventListener('binhyen:open', (event) => resolve(event.detail.address), { once: true }),
        ),
    );
    await page.locator('binhyen-map').getByRole('button').click();
    assert.equal(await opens, `${HOME}embed#area=20341&layer=grade&interactive=1`);
    const frame = await frameReady(page, 'binhyen-map >> iframe');
    assert.match(await frame.innerText('#reading'), /Phường Tam Kỳ/);
    const height = () => page.locator('binhyen-map >> iframe').evaluate((node) => Number(node.height));
    assert.ok((await height()) > 500, `the frame is ${await height()} px high`);
    await page.evaluate(() => postMessage({ type: 'binhyen:height', height: 9 }, '*'));
    await page.waitForTimeout(200);
    assert.ok((await height()) > 500, 'the component listens to strangers');
    await picture(page, 'embed-component');
    await page.evaluate(() => document.querySelector('binhyen-map').setAttribute('layer', 'rate'));
    const redrawn = await frameReady(page, 'binhyen-map >> iframe[src*="layer=rate"]');
    assert.match(await redrawn.innerText('#headline'), /Tỷ suất/);
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'ten frames on a page load no drawing library until one is opened'() {
    const body = Array.from({ length: 10 }, (_, index) => frameTag('layer=grade', `id="frame-${index}"`));
    const { page, wrong, asked, close } = await articleOpened(body, `default-src 'none'; frame-src ${origin}; img-src data:`);
    for (const handle of await page.$$('iframe')) await (await handle.contentFrame()).waitForSelector('#poster');
    await page.waitForLoadState('networkidle');
    assert.equal(asked.filter(isMapLibre).length, 0);
    assert.equal(new Set(asked.filter((request) => /export\/svg/.test(request.url())).map((request) => request.url())).size, 1);
    await (await (await page.$('#frame-3')).contentFrame()).click('#open');
    await frameReady(page, '#frame-3');
    assert.ok(asked.some(isMapLibre));
    const states = await Promise.all(
      (await page.$$('iframe')).map(async (handle) =>
        (await handle.contentFrame()).evaluate(() => document.documentElement.dataset.state),
      ),
    );
    assert.equal(states.filter((state) => state === 'ready').length, 1);
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'the dialog hands out what the public sees, and says so to a commander'() {
    const role = tokens.commander ? `token=${tokens.commander}&from=2024-01-01&to=2024-07-01&categories=chay&` : '';
    const { page, wrong, close } = await opened(DESKTOP, `#${role}layer=rate`);
    await page.evaluate(() => document.dispatchEvent(new CustomEvent('binhyen:dialog', { detail: 'share' })));
    await page.waitForSelector('#share[open]');
    const link = await page.inputValue('#share-page');
    const fragment = Buffer.from(link.split('/').at(-1), 'base64url').toString();
    assert.match(fragment, /layer=rate/);
    assert.doesNotMatch(fragment, /from=|categories|token/);
    if (tokens.commander) assert.match(await page.innerText('.publicity'), /vai trò công chúng.*kỳ đang chọn.*loại vụ việc/s);
    await page.selectOption('#share-kind', 'component');
    assert.match(await page.inputValue('#share-code'), /<binhyen-map layer="rate"/);
    await page.selectOption('#share-size', 'own');
    await page.fill('#share-height', '333');
    await page.press('#share-height', 'Tab');
    assert.match(await page.inputValue('#share-code'), /height="333"/);
    await picture(page, 'share-dialog');
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('#share[open]').count(), 0);
    const answer = await fetch(link);
    assert.equal(answer.status, 200, link);
    assert.match(await answer.text(), /og:image/);
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'the snippets for portal makers run on another site as they are written'() {
    const { page: docs, close: done } = await docsOpened();
    const texts = await docs
      .locator('code[data-snippet]')
      .evaluateAll((all) => Object.fromEntries(all.map((code) => [code.dataset.snippet, code.textContent])));
    for (const id of ['geojson', 'oembed']) {
      await docs.click(`#run-${id}`);
      await docs.waitForFunction((name) => document.querySelector(`.result.${name}`).innerText.length > 20, id);
    }
    await picture(docs, 'docs');
    await done();
    const library = (name) => readFileSync(web(`node_modules/maplibre-gl/dist/${name}`), 'utf8');
    const names = ['maplibre-gl.mjs', 'maplibre-gl-shared.mjs', 'maplibre-gl-worker.mjs', 'maplibre-gl.css'];
    const files = Object.fromEntries(names.map((name) => [`/${name}`, library(name)]));
    const body = ['frame', 'component', 'oembed', 'geojson', 'csv', 'png', 'tiles', 'height'].map((id) => texts[id]);
    const own = `script-src 'self' 'unsafe-inline' ${origin}; style-src 'self' 'unsafe-inline'; worker-src 'self'`;
    const { page, wrong, close } = await articleOpened(
      body,
      `default-src 'none'; ${own}; img-src ${origin} data:; frame-src ${origin}; connect-src ${origin}`,
      files,
    );
    await page.waitForFunction(() => document.getElementById('areas').textContent.startsWith('A: '));
    await page.waitForFunction(() => document.getElementById('oembed').textContent.includes('<iframe'));
    await page.waitForSelector('#grades canvas');
    await page.waitForSelector('binhyen-map >> img');
    await page.waitForFunction(() => document.querySelector('img').naturalWidth === 800);
    const csv = await (await fetch(await page.locator('a', { hasText: 'CSV' }).first().getAttribute('href'))).text();
    assert.match(csv, /20341/);
    assert.deepEqual(wrong, []);
    await close();
  },
  ...(tokens.commander && {
    async 'a commander’s token in another tab changes nothing in a frame'() {
      const { page: commander, context, close: done } = await opened(DESKTOP, `#token=${tokens.commander}`);
      assert.match(await commander.innerText('#header'), /Chỉ huy/);
      const fragment = 'layer=grade&interactive=1&from=2024-01-01&to=2024-07-01&categories=chay';
      const body = [frameTag(fragment), frameTag(`${fragment}&token=${tokens.commander}`, 'id="second"')];
      const { page, wrong, asked, close } = await articleOpened(
        body,
        `default-src 'none'; frame-src ${origin}; img-src data:`,
        {},
        context,
      );
      for (const selector of ['iframe', '#second']) {
        const frame = await frameReady(page, selector);
        assert.match(await frame.innerText('#headline'), /Ba năm|năm/i);
        assert.equal(await frame.evaluate(() => sessionStorage.length), 0);
      }
      for (const request of asked) {
        assert.equal((await request.allHeaders()).authorization, undefined, request.url());
        assert.doesNotMatch(request.url(), /categories=|from=2024/);
      }
      assert.deepEqual(wrong, []);
      await close();
      await done();
    },
  }),
};

async function docsOpened() {
  const context = await browser.newContext({ ...DESKTOP, locale: 'vi-VN' });
  const page = await context.newPage();
  await page.goto(new URL('docs', HOME).href);
  await page.waitForSelector('#limits');
  return { page, close: () => context.close() };
}
