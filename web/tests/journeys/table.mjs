// The table twin of the map: the same filter and selection, sorted, filtered, walked by keyboard, and as long as it must be.
import assert from 'node:assert/strict';
import { DESKTOP, HOME, meta, opened, PHONE, picture, ready, text, tokens } from './kit/browser.mjs';

const cells = (page, column) => page.locator(`#table .body .column-${column}`).allInnerTexts();
const said = (page) => page.locator('[aria-live]').innerText();
const focused = (page) =>
  page.evaluate(() => {
    const cell = document.activeElement?.closest('[aria-colindex]');
    return [Number(cell?.parentElement?.getAttribute('aria-rowindex')), Number(cell?.getAttribute('aria-colindex'))];
  });

/** The ratings with as many rows as asked for, made from the true ones. */
async function withRows(page, count) {
  await page.route('**/ratings?*', async (route) => {
    const answer = await (await route.fetch()).json();
    const [pattern] = answer.areas;
    const areas = Array.from({ length: count }, (_, n) => ({
      ...pattern,
      code: String(10_000 + n),
      name: `Xã Thí Dụ ${n}`,
      incidents: (n * 7919) % 10_007,
    }));
    await route.fulfill({ json: { ...answer, areas } });
  });
  await page.reload();
  await ready(page);
}

export const tests = {
  async 'table: has every area of the map, and sorts by its columns'() {
    const { page, wrong, close } = await opened(DESKTOP, '#mode=table');
    const expected = meta.editions.find((edition) => edition.id === meta.default_edition).areas.commune;
    assert.match(await text(page, '#table-count'), new RegExp(`^${expected} `));
    assert.equal(await page.getAttribute('#table [role=grid]', 'aria-rowcount'), String(expected + 1));
    await page.click('#sort-incidents');
    assert.equal(await page.getAttribute('#table .column-incidents', 'aria-sort'), 'descending');
    const counts = (await cells(page, 'incidents')).map((value) => Number(value.replaceAll('.', '')));
    const known = counts.filter(Number.isFinite);
    assert.ok(known.length > 10, 'few counts in sight');
    assert.deepEqual(
      known,
      [...known].sort((a, b) => b - a),
    );
    await page.click('#sort-grade');
    assert.match((await cells(page, 'grade'))[0], /^[A-E]/);
    await picture(page, 'desktop-vi-table');
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'table: the filter box takes names without diacritics and says how many are left'() {
    const { page, wrong, close } = await opened(DESKTOP, '#mode=table');
    await page.fill('#table-filter', 'tam ky');
    assert.ok((await cells(page, 'name')).includes('Phường Tam Kỳ'));
    assert.match(await text(page, '#table-count'), /^\d+ trong \d+ khu vực$/);
    await page.fill('#table-filter', 'không đâu cả');
    assert.match(await text(page, '#table .nothing'), /Không có khu vực nào khớp/);
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'table: one stop of the Tab key, arrows inside, Enter chooses, c compares'() {
    const { page, wrong, close } = await opened(DESKTOP, '#mode=table');
    assert.equal(await page.locator('#table [role=grid] [tabindex="0"]').count(), 1);
    await page.focus('#table [role=grid] [tabindex="0"]');
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight']) await page.keyboard.press(key);
    assert.deepEqual(await focused(page), [3, 2]);
    await page.keyboard.press('End');
    const columns = Number(await page.getAttribute('#table [role=grid]', 'aria-colcount'));
    assert.deepEqual(await focused(page), [3, columns]);
    await page.keyboard.press('Control+End');
    assert.equal((await focused(page))[0], Number(await page.getAttribute('#table [role=grid]', 'aria-rowcount')));
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    assert.match(await said(page), /^Đã chọn /);
    await page.keyboard.press('c');
    assert.match(await said(page), /Đã thêm .* vào so sánh \(1 khu vực\)/);
    assert.match(page.url(), /compare=\d{5}/);
    assert.equal(await page.locator('#table [role=row][aria-selected=true]').count(), 1);
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'table: ten thousand rows are drawn a screenful at a time'() {
    // What the service worker fetches is not rerouted.
    const { page, close } = await opened({ ...DESKTOP, serviceWorkers: 'block' }, '#mode=table');
    await withRows(page, 10_000);
    assert.equal(await page.getAttribute('#table [role=grid]', 'aria-rowcount'), '10001');
    await page.click('#sort-incidents');
    await page.focus('#table [role=grid] [tabindex="0"]');
    await page.keyboard.press('Control+End');
    await page.waitForFunction(() => document.querySelector('#table [aria-rowindex="10001"]'));
    assert.deepEqual((await focused(page))[0], 10_001);
    const drawn = await page.locator('#table .body [role=row]').count();
    assert.ok(drawn < 60, `${drawn} rows drawn`);
    await close();
  },

  async 'table: goes to the map and back with the same selection, and downloads the same filter'() {
    const { page, wrong, close } = await opened(DESKTOP, '#mode=table');
    await page.locator('#table .body [role=row]').nth(2).click();
    const code = new URL(page.url().replace('#', '?')).searchParams.get('area');
    await page.click('#view-map');
    await ready(page);
    assert.match(page.url(), new RegExp(`area=${code}`));
    await page.click('#view-table');
    assert.equal(await page.locator('#table [role=row][aria-selected=true]').count(), 1);
    const answer = await fetch(await page.evaluate(() => document.querySelector('#table-csv').href));
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-type'), /csv/);
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'phone: the table stands on a narrow screen with its first column in sight'() {
    const { page, wrong, close } = await opened(PHONE, '#mode=table');
    await page.locator('#table .scroll').evaluate((node) => node.scrollTo(600, 300));
    await page.waitForTimeout(200);
    const { x } = await page.locator('#table .body .column-name').first().boundingBox();
    assert.ok(x < 80, `the name stands at ${x}`);
    await picture(page, 'phone-vi-table-scrolled');
    assert.deepEqual(wrong, []);
    await close();
  },
};

if (tokens.planner)
  tests['a planner’s table downloads with the planner’s role'] = async () => {
    const { page, wrong, close } = await opened(DESKTOP, `#mode=table&token=${encodeURIComponent(tokens.planner)}`);
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('#table-csv')]);
    const lines = (await (await download.createReadStream()).toArray()).join('').split('\n');
    assert.ok(lines.length > 50, `${lines.length} lines`);
    const asPublic = await (await fetch(new URL('ratings?level=commune&f=csv', HOME))).text();
    assert.notEqual(lines.join('\n'), asPublic, 'the planner got the public table');
    assert.deepEqual(wrong, []);
    await close();
  };
