// axe-core finds nothing to object to in frames, in the dialog, in the guide for portal makers and on the page without WebGL.
import assert from 'node:assert/strict';
import axe from 'axe-core';
import { browser, DESKTOP, HOME, launched, PHONE } from './kit/browser.mjs';

const READY_MS = 45_000;
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function objections(page) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    (values) => globalThis.axe.run(document, { runOnly: { type: 'tag', values } }),
    RULES,
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
}

async function looked(path, options, before = async () => {}, using = browser) {
  const context = await using.newContext({ locale: 'vi-VN', ...options });
  const page = await context.newPage();
  await page.goto(new URL(path, HOME).href, { waitUntil: 'domcontentloaded' });
  const settled = (waits) => ['ready', ...waits].includes(document.documentElement.dataset.state);
  await page.waitForFunction(settled, path.includes('interactive') ? [] : ['poster'], { timeout: READY_MS });
  await before(page);
  const found = await objections(page);
  await context.close();
  return found;
}

async function openDialog(page) {
  await page.evaluate(() => document.dispatchEvent(new CustomEvent('binhyen:dialog', { detail: 'share' })));
  await page.waitForSelector('#share[open]');
}

export const tests = {
  async 'axe: frames as poster and as map, light and dark, vi and en'() {
    for (const fragment of ['layer=grade', 'interactive=1&area=20341', 'interactive=1&theme=dark&lang=en&layer=rate'])
      assert.deepEqual(await looked(`embed#${fragment}`, PHONE, (page) => page.waitForTimeout(500)), [], fragment);
  },

  async 'axe: the guide for portal makers'() {
    for (const [fragment, colorScheme] of [
      ['lang=vi', 'light'],
      ['lang=en', 'dark'],
    ])
      assert.deepEqual(await looked(`docs#${fragment}`, { ...PHONE, colorScheme }), [], fragment);
  },

  async 'axe: the dialog that hands out a view'() {
    assert.deepEqual(await looked('#layer=rate', DESKTOP, openDialog), []);
    assert.deepEqual(await looked('#lang=en', { ...PHONE, colorScheme: 'dark' }, openDialog), []);
  },

  async 'axe: the page without WebGL'() {
    const blind = await launched(['--disable-gpu', '--disable-3d-apis']);
    assert.deepEqual(await looked('', DESKTOP, undefined, blind), []);
    await blind.close();
  },
};
