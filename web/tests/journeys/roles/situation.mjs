// A commander opens the page and reads what has changed; an alert is read, followed to the map and noted; a planner sees no
// single incident; the public has no such view.
import assert from 'node:assert/strict';
import axe from 'axe-core';
import { DESKTOP, opened, PHONE, picture, text, tokens } from '../kit/browser.mjs';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function objections(page) {
  await page.evaluate(axe.source);
  const asked = { runOnly: { type: 'tag', values: RULES } };
  const { violations } = await page.evaluate((options) => globalThis.axe.run(document, options), asked);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
}

async function situation(options, fragment) {
  const view = await opened(options, fragment);
  await view.page.waitForSelector('#situation-map svg path');
  await view.page.waitForSelector('#situation-unusual .method');
  return view;
}

const both = (word) => ({ vi: word, en: word });
const ALERT = {
  ...{ number: 4, raised_at: '2026-07-01T08:00:00+07:00', lifted_at: null, kind: 'week', method: 'farrington' },
  place: { scope: 'district', edition: '2025-01', codes: ['503'], group: null, name: both('Thành phố Hội An') },
  ...{ component: 'trat_tu', period: { from: '2026-06-22', to: '2026-06-29' }, observed: 21, expected: 9.4, limit: 19 },
  ...{ p: 0.0004, chance: 0.001, incomplete: false, title: both('Tuần 22/06/2026–28/06/2026 · Thành phố Hội An') },
  reason: both('Thành phố Hội An: 21 vụ; thường khoảng 9,4, đến 19 vụ vẫn là mức thường.'),
  view: 'edition=2025-01&from=2026-06-22&to=2026-06-29&level=district&layer=count&area=503',
  models: [
    { kind: 'camera', name: both('Camera an ninh'), active: 3 },
    { kind: 'to_hoa_giai', name: both('Tổ hòa giải'), active: 0 },
  ],
  ...{ acknowledged_at: null, notes: [] },
};

/** The alerts of the server with one that was planted, until somebody takes note of it. */
async function planted(context) {
  let noted = null;
  await context.route(/\/alerts$/, async (route) => {
    const response = await route.fetch();
    const answer = await response.json();
    await route.fulfill({ response, json: { ...answer, alerts: [{ ...ALERT, acknowledged_at: noted }, ...answer.alerts] } });
  });
  await context.route(/\/alerts\/4\/acknowledgement$/, (route) => {
    assert.equal(route.request().method(), 'POST');
    noted = '2026-07-01T09:00:00+07:00';
    return route.fulfill({ json: { ...ALERT, acknowledged_at: noted } });
  });
}

export const tests = {
  async 'a commander is met by what has changed, calmly, and by how far the data reach'() {
    const { page, wrong, close } = await situation(DESKTOP, `#token=${tokens.commander}`);
    assert.equal(await page.evaluate(() => document.body.dataset.mode), 'situation');
    const said = await text(page, '#situation');
    assert.match(said, /Tình hình/);
    assert.match(said, /Dữ liệu đến hết ngày \d{2}\/\d{2}\/\d{4}/);
    assert.match(said, /thường \d+–\d+/);
    assert.ok((await page.$$('#situation-new li')).length > 0, 'nothing is new');
    await page.click('#situation-span-28');
    await page.waitForFunction(() => document.querySelectorAll('#situation-new li').length >= 60);
    assert.deepEqual(await objections(page), []);
    await picture(page, 'situation');
    await page.click('#view-map');
    await page.waitForFunction(() => document.body.dataset.mode === 'map');
    assert.match(await page.evaluate(() => location.hash), /edition=/);
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'an alert is read with its reason, noted, and leads to the map at that time'() {
    const { page, context, wrong, close } = await opened(DESKTOP, `#token=${tokens.commander}&mode=map`);
    await planted(context);
    await page.click('#view-situation');
    await page.waitForSelector('#alert-4');
    assert.match(await text(page, '#alert-4'), /21 vụ; thường khoảng 9,4/);
    await page.click('#alert-4 summary');
    assert.match(await text(page, '#alert-4'), /Đang có: Camera an ninh \(3\)\..*Chưa có: Tổ hòa giải/s);
    await picture(page, 'situation-alert');
    await page.click('#alert-note-4');
    await page.waitForFunction(() => document.querySelector('#alert-4')?.className === 'over');
    await page.click('.earlier summary');
    await page.click('#alert-4 a');
    await page.waitForFunction(() => document.body.dataset.mode === 'map' && /from=2026-06-22/.test(location.hash));
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'what was written lately is listed, with what went, and leads to the map'() {
    const { page, context, wrong, close } = await opened(DESKTOP, `#token=${tokens.commander}&mode=map`);
    const one = { when: '2026-07-01T09:30', category: 'trom_cap', commune: { code: '20341', name: 'Phường Tam Kỳ' } };
    const incidents = ['added', 'corrected', 'withdrawn'].map((what) => ({ ...one, id: `V-${what}`, what }));
    const imported = { added: 1204, corrected: 0, withdrawn: 0 };
    const recent = { since: '2026-06-24T10:00', added: 1, corrected: 1, withdrawn: 1, imported, incidents };
    await context.route(/\/situation\?/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), recent } });
    });
    await page.click('#view-situation');
    await page.waitForSelector('#situation-recent li');
    assert.match(
      await text(page, '#situation-recent'),
      /7 ngày\s+Từ .*: ghi thêm 1 vụ, sửa 1, rút 1\.\s+Tệp nhập .*thêm 1\.204 vụ/,
    );
    assert.match(
      await text(page, '#situation-recent li >> nth=1'),
      /^Sửa: Trộm cắp.*\s+Phường Tam Kỳ\s+ghi lúc 09:30, 1\/7\/2026$/,
    );
    await page.click('#situation-span-1');
    await page.waitForFunction(() => /Mới trong 24 giờ/.test(document.getElementById('situation-recent')?.textContent ?? ''));
    assert.equal(await page.locator('#recent-V-withdrawn').count(), 0, 'what is there no more leads nowhere');
    assert.deepEqual(await objections(page), []);
    await picture(page, 'situation-recent');
    await page.click('#recent-V-added');
    await page.waitForFunction(() => document.body.dataset.mode === 'map' && /area=20341/.test(location.hash));
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'on a phone it reads from top to bottom, and a planner is told of no single incident'() {
    const { page, wrong, close } = await situation(PHONE, `#mode=situation&token=${tokens.planner}`);
    assert.match(await text(page, '#situation-new'), /chỉ hiện với chỉ huy/);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${wide} px wider than the phone`);
    await picture(page, 'situation-phone');
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'the public has no such view and is told so'() {
    const { page, close } = await opened(DESKTOP, '#mode=situation');
    assert.equal(await page.evaluate(() => document.body.dataset.mode), 'map');
    assert.equal(await page.$('#view-situation'), null);
    await close();
  },
};
