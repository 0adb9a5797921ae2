// People who come to the page: one who does not see it, one who knows a place by its former name, one with a phone in the
// hills, one without a mouse.
import assert from 'node:assert/strict';
import { choose, DESKTOP, HOME, meta, opened, PHONE, picture, ready, text } from './kit/browser.mjs';

const said = (page) => page.locator('[aria-live]').innerText();
const focus = (page) => page.evaluate(() => document.activeElement?.id || document.activeElement?.className);
const press = async (page, ...keys) => {
  for (const key of keys) await page.keyboard.press(key);
};
/** What assistive technology is told of the element in focus. */
const spoken = (page) => page.locator(':focus').ariaSnapshot();

export const tests = {
  async 'a blind reader picks a commune and hears its reading'() {
    const { page, wrong, close } = await opened(DESKTOP);
    await press(page, 'Tab');
    assert.match(await spoken(page), /link "Đến ô tìm khu vực"/);
    await press(page, 'Enter');
    assert.match(await spoken(page), /combobox "Tìm khu vực"/);
    await page.keyboard.type('quang phu');
    await page.waitForFunction(() => document.querySelector('#search-option-0')?.textContent.startsWith('Phường Quảng Phú'));
    const active = await page.getAttribute('#search-input', 'aria-activedescendant');
    assert.equal(await page.getAttribute(`#${active}`, 'aria-selected'), 'true');
    assert.match(await page.locator('#search [role=status]').innerText(), /^\d+ kết quả$/);
    await press(page, 'Enter');
    const { areas } = await (await fetch(new URL('ratings?level=commune', HOME))).json();
    const { grade, grade_best: best, grade_worst: worst } = areas.find(({ name }) => name === 'Phường Quảng Phú');
    assert.match(grade, /^[A-E]$/);
    const verdict = `Xếp loại ${grade}${best === worst ? '' : `, có thể từ ${best} đến ${worst}`}`;
    assert.match(await said(page), new RegExp(`^Đã chọn Phường Quảng Phú\\. ${verdict}: .*mức chung.*; số liệu .+\\.$`));
    await page.waitForSelector('#why-sentence');
    const panel = await page.locator('#panel').ariaSnapshot();
    assert.match(panel, /heading "Phường Quảng Phú" \[level=2\]/);
    assert.ok(panel.includes(`${verdict}: `), `the panel does not say “${verdict}”`);
    await press(page, 'Escape', 'Escape');
    assert.match(await said(page), /Đã bỏ chọn/);
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'a reader walks over the map with the arrows, reads on with Enter and comes back with Escape'() {
    const { page, wrong, close } = await opened(DESKTOP);
    await page.focus('#map canvas');
    await page.waitForTimeout(500);
    assert.match(await page.getAttribute('#map canvas', 'aria-label'), /Phím mũi tên/);
    await press(page, 'ArrowUp');
    const here = await said(page);
    assert.match(here, /Đã chọn /);
    await press(page, 'ArrowRight');
    assert.notEqual(await said(page), here);
    for (let step = 0; step < 30; step += 1) await press(page, 'ArrowRight');
    assert.match(await said(page), /Không còn khu vực nào ở phía đông/);
    await press(page, 'Enter');
    assert.equal(await focus(page), 'panel-title');
    await press(page, 'Escape');
    assert.match(await focus(page), /maplibregl-canvas/);
    assert.doesNotMatch(page.url(), /area=/);
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'a former name leads to today’s unit, and says so'() {
    const { page, wrong, close } = await opened(DESKTOP);
    await press(page, '/');
    await page.keyboard.type('P. An My');
    await page.waitForFunction(() => /nay thuộc Phường/.test(document.querySelector('#search-list')?.textContent ?? ''));
    await picture(page, 'desktop-vi-search');
    await press(page, 'Enter');
    assert.match(await text(page, '#search .remark-here'), /^Phường An Mỹ \(1\/2025.*\) (phần lớn )?nay thuộc Phường Tam Kỳ\.$/);
    assert.match(await said(page), /nay thuộc Phường Tam Kỳ/);
    assert.match(page.url(), /edition=2025-07.*area=20341/);
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'a district of the former edition is shown on its own borders, and says so'() {
    const { page, wrong, close } = await opened(DESKTOP, '#lang=en');
    await press(page, '/');
    await page.keyboard.type('huyen nui thanh');
    await page.waitForFunction(() => /Huyện Núi Thành/.test(document.querySelector('#search-option-0')?.textContent ?? ''));
    await press(page, 'Enter');
    await page.waitForFunction(() => document.querySelector('#panel h2')?.textContent === 'Huyện Núi Thành');
    assert.match(page.url(), /edition=2025-01.*level=district/);
    assert.match(await text(page, '#search .remark-here'), /Huyện Núi Thành belongs to the boundaries/);
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'names that differ only by diacritics are both found'() {
    const { page, close } = await opened(DESKTOP);
    await press(page, '/');
    await page.keyboard.type('tam dan');
    await page.waitForFunction(() => /Tam Đàn/.test(document.querySelector('#search-list')?.textContent ?? ''));
    assert.match(await text(page, '#search-list'), /Tam Dân/);
    await close();
  },

  async 'a phone in the hills: search, sheet at three heights, table, comparison, nothing wider than the screen'() {
    const { page, wrong, close } = await opened(PHONE);
    await picture(page, 'phone-vi-start');
    await choose(page, 'tam ky');
    assert.equal(await page.getAttribute('body', 'data-height'), 'half');
    const map = await page.locator('#map').boundingBox();
    const bar = await page.locator('#sheet-bar').boundingBox();
    assert.ok(bar.y - map.y > 150, 'the sheet covers the map');
    await picture(page, 'phone-vi-sheet-half');
    await page.tap('#sheet-up');
    assert.equal(await page.getAttribute('body', 'data-height'), 'full');
    await page.tap('#sheet-down');
    await page.tap('#sheet-down');
    assert.equal(await page.getAttribute('body', 'data-height'), 'peek');
    assert.match(await text(page, '#sheet-title'), /Phường Tam Kỳ · [A-E]/);
    await page.tap('#menu');
    await page.waitForTimeout(250);
    await picture(page, 'phone-vi-menu');
    assert.equal(await page.locator('#controls').isVisible(), true);
    await page.tap('#sheet-close');
    await page.tap('#view-table');
    await page.locator('#table .body [role=row] .box label').nth(1).tap();
    assert.match(await text(page, '#view-compare'), /1/);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(overflow, 0, `the page is ${overflow} px too wide`);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll('#header button, #views button, #sheet-bar button')]
        .filter((node) => node.checkVisibility())
        .filter((node) => Math.min(node.offsetWidth, node.offsetHeight) < 42)
        .map((node) => node.id),
    );
    assert.deepEqual(small, []);
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'the sheet follows a finger and comes to rest'() {
    const { page, close } = await opened(PHONE);
    const bar = await page.locator('#sheet-bar').boundingBox();
    const x = bar.x + bar.width / 2;
    await page.mouse.move(x, bar.y + 10);
    await page.mouse.down();
    await page.mouse.move(x, bar.y - 120, { steps: 5 });
    await page.mouse.move(x, bar.y - 260, { steps: 5 });
    await page.mouse.up();
    assert.equal(await page.getAttribute('body', 'data-height'), 'half');
    await close();
  },

  async 'from start to end without a mouse, in both languages'() {
    for (const lang of ['vi', 'en']) {
      const { page, wrong, close } = await opened(DESKTOP, `#lang=${lang}`);
      await press(page, '?');
      // Its words come when they are asked for.
      await page.waitForSelector('#keys-dialog', { state: 'visible' });
      await press(page, 'Escape');
      await press(page, 't');
      assert.match(page.url(), /mode=table/);
      await page.waitForFunction(() => document.activeElement.closest('#table [role=grid]') !== null);
      await press(page, 'ArrowDown', 'Enter');
      const name = await text(page, '#panel h2');
      assert.ok((await said(page)).includes(name));
      await press(page, 'Enter');
      assert.equal(await focus(page), 'panel-title');
      await press(page, 'Escape');
      assert.equal(await page.evaluate(() => document.activeElement.closest('#table') !== null), true, 'the focus is lost');
      await press(page, 'Escape');
      await ready(page);
      assert.doesNotMatch(page.url(), /mode=/);
      await press(page, 'c', 'm');
      await ready(page);
      const before = await page.evaluate(() => globalThis.binhyen.map.getZoom());
      await page.focus('#zoom-in');
      await press(page, '+');
      await page.waitForFunction((zoom) => globalThis.binhyen.map.getZoom() > zoom + 0.5, before);
      assert.deepEqual(wrong, []);
      await close();
    }
  },

  async 'single letters can be turned off'() {
    const { page, close } = await opened(DESKTOP);
    await press(page, '?');
    await page.uncheck('#keys-letters');
    await press(page, 'Escape', 't');
    assert.doesNotMatch(page.url(), /mode=table/);
    await press(page, '/');
    assert.notEqual(await focus(page), 'search-input');
    await close();
  },

  async 'with letters twice as large the page is laid out as on a smaller screen, and nothing is cut off'() {
    const { page, context, wrong, close } = await opened(DESKTOP);
    const client = await context.newCDPSession(page);
    await client.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } });
    await page.reload({ waitUntil: 'domcontentloaded' });
    await ready(page);
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize), '32px');
    assert.equal(await page.locator('#menu').isVisible(), true, 'the layout of a wide screen');
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(overflow, 0);
    await picture(page, 'letters-200');
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'where the system chooses the colours, those that are data stay, and what is chosen shows'() {
    const { page, close } = await opened({ ...DESKTOP, forcedColors: 'active' });
    const look = (selector) =>
      page.evaluate((wanted) => {
        const { forcedColorAdjust, backgroundColor } = getComputedStyle(document.querySelector(wanted));
        return { forcedColorAdjust, backgroundColor };
      }, selector);
    assert.equal((await look('#legend .swatch')).forcedColorAdjust, 'none');
    const [chosen, other] = await Promise.all([
      look('.segment input:checked + span'),
      look('.segment input:not(:checked, :disabled) + span'),
    ]);
    assert.notEqual(chosen.backgroundColor, other.backgroundColor);
    await picture(page, 'forced-colours');
    await close();
  },

  async 'on a phone everything that is tapped is at least 44 px high'() {
    const { page, close } = await opened(PHONE, '#area=20341');
    const small = () =>
      page.evaluate(() =>
        [...document.querySelectorAll('button, select, summary, input, .choice, .segment > span')]
          .filter((node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: false }))
          // A box or a radio button is tapped by its label, a link inside a sentence is as high as its line.
          .filter((node) => !node.matches('[type=checkbox], [type=radio], p button, td button, th button, li button.area'))
          .map((node) => [node.id || node.className || node.textContent, node.getBoundingClientRect().height])
          .filter(([, height]) => height > 0 && height < 43.5)
          .map(([name, height]) => `${name}: ${height}`),
      );
    assert.deepEqual(await small(), []);
    await page.tap('#menu');
    await page.waitForTimeout(250);
    assert.deepEqual(await small(), []);
    await close();
  },

  async 'at 200 % everything is there and nothing is cut off'() {
    const { page, wrong, close } = await opened({ viewport: { width: 720, height: 450 } });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(overflow, 0);
    await choose(page, 'hoi an');
    await picture(page, 'zoomed-vi');
    assert.match(await text(page, '#sheet-title'), /Phường Hội An/);
    await page.click('#menu');
    assert.equal(await page.locator('#lang-en').isVisible(), true);
    assert.deepEqual(wrong, []);
    await close();
  },
};

if (meta.editions.length < 2) delete tests['a former name leads to today’s unit, and says so'];
