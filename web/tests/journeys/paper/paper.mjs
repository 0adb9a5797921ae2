// What comes out of a printer: the map fills its sheet, with its legend, its sentences and its sources, in the colours of print.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DESKTOP, opened, RESULTS, tokens } from '../kit/browser.mjs';
import { lettersIn, pagesOf } from '../kit/pdf.mjs';

/** An A4 sheet in CSS pixels. */
const SHEET = { width: (297 * 96) / 25.4, height: (210 * 96) / 25.4 };

/** Has the page prepare its paper, as the browser's own key for printing does. */
async function prepared(page) {
  await page.evaluate(() => (globalThis.print = () => (globalThis.hasPrinted = true)));
  await page.keyboard.press('Control+p');
  await page.waitForFunction(() => globalThis.hasPrinted === true);
}

async function printed(page, name) {
  const path = join(RESULTS, `${name}.pdf`);
  await page.pdf({ path, preferCSSPageSize: true, printBackground: true });
  return readFileSync(path);
}

/** The paper as it is laid out, from between the events that the browser sends around printing. */
async function laidOut(page, look) {
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  const seen = await page.evaluate(look);
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await page.emulateMedia({ media: null });
  return seen;
}

export const tests = {
  async 'what is said beside the map fits the sheet, for the public and for a commander with all that lies on it'() {
    const commander = tokens.commander && `#show=incidents,models&token=${encodeURIComponent(tokens.commander)}`;
    for (const fragment of ['#lang=en', commander].filter(Boolean)) {
      const { page, close } = await opened(DESKTOP, fragment);
      await prepared(page);
      const side = await laidOut(page, () => {
        const { scrollHeight, clientHeight, children } = document.querySelector('.print-side');
        return { scrollHeight, clientHeight, parts: children.length };
      });
      assert.ok(side.parts > 5 && side.scrollHeight <= side.clientHeight + 1, `${fragment}: ${JSON.stringify(side)}`);
      await close();
    }
  },

  async 'the map fills three fifths of one sheet, with five sentences, legend and sources, in the colours of print'() {
    const { page, wrong, close } = await opened({ ...DESKTOP, colorScheme: 'dark' });
    const onScreen = await page.evaluate(() => getComputedStyle(document.querySelector('.spread .swatch')).backgroundColor);
    await prepared(page);
    const paper = await laidOut(page, () => {
      const drawing = document.querySelector('.print-drawing');
      const { width, height } = drawing.getBoundingClientRect();
      const swatch = document.querySelector('.print-side .spread .swatch');
      const fills = [...drawing.shadowRoot.querySelectorAll('[fill]')].map((part) => part.getAttribute('fill'));
      const colour = getComputedStyle(swatch).backgroundColor;
      const hex = `#${colour
        .match(/\d+/g)
        .slice(0, 3)
        .map((part) => Number(part).toString(16).padStart(2, '0'))
        .join('')}`;
      return {
        width,
        height,
        colour,
        isOnMap: fills.includes(hex),
        sentences: document.querySelectorAll('.print-overview li').length,
      };
    });
    assert.ok(paper.width * paper.height >= 0.6 * SHEET.width * SHEET.height, `${paper.width} × ${paper.height}`);
    assert.equal(paper.sentences, 5);
    assert.ok(paper.isOnMap, `the badge is ${paper.colour}, which the map does not have`);
    assert.notEqual(paper.colour, onScreen, 'the paper wears the colours of the screen');
    const pdf = await printed(page, 'paper-map');
    assert.equal(pagesOf(pdf), 1);
    const words = lettersIn(pdf);
    for (const wanted of ['Toàn tỉnh: Xếp loại', 'cao hơn rõ mức chung', 'Vụ việc trong kỳ', 'Càng xám', 'Bộ quy tắc', 'Xem lại'])
      assert.ok(words.includes(wanted.replace(/\s/g, '')), `“${wanted}” is not on the paper`);
    assert.equal(await page.evaluate(() => document.getElementById('print-head').childElementCount), 0, 'the paper stays');
    const again = await page.evaluate(() => getComputedStyle(document.querySelector('.spread .swatch')).backgroundColor);
    assert.equal(again, onScreen);
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'a map that cannot be had is said to be missing, and what is on the screen is printed where nobody asked the page'() {
    // A service worker would answer from what it kept.
    const { page, close } = await opened({ ...DESKTOP, serviceWorkers: 'block' }, '#lang=en');
    const isLoaded = () => performance.getEntriesByType('resource').some(({ name }) => /assets\/print-/.test(name));
    await page.waitForFunction(isLoaded);
    await page.waitForTimeout(200);
    // The browser’s menu: no time to ask the server.
    const copied = await laidOut(page, () => document.querySelector('.print-drawing canvas')?.width ?? 0);
    assert.ok(copied > 0, 'the map on the screen is not on the paper');
    await page.route('**/export/svg*', (route) => route.abort());
    await prepared(page);
    const said = await laidOut(page, () => document.querySelector('.print-maps').textContent);
    assert.match(said, /could not be loaded/);
    await close();
  },
};
