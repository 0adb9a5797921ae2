// A planner compares areas and periods, takes the numbers away and prints what will be handed in.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DESKTOP, opened, picture, PHONE, pointOnArea, quiet, ready, RESULTS, text, tokens } from './kit/browser.mjs';
import { lettersIn, pagesOf } from './kit/pdf.mjs';

const CITIES = 'edition=2025-01&level=district&window=TK-2025&compare=502,503&mode=compare';
const as = (role, fragment) => `#${fragment}${tokens[role] ? `&token=${encodeURIComponent(tokens[role])}` : ''}`;

/** The page as it goes on paper, after the same preparation that the button makes. */
async function printed(page, name, button = '#compare-print') {
  await page.evaluate(() => (globalThis.print = () => (globalThis.hasPrinted = true)));
  await page.click(button);
  await page.waitForFunction(() => globalThis.hasPrinted === true);
  const path = join(RESULTS, `${name}.pdf`);
  await page.pdf({ path, preferCSSPageSize: true, printBackground: true });
  return readFileSync(path);
}

/** A point on the screen that lies in the area of this code, wherever the map has gone. */
function pointIn(page, code) {
  return page.evaluate((wanted) => {
    const { map } = globalThis.binhyen;
    const { left, top, width, height } = map.getCanvas().getBoundingClientRect();
    for (let y = 0.1; y < 0.9; y += 0.02)
      for (let x = 0.1; x < 0.9; x += 0.02) {
        const [found] = map.queryRenderedFeatures([x * width, y * height], { layers: ['area-grade'] });
        const point = { x: left + x * width, y: top + y * height };
        const isFree = document.elementFromPoint(point.x, point.y) === map.getCanvas();
        if (isFree && String(found?.properties.code) === wanted) return point;
      }
    return null;
  }, code);
}

async function saved(page, selector) {
  const [file] = await Promise.all([page.waitForEvent('download'), page.click(selector)]);
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

export const tests = {
  async 'a planner compares Tam Kỳ with Hội An and prints two pages at most'() {
    const { page, wrong, close } = await opened(DESKTOP, as('planner', CITIES));
    await page.waitForSelector('#compare-funnel svg');
    await page.waitForSelector('#compare-series svg');
    assert.match(await text(page, '.conclusions'), /Thành phố Tam Kỳ .*Thành phố Hội An[ :].*khoảng tin cậy 95 %/);
    assert.match(await text(page, '#compare .columns >> nth=0'), /Xếp loại/);
    await picture(page, 'compare-areas');
    const pdf = await printed(page, 'compare-areas');
    assert.ok(pagesOf(pdf) <= 2, `${pagesOf(pdf)} pages`);
    const words = lettersIn(pdf);
    for (const wanted of ['So sánh Thành phố Tam Kỳ và Thành phố Hội An', 'Số liệu theo quyền xem', 'Bộ quy tắc', 'Xem lại'])
      assert.ok(words.includes(wanted.replace(/\s/g, '')), `“${wanted}” is not on the paper`);
    assert.ok(!words.includes('Bỏhết'), 'buttons are printed');
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'one area with its map, both readings and its sources fits one page'() {
    const { page, wrong, close } = await opened(DESKTOP, as('planner', 'level=commune&area=20341&window=TK-2025'));
    await page.waitForSelector('#why-sentence');
    await quiet(page);
    const pdf = await printed(page, 'print-area', '#print-open');
    assert.equal(pagesOf(pdf), 1);
    const words = lettersIn(pdf);
    for (const wanted of ['Phường Tam Kỳ', 'Xếp loại', 'An toàn về an ninh, trật tự', 'Cách tính và nguồn', 'Bộ quy tắc'])
      assert.ok(words.includes(wanted.replace(/\s/g, '')), `“${wanted}” is not on the paper`);
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'the public compares the wards of the same names, in released years only, and one of them with its kind'() {
    const { page, wrong, close } = await opened(DESKTOP, '#edition=2025-07&level=commune&mode=compare&compare=20341,20410');
    await page.waitForSelector('#compare-funnel svg');
    assert.equal(await page.locator('#compare .chip').count(), 2);
    assert.match(await text(page, '.conclusions'), /Phường Tam Kỳ .*Phường Hội An/);
    assert.equal(await page.locator('#compare-step-quarter').count(), 0, 'the public is offered steps that are not released');
    assert.match(await text(page, '#compare-series figcaption'), /năm đã công bố/);
    await page.click('.chip:first-child button');
    assert.doesNotMatch(page.url(), /20341/);
    await page.waitForFunction(() => /không tính chính khu vực này/.test(document.querySelector('#compare').textContent));
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'areas come into the comparison by a second click on the map, or with Shift'() {
    const { page, wrong, close } = await opened(DESKTOP, '#edition=2025-01&level=district');
    const first = await pointOnArea(page, null);
    await page.mouse.click(first.x, first.y);
    await page.waitForFunction((code) => location.hash.includes(`area=${code}`), first.code);
    await ready(page);
    const again = await pointIn(page, first.code);
    await page.mouse.click(again.x, again.y);
    await page.waitForFunction((code) => location.hash.includes(`compare=${code}`), first.code);
    const second = await pointOnArea(page, first.code);
    await page.keyboard.down('Shift');
    await page.mouse.click(second.x, second.y);
    await page.keyboard.up('Shift');
    const both = `compare=${first.code},${second.code}`;
    await page.waitForFunction((written) => location.hash.includes(written), both);
    await page.click('#view-compare');
    await page.waitForSelector('#compare .chip:nth-child(2)');
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'numbers and charts are taken away with their provenance'() {
    const { page, wrong, close } = await opened({ ...DESKTOP, acceptDownloads: true }, as('planner', CITIES));
    await page.waitForSelector('#compare-rates-svg');
    const drawing = await saved(page, '#compare-rates-svg');
    const svg = drawing.bytes.toString('utf8');
    assert.match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    assert.match(svg, /Bộ quy tắc/);
    assert.match(svg, /không phải số liệu thật/);
    assert.doesNotMatch(svg, /class=/);
    const pixels = await saved(page, '#compare-rates-png');
    assert.equal(pixels.bytes.subarray(1, 4).toString(), 'PNG');
    writeFileSync(join(RESULTS, 'compare-rates.png'), pixels.bytes);
    const table = await saved(page, '.files button:first-child');
    assert.match(table.name, /^binhyen-comparison-502-503-.*\.csv$/);
    assert.match(table.bytes.toString('utf8'), /Thành phố Hội An/);
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'two periods lie on each other, and keys move the divider'() {
    const { page, wrong, close } = await opened(DESKTOP, '#edition=2025-01&level=district&window=TK-2025&mode=compare');
    await page.click('#compare-what-periods');
    await page.waitForFunction(() => location.hash.includes('against=TK-2024'));
    await page.waitForSelector('.maps-stage[data-state="ready"] #compare-divider');
    await page.focus('#compare-divider');
    const at = () => page.getAttribute('#compare-divider', 'aria-valuenow').then(Number);
    await page.keyboard.press('ArrowLeft');
    assert.equal(await at(), 48);
    await page.keyboard.press('PageUp');
    assert.equal(await at(), 58);
    await page.keyboard.press('Home');
    assert.equal(await at(), 0);
    await page.keyboard.press('End');
    assert.equal(await at(), 100);
    assert.match(await page.getAttribute('#compare-divider', 'aria-valuetext'), /Năm thống kê 2024 chiếm 100/);
    await page.keyboard.press('PageDown');
    const centres = await page.evaluate(() => {
      const [first, second] = globalThis.binhyenPeriods;
      first.jumpTo({ center: [108.2, 15.6], zoom: 9.5 });
      return [first, second].map((map) => `${map.getCenter().toString()} ${map.getZoom()}`);
    });
    assert.equal(centres[0], centres[1]);
    await picture(page, 'compare-swipe');
    await page.click('#compare-map-difference');
    await page.waitForFunction(
      () => globalThis.binhyenPeriods.length === 1 && document.querySelector('.maps-stage').dataset.state === 'ready',
    );
    assert.equal(await page.locator('.maps-stage canvas').count(), 1);
    await picture(page, 'compare-difference');
    await page.click('#view-map');
    assert.equal(await page.locator('.maps-stage canvas').count(), 0, 'the maps are still there');
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'periods that share days are not asked for, and the page says why'() {
    const { page, wrong, close } = await opened(DESKTOP, '#mode=compare&window=3N-2025&against=TK-2025');
    await page.waitForSelector('#compare .invitation');
    assert.match(await text(page, '#compare .invitation'), /Hai kỳ có ngày chung/);
    await page.selectOption('#compare-pair', { index: 1 });
    await page.waitForSelector('.conclusions');
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'phone: a comparison is no wider than the screen'() {
    const { page, wrong, close } = await opened(PHONE, as('planner', CITIES));
    await page.waitForSelector('#compare-funnel svg');
    await picture(page, 'phone-compare');
    const wide = await page.evaluate(() => {
      const root = document.getElementById('compare');
      return root.scrollWidth - root.clientWidth;
    });
    assert.equal(wide, 0, `the comparison is ${wide} px too wide`);
    assert.deepEqual(wrong, []);
    await close();
  },
};
