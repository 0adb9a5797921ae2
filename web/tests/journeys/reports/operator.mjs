// An operator judges reports by keyboard from start to end: looks, sets, takes up, merges, refuses; and a second one at once.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import axe from 'axe-core';
import { DESKTOP, HOME, opened, PHONE, picture, ready, text, tokens } from '../kit/browser.mjs';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function objections(page) {
  await page.evaluate(axe.source);
  const asked = { runOnly: { type: 'tag', values: RULES } };
  const { violations } = await page.evaluate((options) => globalThis.axe.run(document, options), asked);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
}

const at = (path) => new URL(path, HOME);

/** A report sent as a phone sends it. */
async function reported(more) {
  const { challenge, proof_bits: bits } = await (await fetch(at('reports/challenge'))).json();
  let number = 0;
  const solves = () => {
    const hash = createHash('sha256').update(`${challenge}:${number}`).digest();
    return Math.clz32(hash.readUInt32BE(0)) >= bits;
  };
  while (!solves()) number += 1;
  const time = new Date(Date.now() - 3_600_000).toISOString();
  const report = { challenge, solution: String(number), category: 'trom_cap', time, lon: 108.49, lat: 15.57, ...more };
  const headers = { 'Content-Type': 'application/json' };
  const answer = await fetch(at('reports'), { method: 'POST', headers, body: JSON.stringify(report) });
  assert.equal(answer.status, 201, await answer.clone().text());
  return (await answer.json()).number;
}

const asOperator = { Authorization: `Bearer ${tokens.operator}` };
const statusOf = async (number) => (await (await fetch(at(`reports/${number}/status`))).json()).status;

/** Takes everything that waits off the desk, so that a journey finds its own reports. */
async function cleared() {
  const { reports } = await (await fetch(at('reports?limit=200'), { headers: asOperator })).json();
  for (const { number } of reports) {
    await fetch(at(`reports/${number}/claim`), { method: 'DELETE', headers: asOperator });
    const { report } = await (await fetch(at(`reports/${number}`), { headers: asOperator })).json();
    const headers = { ...asOperator, 'Content-Type': 'application/json', 'If-Match': `"${report.version}"` };
    const body = JSON.stringify({ decision: 'reject', reason: 'Dọn trước khi thử' });
    await fetch(at(`reports/${number}/judgement`), { method: 'POST', headers, body });
  }
}

async function desk(options, more = '') {
  const view = await opened(options, `#mode=reports&token=${tokens.operator}${more}`);
  await view.page.waitForSelector('#report-queue-count');
  return view;
}

const focused = (page) => page.evaluate(() => document.activeElement.id);
const open = (page) => page.waitForSelector('#review-title:not(.unseen)');
const closed = (page) => page.waitForFunction(() => document.querySelector('#review-title.unseen') !== null);

export const tests = {};

if (tokens.operator) {
  tests['an operator judges by keyboard: one is taken up, one merged into it, one not taken up'] = async () => {
    await cleared();
    // Somewhere near Tam Kỳ, where an earlier run has left nothing.
    const lon = 108.42 + 0.06 * Math.random();
    const first = await reported({ lon, text: 'Mất xe máy trước cổng chợ' });
    const same = await reported({ lon: lon + 0.0005, text: 'Thấy hai người dắt xe đi' });
    const other = await reported({ lon: 108.33, lat: 15.88, category: 'gay_roi_trat_tu', text: 'Hát to quá' });
    const { page, wrong, close } = await desk(DESKTOP);
    assert.match(await text(page, '#report-queue-count'), /3 tin chờ xử lý/);
    assert.equal(await page.locator('.report-pin').count(), 3, 'each is on the map');
    await page.focus('#report-queue-title');
    await page.keyboard.press('ArrowUp');
    await page.waitForFunction((id) => document.activeElement.id === id, `take-${first}`);
    await page.keyboard.press('Enter');
    await open(page);
    assert.equal(await focused(page), 'review-title');
    assert.match(await text(page, '#report-review'), /Mất xe máy trước cổng chợ/);
    assert.match(await text(page, '#near-0'), /Tin[\s\S]*Thấy hai người dắt xe đi[\s\S]*cách 5\d m/);
    assert.equal(await statusOf(first), 'in_review');
    await picture(page, 'moderation-desktop');
    assert.deepEqual(await objections(page), []);
    await page.keyboard.press('a');
    assert.match(await page.locator('[aria-live]').first().innerText(), /Chọn mức độ/);
    await page.focus('#review-title');
    await page.keyboard.press('2');
    await page.keyboard.press('p');
    await page.waitForSelector('#pick-take');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => /Điểm đã đặt/.test(document.querySelector('#report-review').textContent));
    await page.keyboard.press('a');
    await closed(page);
    assert.equal(await statusOf(first), 'taken_up');
    await page.waitForFunction((id) => document.activeElement.id === id, `take-${same}`);
    await page.keyboard.press('Enter');
    await open(page);
    await page.keyboard.press('n');
    assert.equal(await page.getAttribute('#near-0', 'aria-pressed'), 'true');
    await page.keyboard.press('m');
    await closed(page);
    assert.equal(await statusOf(same), 'taken_up', 'as far as the one it was merged with');
    await page.waitForFunction((id) => document.activeElement.id === id, `take-${other}`);
    await page.keyboard.press('Enter');
    await open(page);
    await page.keyboard.press('r');
    await page.waitForFunction(() => document.activeElement.id === 'review-reason');
    await page.keyboard.type('Không phải việc về an ninh, trật tự');
    await page.keyboard.press('Enter');
    await closed(page);
    assert.equal(await statusOf(other), 'not_taken_up');
    await page.waitForFunction(() => /Không còn tin nào/.test(document.querySelector('#report-queue-count').textContent));
    await page.keyboard.press('Escape');
    await ready(page);
    assert.equal(await page.locator('.report-pin').count(), 0);
    assert.deepEqual(wrong, []);
    await close();
  };

  tests['a report that is left is given back, and one that another operator has is not taken'] = async () => {
    await cleared();
    const number = await reported({ text: 'Cháy cỏ' });
    const { page, close } = await desk(DESKTOP, '&lang=en');
    await page.click(`#take-${number}`);
    await open(page);
    await page.keyboard.press('s');
    await closed(page);
    assert.equal(await statusOf(number), 'received');
    await page.route(/\/claim$/, (route) =>
      route.fulfill({ status: 409, contentType: 'application/problem+json', body: '{"title":"x","detail":"held","status":409}' }),
    );
    await page.click(`#take-${number}`);
    await page.waitForFunction(() => /Somebody else looks/.test(document.querySelector('[aria-live]').textContent));
    assert.equal(await page.locator('#review-title.unseen').count(), 1);
    await close();
  };

  tests['the desk fits a phone and the dark, and the public is sent away'] = async () => {
    await cleared();
    const number = await reported({ text: 'Đánh nhau ở bến xe' });
    const { page, close } = await desk({ ...PHONE, colorScheme: 'dark' });
    await picture(page, 'moderation-phone-queue');
    await page.tap(`#take-${number}`);
    await open(page);
    await picture(page, 'moderation-phone-dark');
    assert.deepEqual(await objections(page), []);
    await page.tap('#review-skip');
    await closed(page);
    await close();
    const { page: stranger, close: leave } = await opened(DESKTOP, '#mode=reports');
    assert.equal(await stranger.locator('#reports').isVisible(), false);
    await leave();
  };
}
