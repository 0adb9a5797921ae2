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
};
