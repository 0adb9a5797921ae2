// An editor asks for the map on his site: who may frame it, whether it opens, and what to take where it may not be framed.
import assert from 'node:assert/strict';
import { browser, DESKTOP, HOME, opened, picture, PHONE } from '../kit/browser.mjs';

/** Has the page for frames answered as by a server with this setting. */
async function withAncestors(page, ancestors) {
  await page.route(
    (url) => url.pathname.endsWith('/embed'),
    async (route) => {
      const response = await route.fetch();
      const headers = { ...response.headers(), 'content-security-policy': `default-src 'self'; frame-ancestors ${ancestors}` };
      delete headers['content-length'];
      if (route.request().method() === 'HEAD') return route.fulfill({ status: 200, headers, body: '' });
      return route.fallback();
    },
  );
}

const openShare = (page) => page.evaluate(() => document.dispatchEvent(new CustomEvent('binhyen:dialog', { detail: 'share' })));

export const tests = {
  async 'the dialog says who may frame the map and by which setting, tries the frame, and offers first what works'() {
    const { page, wrong, close } = await opened(DESKTOP, '#layer=rate');
    await withAncestors(page, "'self'");
    await openShare(page);
    await page.waitForSelector('#share-framing[data-who=own]');
    assert.match(await page.innerText('#share-framing'), /frame_ancestors/);
    assert.equal(await page.inputValue('#share-kind'), 'component');
    assert.match(await page.inputValue('#share-code'), /<binhyen-map/);
    await page.waitForSelector('#share figcaption[data-state=shown]');
    assert.equal(await page.evaluate(() => document.getElementById('share-trial').clientWidth), 360);
    await picture(page, 'sharing');
    await page.click('#share-close');
    await page.unroute((url) => url.pathname.endsWith('/embed')).catch(() => undefined);
    await page.unrouteAll();
    await withAncestors(page, '*');
    await openShare(page);
    await page.waitForSelector('#share-framing[data-who=any]');
    assert.equal(await page.inputValue('#share-kind'), 'frame');
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'the button of a frame stands below the picture and its sources'() {
    for (const options of [PHONE, DESKTOP]) {
      const context = await browser.newContext({ locale: 'vi-VN', ...options });
      const page = await context.newPage();
      await page.goto(`${HOME}embed#layer=grade`);
      await page.waitForFunction(() => document.getElementById('poster')?.naturalWidth > 0);
      const [stage, button] = await page.evaluate(() =>
        ['#poster', '#open'].map((selector) => {
          const { top, bottom } = document.querySelector(selector).getBoundingClientRect();
          return { top, bottom };
        }),
      );
      assert.ok(button.top >= stage.bottom, `the button begins at ${button.top}, the picture ends at ${stage.bottom}`);
      await context.close();
    }
  },

  async 'the picture of a frame as wide as a phone keeps the fan of letters and reliability'() {
    for (const height of [740, 520]) {
      const context = await browser.newContext({ locale: 'vi-VN', ...PHONE, viewport: { width: 360, height } });
      const page = await context.newPage();
      await page.goto(`${HOME}embed#layer=grade`);
      await page.waitForFunction(() => document.getElementById('poster')?.naturalWidth > 0);
      // The sources come late and leave less room, so that the picture is asked for once more.
      await page.waitForFunction(() => {
        const { clientWidth, clientHeight } = document.getElementById('stage');
        const asked = new URL(document.getElementById('poster').src).searchParams;
        return Math.abs(clientHeight / clientWidth - asked.get('height') / asked.get('width')) < 0.15;
      });
      // The same with letters as letters: outlined, the drawing is made of curves alone.
      const asLetters = async () => (await fetch(document.getElementById('poster').src.replace('&text=paths', ''))).text();
      const drawing = await page.evaluate(asLetters);
      const slices = drawing.split(' 0 0 1 ').length - 1;
      assert.ok(slices >= 10 && slices % 5 === 0, `360 × ${height}: ${slices} slices of a fan`);
      assert.match(drawing, /Không công bố/);
      await picture(page, `embed-phone-${height}`);
      await context.close();
    }
  },
};
