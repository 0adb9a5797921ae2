// Back and Forward: each step is undone by itself, a phone's sheet closes first, a wide change offers its undoing, views are kept under names.
import assert from 'node:assert/strict';
import { choose, DESKTOP, HOME, meta, opened, PHONE, picture, pointOnArea, ready, text } from '../kit/browser.mjs';

const view = (page) => page.evaluate(() => Object.fromEntries(new URLSearchParams(location.hash.slice(1))));
const height = (page) => page.getAttribute('body', 'data-height');
const zoom = (page) => page.evaluate(() => globalThis.binhyen.map.getZoom());
const back = async (page) => {
  await page.goBack();
  await ready(page);
};

export const tests = {
  async 'Back undoes area, layer, period and mode one by one, Forward does them again; moving the map is no step'() {
    const { page, wrong, close } = await opened(DESKTOP, '#window=TK-2024');
    const entries = () => page.evaluate(() => history.length);
    await choose(page, 'tam ky');
    await page.check('#layer-rate', { force: true });
    await page.selectOption('#window', 'TK-2025');
    await ready(page);
    const before = await entries();
    await page.click('#zoom-in');
    await page.waitForFunction(() => location.hash.includes('at='));
    assert.equal(await entries(), before, 'a move of the map has an entry');
    const near = await zoom(page);
    await page.click('#view-table');
    await ready(page);
    await back(page);
    assert.equal((await view(page)).mode, undefined);
    assert.ok(Math.abs((await zoom(page)) - near) < 0.05, 'the map moved');
    await back(page);
    assert.deepEqual([(await view(page)).window, (await view(page)).layer], ['TK-2024', 'rate']);
    assert.match(await text(page, '#caption'), /2024/);
    await back(page);
    assert.equal((await view(page)).layer, 'grade');
    await back(page);
    assert.match(await text(page, '#panel h2'), /Toàn tỉnh/);
    for (let step = 0; step < 4; step += 1) await page.goForward();
    await ready(page);
    const last = await view(page);
    assert.deepEqual([last.area, last.layer, last.window, last.mode], ['20341', 'rate', 'TK-2025', 'table']);
    assert.match(await text(page, '#panel h2'), /Tam Kỳ/);
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'phone: Back closes the sheet first, then undoes the step; Forward opens it again'() {
    const { page, wrong, close } = await opened(PHONE);
    const spot = await pointOnArea(page, '');
    await page.touchscreen.tap(spot.x, spot.y);
    await page.waitForFunction(() => document.body.dataset.height === 'half');
    assert.equal((await view(page)).area, spot.code);
    await page.goBack();
    await page.waitForFunction(() => document.body.dataset.height === 'peek');
    assert.equal((await view(page)).area, spot.code, 'the first step back undid more than the sheet');
    await page.goBack();
    await page.waitForFunction(() => !location.hash.includes('area='));
    assert.match(await text(page, '#sheet-title'), /Toàn tỉnh/);
    await page.goForward();
    await page.waitForFunction((code) => location.hash.includes(`area=${code}`), spot.code);
    assert.equal(await height(page), 'peek');
    await page.goForward();
    await page.waitForFunction(() => document.body.dataset.height === 'half');
    // In the sheet of layers and periods: Back closes it, and only then goes back to the period before.
    await page.tap('#menu');
    await page.selectOption('#window', 'TK-2024');
    await ready(page);
    assert.equal(await page.getAttribute('body', 'data-sheet'), 'rail', 'choosing a period closed the sheet');
    await page.goBack();
    await page.waitForFunction(() => document.body.dataset.height === 'peek');
    assert.equal((await view(page)).window, 'TK-2024');
    await back(page);
    assert.notEqual((await view(page)).window, 'TK-2024');
    // Closed by hand, the sheet leaves no entry behind.
    await page.tap('#menu');
    await page.tap('#sheet-close');
    await page.waitForFunction(() => history.state.sheet === null);
    await page.goBack();
    await page.waitForFunction(() => !location.hash.includes('area='));
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'a link in the open tab is followed whole, with its part of the map; Back returns'() {
    const { page, wrong, close } = await opened(DESKTOP);
    const whole = await zoom(page);
    await page.evaluate(() => (location.hash = '#window=TK-2024&layer=count&area=20341&at=108.48,15.57,11.5'));
    await ready(page);
    assert.ok(Math.abs((await zoom(page)) - 11.5) < 0.01, `zoom ${await zoom(page)}`);
    assert.match(await text(page, '#panel h2'), /Tam Kỳ/);
    assert.match(await text(page, '#caption'), /2024/);
    assert.equal(await page.isChecked('#layer-count'), true);
    await back(page);
    assert.ok(Math.abs((await zoom(page)) - whole) < 0.3, `zoom ${await zoom(page)} after ${whole}`);
    assert.match(await text(page, '#panel h2'), /Toàn tỉnh/);
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'after other boundaries were chosen, undoing is offered beside it'() {
    const other = meta.editions.find(({ id }) => id !== meta.default_edition);
    const { page, wrong, close } = await opened(DESKTOP, '#area=20341');
    await page.selectOption('#edition', other.id);
    await ready(page);
    assert.ok((await text(page, '.toasts')).includes(other.name.vi));
    await picture(page, 'history-undo');
    await page.click('#remark-offer');
    await ready(page);
    assert.deepEqual([(await view(page)).edition, (await view(page)).area], [meta.default_edition, '20341']);
    assert.equal(await page.locator('.toast:visible').count(), 0);
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'views are kept under names on the device: saved, opened, deleted; by keyboard and on a phone'() {
    const { page, wrong, context, close } = await opened(DESKTOP, '#window=TK-2024&layer=rate&area=20341');
    const sent = [];
    context.on('request', (request) => /Buổi|Bu%E1/.test(request.url() + (request.postData() ?? '')) && sent.push(request.url()));
    await page.keyboard.press('b');
    await page.waitForSelector('#bookmarks[open]');
    await page.fill('#bookmark-name', 'Buổi giao ban');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#bookmark-0');
    await picture(page, 'history-bookmarks');
    await page.keyboard.press('Escape');
    await page.click('#panel-close');
    await page.selectOption('#window', 'TK-2025');
    await ready(page);
    const phone = await context.newPage();
    await phone.setViewportSize(PHONE.viewport);
    await phone.goto(HOME, { waitUntil: 'domcontentloaded' });
    await ready(phone);
    await phone.click('#menu');
    await phone.click('#bookmarks-open');
    await phone.click('#bookmark-0');
    await ready(phone);
    const opened_ = await view(phone);
    assert.deepEqual([opened_.window, opened_.layer, opened_.area], ['TK-2024', 'rate', '20341']);
    await phone.close();
    await page.keyboard.press('b');
    await page.click('.bookmarks button');
    assert.match(await text(page, '#bookmarks'), /Đã xoá “Buổi giao ban”/);
    assert.equal(await page.locator('#bookmark-0').count(), 0);
    assert.equal(await page.evaluate(() => localStorage.getItem('binhyen.bookmarks')), '[]');
    assert.deepEqual(sent, []);
    assert.deepEqual(wrong, []);
    await close();
  },
};
