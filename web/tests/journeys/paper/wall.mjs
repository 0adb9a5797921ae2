// A screen on the wall of an operations room: large letters, the hour, how old the numbers are, and a walk by itself.
import assert from 'node:assert/strict';
import { opened, picture, ready } from '../kit/browser.mjs';

const WALL = { viewport: { width: 1920, height: 1080 } };
/** What three metres ask of a letter on a screen of this height. */
const LEAST_PX = 32;

const layer = (page) => new URLSearchParams(new URL(page.url()).hash.slice(1)).get('layer');

/** The texts on show that are smaller than can be read from afar. */
function tooSmall(page) {
  return page.evaluate((least) => {
    const hasText = (node) => [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim() !== '');
    const shown = [...document.querySelectorAll('body *')].filter((node) => node.checkVisibility() && hasText(node));
    const visible = shown.filter((node) => node.getBoundingClientRect().width > 2 && !node.closest('#notices, .unseen, #map'));
    return visible
      .filter((node) => parseFloat(getComputedStyle(node).fontSize) < least)
      .map((node) => node.outerHTML.slice(0, 90));
  }, LEAST_PX);
}

export const tests = {
  async 'the wall shows large letters, no controls, the hour and the age of its numbers, walks by itself, and Escape leaves'() {
    const { page, wrong, close } = await opened(WALL, '#mode=wall&every=5');
    await page.waitForSelector('.wall-fresh');
    assert.deepEqual(await tooSmall(page), []);
    assert.match(await page.innerText('.wall-clock time'), /^\d\d:\d\d$/);
    assert.match(await page.innerText('.wall-fresh'), /Số liệu tải lúc \d\d:\d\d/);
    const controls = await page.evaluate(() => {
      const all = [...document.querySelectorAll('button, select, input, a')];
      return all.filter((node) => node.checkVisibility()).map((node) => node.id || node.textContent);
    });
    assert.deepEqual(controls, []);
    const ratio = await page.evaluate(() => globalThis.binhyen.map.getPixelRatio() / devicePixelRatio);
    assert.equal(ratio, 2.5, 'the letters of the map are those of a desk');
    await picture(page, 'wall');
    const began = 'grade';
    await page.waitForFunction(() => /layer=(?!grade)/.test(location.hash), null, { timeout: 15_000 });
    assert.match(page.url(), /mode=wall/);
    // The server falls silent: the wall says so.
    await page.context().setOffline(true);
    await page.waitForSelector('.wall-fresh[data-stale]');
    assert.match(await page.innerText('.wall-fresh'), /Chưa nối được với máy chủ/);
    await page.context().setOffline(false);
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => !document.body.hasAttribute('data-wall'));
    assert.doesNotMatch(page.url(), /mode=wall/);
    assert.equal(layer(page) ?? began, began, 'the wall leaves another layer behind');
    assert.equal(await page.evaluate(() => globalThis.binhyen.map.getPixelRatio() / devicePixelRatio), 1);
    assert.deepEqual(
      wrong.filter((line) => !/ERR_INTERNET_DISCONNECTED/.test(line)),
      [],
    );
    await close();
  },

  async 'the key and the button turn the wall on, and a moved pointer shows the way out'() {
    const { page, close } = await opened(WALL, '#lang=en');
    await page.keyboard.press('w');
    await page.waitForSelector('.wall-clock');
    await page.mouse.move(300, 300);
    await page.mouse.move(320, 320);
    await page.click('#wall-leave');
    await page.waitForFunction(() => !document.body.hasAttribute('data-wall'));
    await ready(page);
    await page.click('#wall-open');
    await page.waitForSelector('.wall-clock');
    assert.match(page.url(), /mode=wall/);
    await close();
  },
};
