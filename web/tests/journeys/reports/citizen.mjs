// Somebody tells something: on a phone, by keyboard, on a line that breaks, in a frame of another site; and asks how far it is.
import assert from 'node:assert/strict';
import axe from 'axe-core';
import { browser, DESKTOP, HOME, opened, PHONE, picture, text, watched } from '../kit/browser.mjs';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const NUMBER = /[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}/;

async function objections(page) {
  await page.evaluate(axe.source);
  const asked = { runOnly: { type: 'tag', values: RULES } };
  const { violations } = await page.evaluate((options) => globalThis.axe.run(document, options), asked);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
}

/** The form with its kinds in it. */
async function form(page, button) {
  await page.click(button);
  await page.waitForSelector('#report-category option[value="trom_cap"]', { state: 'attached' });
}

const statusOf = async (number) => (await (await fetch(new URL(`reports/${number}/status`, HOME))).json()).status;

export const tests = {
  'a citizen on a phone picks a place on the map, tells what happened, and gets a number': async () => {
    const { page, wrong, close } = await opened(PHONE);
    await form(page, '#report-open-narrow');
    await picture(page, 'report-phone-form');
    assert.deepEqual(await objections(page), []);
    await page.selectOption('#report-category', 'cuop_cuop_giat');
    await page.tap('#report-pick');
    await page.waitForSelector('#pick-take');
    await picture(page, 'report-phone-picking');
    await page.tap('#pick-take');
    await page.waitForSelector('#report[open]');
    assert.match(await text(page, '#report-place-said'), /Đã chọn điểm 1[45]\.\d+, 10[78]\.\d+/);
    await page.fill('#report-text', 'Giật túi xách trước chợ');
    await page.tap('#report-send');
    await page.waitForSelector('#report-said.said-sent');
    const receipt = await text(page, '#report .receipts li');
    assert.match(receipt, NUMBER);
    await page.waitForFunction(() => /Đã nhận/.test(document.querySelector('#report .receipts li').textContent));
    assert.equal(await statusOf(receipt.match(NUMBER)[0]), 'received');
    await picture(page, 'report-phone-receipt');
    assert.deepEqual(await objections(page), []);
    assert.ok(
      !(await page.evaluate(() => localStorage.getItem('binhyen.reports'))).includes('túi'),
      'the words stay on the phone',
    );
    assert.deepEqual(wrong, []);
    await close();
  },

  'a report is written by keyboard alone, in English, with a commune found by its name': async () => {
    const { page, wrong, close } = await opened(DESKTOP, '#lang=en');
    await page.focus('#report-open');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#report-category option[value="chay"]', { state: 'attached' });
    assert.equal(await page.evaluate(() => document.activeElement.id), 'report-category');
    await page.keyboard.type('Fire');
    await page.focus('#report-commune');
    await page.keyboard.type('tam ky');
    await page.waitForSelector('#report-commune-0');
    await page.keyboard.press('Enter');
    assert.match(await text(page, '#report-place-said'), /Chosen: .*Tam Kỳ/);
    await page.focus('#report-text');
    await page.keyboard.type('Call me on 0905 123 456');
    assert.match(await text(page, '#report-text-hint'), /telephone or identity number/);
    await page.fill('#report-text', 'A warehouse burns');
    await picture(page, 'report-desktop-form');
    await page.focus('#report-send');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#report-said.said-sent');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'report-said');
    assert.match(await text(page, '#report .receipts li'), NUMBER);
    assert.deepEqual(wrong, []);
    await close();
  },

  'what is missing is said at its field, and nothing is sent': async () => {
    const { page, close } = await opened(DESKTOP);
    let sent = 0;
    page.on('request', (request) => (sent += request.method() === 'POST' ? 1 : 0));
    await form(page, '#report-open');
    await page.click('#report-send');
    assert.match(await text(page, '#report-category-fault'), /Hãy chọn việc gì/);
    assert.equal(await page.evaluate(() => document.activeElement.id), 'report-category');
    await page.selectOption('#report-category', 'chay');
    await page.click('#report-send');
    assert.match(await text(page, '#report-place-said'), /Hãy chọn nơi xảy ra/);
    assert.deepEqual(await objections(page), []);
    assert.equal(sent, 0);
    await close();
  },

  'without a line the report is kept, and sent by itself when there is one again': async () => {
    const { page, context, close } = await opened(PHONE);
    await form(page, '#report-open-narrow');
    await page.selectOption('#report-category', 'duoi_nuoc');
    await page.fill('#report-commune', 'hoi an');
    await page.tap('#report-commune-0');
    await page.fill('#report-text', 'Có người đuối nước ở bãi tắm');
    await context.setOffline(true);
    await page.tap('#report-send');
    await page.waitForSelector('#report-said.said-kept');
    assert.match(await text(page, '#report'), /1 tin đang chờ gửi/);
    await picture(page, 'report-phone-kept');
    await context.setOffline(false);
    const isSent = () => JSON.parse(localStorage.getItem('binhyen.reports')).sent.length === 1;
    await page.waitForFunction(isSent, null, { timeout: 20_000 });
    const kept = await page.evaluate(() => JSON.parse(localStorage.getItem('binhyen.reports')));
    assert.deepEqual(kept.waiting, []);
    assert.equal(await statusOf(kept.sent[0].number), 'received');
    await close();
  },

  'an answer that is lost on the way does not make two reports of one': async () => {
    const { page, close } = await opened(DESKTOP);
    const numbers = [];
    let attempts = 0;
    await page.route(/\/reports$/, async (route) => {
      const answer = await route.fetch();
      numbers.push((await answer.json()).number);
      // The server has the report; its answer does not arrive the first time.
      if ((attempts += 1) === 1) await route.abort('connectionreset');
      else await route.fulfill({ response: answer });
    });
    await form(page, '#report-open');
    await page.selectOption('#report-category', 'chay');
    await page.fill('#report-commune', 'tam ky');
    await page.click('#report-commune-0');
    await page.click('#report-send');
    await page.waitForSelector('#report-said.said-kept');
    await page.click('#report-again');
    await page.waitForFunction(() => JSON.parse(localStorage.getItem('binhyen.reports')).sent.length === 1);
    assert.equal(numbers.length, 2);
    assert.equal(numbers[0], numbers[1]);
    await close();
  },

  'a link with a number shows how far the report is, and leaves the address': async () => {
    const { page, close } = await opened(DESKTOP, '#report=0000000000&lang=vi');
    await page.waitForSelector('#report[open]');
    await page.waitForFunction(() => /không có số này/.test(document.querySelector('#report-looked').textContent));
    assert.doesNotMatch(page.url(), /0000000000/);
    await close();
  },

  'a frame of another site has the form too': async () => {
    const context = await browser.newContext({ viewport: { width: 480, height: 640 }, locale: 'vi-VN' });
    const page = await context.newPage();
    const wrong = watched(context, page);
    await page.goto(`${HOME}embed#lang=vi`);
    await page.waitForSelector('#report-open');
    await form(page, '#report-open');
    await picture(page, 'report-embed-form');
    await page.selectOption('#report-category', 'chay');
    await page.fill('#report-commune', 'tam ky');
    await page.click('#report-commune-0');
    await page.click('#report-send');
    await page.waitForSelector('#report-said.said-sent');
    assert.deepEqual(await objections(page), []);
    assert.deepEqual(wrong, []);
    await context.close();
  },

  'in the dark the form is as readable': async () => {
    const { page, close } = await opened({ ...PHONE, colorScheme: 'dark' });
    await form(page, '#report-open-narrow');
    await picture(page, 'report-phone-dark');
    assert.deepEqual(await objections(page), []);
    await close();
  },
};
