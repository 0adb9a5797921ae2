// An operator comes to the desk: how the server does, what was imported and why rows were not taken, which tokens are used.
import assert from 'node:assert/strict';
import axe from 'axe-core';
import { DESKTOP, opened, PHONE, picture, ready, text, tokens } from '../kit/browser.mjs';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const ASKED = /\/(desk|imports|tokens)$/;

async function objections(page) {
  await page.evaluate(axe.source);
  const asked = { runOnly: { type: 'tag', values: RULES } };
  const { violations } = await page.evaluate((options) => globalThis.axe.run(document, options), asked);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
}

/** The desk with what the server says of itself. */
async function desk(options, fragment = '') {
  const view = await opened(options, `#mode=desk&token=${tokens.operator}${fragment}`);
  await view.page.waitForSelector('#desk-tokens table');
  return view;
}

const rows = (more) => ({ read: 0, added: 0, changed: 0, unchanged: 0, removed: 0, sample_removed: 0, rejected: 0, ...more });
const imported = (number, more) => ({
  ...{
    number,
    ended_at: '2026-01-05T02:15:00Z',
    kind: 'population',
    name: { vi: 'số dân', en: 'population' },
    file: 'dan-so.csv',
  },
  ...{ edition: null, level: null, epoch: number + 1, rows: rows({ read: 241, added: 241 }) },
  ...{ rejected_by_field: [], examples: [], remarks: [], ...more },
});
const INCIDENTS = imported(3, {
  ...{ kind: 'incidents', name: { vi: 'vụ việc', en: 'incidents' }, file: 'vu-viec-quy-4.csv' },
  rows: rows({ read: 1200, added: 1100, changed: 50, unchanged: 38, rejected: 12 }),
  rejected_by_field: [
    { field: 'category', rows: 9 },
    { field: 'time', rows: 3 },
  ],
  examples: [{ line: 15, field: 'category', reason: '"…" is no category' }],
});

/** A server that has taken in data of its own: the program's answer, with other imports in it. */
async function withImports(page, imports) {
  await page.route(/\/imports$/, (route) => route.fulfill({ json: { most: 100, imports } }));
}

export const tests = {};

if (tokens.operator) {
  tests['an operator goes from the role to the desk and back, and it says how the server does'] = async () => {
    const { page, wrong, close } = await opened(DESKTOP, `#token=${tokens.operator}`);
    await page.click('#role');
    await page.click('#access-desk');
    await page.waitForSelector('#desk-tokens table');
    assert.match(page.url(), /mode=desk/);
    const health = await text(page, '#desk-health');
    for (const words of [
      /Máy chủ đang phục vụ, bản \d/,
      /Kho dữ liệu đọc được\. Chiếm [\d,]+\sMB/,
      /dữ liệu minh hoạ/,
      /Bộ nhớ [\d,]+\s[MG]B/,
    ])
      assert.match(health, words);
    assert.match(await text(page, '#desk-places'), /[\d.]+ trong [\d.]+ vụ việc không có điểm/);
    const token = page.locator('#desk-tokens tbody tr', { hasText: 'Vận hành' });
    assert.match(await token.innerText(), /chỉ từ máy này/);
    assert.ok(Number((await token.locator('.number').innerText()).replace('.', '')) > 0, 'its requests are counted');
    assert.ok(!(await page.content()).includes(tokens.operator), 'the token itself is in the page');
    assert.equal(await page.locator('#panel, #rail, #timeline').filter({ visible: true }).count(), 0);
    await picture(page, 'desk-desktop-vi');
    await page.keyboard.press('Escape');
    await ready(page);
    assert.doesNotMatch(page.url(), /mode=/);
    assert.deepEqual(wrong, []);
    await close();
  };

  tests['where nothing was imported the desk says so in words'] = async () => {
    const { page, wrong, close } = await desk(DESKTOP, '&lang=en');
    await withImports(page, []);
    await page.click('#desk-renew');
    await page.waitForFunction(() => /No import is on record yet/.test(document.querySelector('#desk-imports').textContent));
    assert.match(await page.locator('[aria-live]').innerText(), /Brought up to date/);
    assert.deepEqual(wrong, []);
    await close();
  };

  tests['an import is opened by keyboard, and its report says what was rejected and where'] = async () => {
    const { page, wrong, close } = await desk(DESKTOP);
    const boundaries = imported(1, {
      ...{
        kind: 'boundaries',
        name: { vi: 'địa giới', en: 'boundaries' },
        file: 'xa.geojson',
        edition: '2025-07',
        level: 'commune',
      },
      ...{ rows: rows({ read: 78, added: 2, unchanged: 76, removed: 1 }), remarks: ['3 gaps between areas'] },
    });
    await withImports(page, [INCIDENTS, imported(2), boundaries]);
    await page.click('#desk-renew');
    await page.waitForSelector('#import-3');
    assert.equal(await page.locator('#desk-imports tbody tr').count(), 3);
    assert.match(
      await page.locator('#desk-imports tbody tr').first().innerText(),
      /vụ việc\s+vu-viec-quy-4\.csv\s+1\.200\s+1\.100\s+50\s+0\s+12/,
    );
    await page.focus('#import-3');
    await page.keyboard.press('Enter');
    assert.equal(await page.getAttribute('#import-3', 'aria-expanded'), 'true');
    const report = await text(page, '#import-report-3');
    for (const words of [
      /Đọc 1\.200 hàng: 1\.100 mới, 50 đổi, 38 không đổi, 12 bị từ chối/,
      /category\s*9/,
      /Dòng 15, category: "…" is no category/,
    ])
      assert.match(report, words);
    assert.match(report, /Còn 11 hàng nữa/);
    await picture(page, 'desk-report');
    assert.deepEqual(await objections(page), []);
    await page.click('#import-2');
    assert.equal(await page.locator('.report').count(), 1, 'one report at a time');
    assert.match(await text(page, '#import-report-2'), /Không hàng nào bị từ chối/);
    await page.click('#import-1');
    assert.match(await text(page, '#import-report-1'), /Bỏ 1 khu vực.*3 gaps between areas/s);
    await page.click('#import-1');
    assert.equal(await page.locator('.report').count(), 0);
    assert.deepEqual(wrong, []);
    await close();
  };

  tests['from the desk to the list of incidents beside the map'] = async () => {
    const { page, wrong, close } = await desk(DESKTOP);
    await page.click('#desk-places-list');
    await ready(page);
    assert.match(page.url(), /show=incidents/);
    await page.waitForSelector('#unlocated');
    assert.deepEqual(wrong, []);
    await close();
  };

  tests['the desk on a phone, in both languages, in the dark: nothing is cut off, axe has nothing to say'] = async () => {
    for (const [options, fragment] of [
      [PHONE, ''],
      [{ ...PHONE, colorScheme: 'dark' }, '&lang=en'],
      [{ ...DESKTOP, contrast: 'more' }, '&lang=en'],
    ]) {
      const { page, wrong, close } = await desk(options, fragment);
      await withImports(page, [INCIDENTS]);
      await page.click('#desk-renew');
      await page.click('#import-3');
      const overflow = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.querySelector('#desk');
        return scrollWidth - clientWidth;
      });
      assert.equal(overflow, 0, `${fragment}: ${overflow} px too wide`);
      assert.deepEqual(await objections(page), [], fragment);
      await picture(page, `desk-phone${fragment.replace('&lang=', '-')}${options.contrast ? '-contrast' : ''}`);
      if (options === PHONE) {
        await page.tap('#view-table');
        await ready(page);
        assert.equal(await page.locator('#desk').isVisible(), false);
        assert.equal(await page.locator('#sheet-bar').isVisible(), true, 'the sheet is back');
      }
      assert.deepEqual(wrong, []);
      await close();
    }
  };

  tests['what the desk cannot have is said in words'] = async () => {
    const { page, close } = await desk(DESKTOP);
    const refusal = {
      status: 503,
      contentType: 'application/problem+json',
      body: '{"title":"Chưa sẵn sàng","detail":"Kho bận"}',
    };
    await page.route(ASKED, (route) => route.fulfill(refusal));
    await page.click('#desk-renew');
    await page.waitForFunction(() => document.querySelectorAll('#desk [role=alert]').length === 4);
    assert.match(await text(page, '#desk-imports'), /Chưa lấy được: Chưa sẵn sàng: Kho bận/);
    await close();
  };
}

if (tokens.commander)
  tests['nobody else has a desk, nor asks for any of it'] = async () => {
    for (const token of ['', `&token=${tokens.commander}`]) {
      const { page, context, wrong, close } = await opened(DESKTOP, `#mode=desk${token}`);
      const asked = [];
      context.on('request', (request) => ASKED.test(new URL(request.url()).pathname) && asked.push(request.url()));
      await page.reload({ waitUntil: 'domcontentloaded' });
      await ready(page);
      await page.waitForSelector('.toast:not([hidden]) p');
      assert.match(await text(page, '.toasts'), /“desk” \(mode\) dành cho cơ quan/);
      assert.equal(await page.locator('#desk').isVisible(), false);
      assert.deepEqual([asked, wrong], [[], []]);
      await close();
    }
  };
