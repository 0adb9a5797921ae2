// The first seconds: the map is coloured by the document itself, on a slow line too, and the map takes over in place.
import assert from 'node:assert/strict';
import { browser, DESKTOP, HOME, PHONE, picture, ready, tokens, watched } from '../kit/browser.mjs';

/** A phone at the edge of the network: 400 kbit/s, 300 ms. */
const SLOW = { offline: false, latency: 300, downloadThroughput: 400e3 / 8, uploadThroughput: 400e3 / 8 };
const WAIT_MS = 90_000;
/** How far a channel of a colour may be off where a line or a letter lies close by. */
const NEAR = 24;

/** The document with its picture, which the server draws at the first request. */
async function drawnOnce() {
  for (let left = 40; left > 0; left -= 1) {
    if ((await (await fetch(HOME)).text()).includes('<svg')) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  assert.fail('the document never had a picture');
}

/** Runs in the page before anything else: when the picture is seen first, when it is laid in place, when it is gone. */
function watchPicture() {
  globalThis.seen = {};
  const look = () => {
    const drawing = document.querySelector('#first-picture svg');
    const { seen } = globalThis;
    if (drawing?.checkVisibility()) seen.first ??= performance.now();
    if (drawing?.getAttribute('preserveAspectRatio') === 'none') seen.placed ??= performance.now();
    if (seen.first && !drawing) seen.gone ??= performance.now();
    if (document.querySelector('#panel h2')) seen.parts ??= performance.now();
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

async function opened(options, { line = null, fragment = '', drawing = Promise.resolve() } = {}) {
  const context = await browser.newContext({ locale: 'vi-VN', colorScheme: 'light', ...options });
  const page = await context.newPage();
  const wrong = watched(context, page);
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  if (line) await session.send('Network.emulateNetworkConditions', line);
  await page.addInitScript(watchPicture);
  // The library that draws waits for `drawing`.
  await page.route(/maplibre-gl-worker-[^/]*\.js$/, async (route) => {
    await drawing;
    await route.continue().catch(() => undefined);
  });
  await page.goto(HOME + fragment, { waitUntil: 'commit' });
  // Playwright's own pictures wait for fonts.
  const shot = async () => (await session.send('Page.captureScreenshot', { format: 'png' })).data;
  return { context, page, wrong, shot };
}

/** The colours of a picture of the page at some places of the screen. */
async function coloursAt(page, shot, places) {
  return page.evaluate(
    async ({ shot, places }) => {
      const bytes = Uint8Array.from(atob(shot), (sign) => sign.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const sheet = new OffscreenCanvas(image.width, image.height).getContext('2d', { willReadFrequently: true });
      sheet.drawImage(image, 0, 0);
      return places.map(([x, y]) => [...sheet.getImageData(x * devicePixelRatio, y * devicePixelRatio, 1, 1).data].slice(0, 3));
    },
    { shot, places },
  );
}

/** Places on a grid over the map at which the drawn map shows an area with a letter and nothing else lies over it. */
function placesOfAreas() {
  const { map } = globalThis.binhyen;
  const { left, top, width, height } = document.querySelector('#map').getBoundingClientRect();
  const places = [];
  for (let x = 20; x < width; x += 10)
    for (let y = 20; y < height; y += 10) {
      const isBare = document.elementFromPoint(left + x, top + y)?.closest('#map') !== null;
      const around = [
        [x - 3, y - 3],
        [x + 3, y + 3],
      ];
      const areas = map.queryRenderedFeatures(around, { layers: ['area-grade'] });
      // Names come with the map.
      const isNamed = map.queryRenderedFeatures(around).some(({ layer }) => layer.type === 'symbol');
      if (isBare && !isNamed && areas.length === 1 && /^[A-E]$/.test(areas[0].properties.grade)) places.push([left + x, top + y]);
    }
  return places;
}

export const tests = {
  async 'on a slow line a phone sees the coloured map from the document, before any number of the page has come'() {
    await drawnOnce();
    const { page, context, wrong } = await opened(PHONE, { line: SLOW });
    await page.waitForFunction(() => globalThis.seen.first, null, { timeout: WAIT_MS });
    const areas = await page.locator('#first-picture .light use').count();
    assert.ok(areas >= 78, `${areas} areas`);
    await page.waitForFunction(() => document.documentElement.dataset.state === 'ready', null, { timeout: WAIT_MS });
    const seen = await page.evaluate(() => globalThis.seen);
    assert.ok(seen.placed < seen.gone, 'the map took over before the picture was laid in its place');
    assert.ok(seen.first < seen.parts, 'the picture waited for the numbers of the page');
    const ms = (value) => `${Math.round(value)} ms`;
    console.log(
      `        400 kbit/s, 300 ms: coloured after ${ms(seen.first)}, in place ${ms(seen.placed)}, map ${ms(seen.gone)}`,
    );
    assert.deepEqual(wrong, []);
    await context.close();
  },

  async 'the map takes over in place: the same colours at the same places, light and dark'() {
    await drawnOnce();
    for (const colorScheme of ['light', 'dark']) {
      let release = () => undefined;
      const drawing = new Promise((resolve) => (release = resolve));
      const { page, context, wrong, shot } = await opened({ ...DESKTOP, colorScheme }, { drawing });
      await page.waitForFunction(() => globalThis.seen.placed, null, { timeout: WAIT_MS });
      const before = await shot();
      release();
      await ready(page);
      await picture(page, `first-seconds-${colorScheme}`);
      const places = await page.evaluate(placesOfAreas);
      assert.ok(places.length > 100, `${places.length} places`);
      const [was, is] = [await coloursAt(page, before, places), await coloursAt(page, await shot(), places)];
      const isNear = (colour, index) => colour.every((channel, at) => Math.abs(channel - is[index][at]) <= NEAR);
      const alike = was.filter(isNear).length / places.length;
      assert.ok(alike > 0.9, `${colorScheme}: alike at ${Math.round(alike * 100)} % of the places`);
      console.log(`        ${colorScheme}: alike at ${Math.round(alike * 100)} % of ${places.length} places`);
      assert.equal(await page.locator('#first-picture').count(), 0);
      assert.deepEqual(wrong, []);
      await context.close();
    }
  },

  async 'whoever asks for another view, in a role or in high contrast, waits for the map itself'() {
    await drawnOnce();
    const role = tokens.planner ? [{ fragment: `#token=${tokens.planner}` }] : [];
    for (const { fragment, contrast } of [{ fragment: '#layer=rate' }, { fragment: '', contrast: 'more' }, ...role]) {
      const { page, context } = await opened({ ...DESKTOP, ...(contrast && { contrast }) }, { fragment });
      await ready(page);
      assert.equal(await page.evaluate(() => globalThis.seen.first ?? null), null, `a picture was seen at “${fragment}”`);
      await context.close();
    }
    const { page, context } = await opened(DESKTOP, { fragment: '#lang=en' });
    await ready(page);
    assert.ok(await page.evaluate(() => globalThis.seen.first), 'the language hid the picture');
    await context.close();
  },

  async 'a picture of grades does not stay under another layer'() {
    await drawnOnce();
    let release = () => undefined;
    const drawing = new Promise((resolve) => (release = resolve));
    const { page, context } = await opened(DESKTOP, { drawing });
    await page.waitForFunction(() => globalThis.seen.placed, null, { timeout: WAIT_MS });
    await page.getByRole('radio', { name: /Tỷ suất/ }).check({ force: true });
    await page.waitForFunction(() => document.querySelector('#legend').innerText.includes('Tỷ suất'));
    await page.waitForFunction(() => document.querySelector('#first-picture') === null);
    release();
    await context.close();
  },
};
