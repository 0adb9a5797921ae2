// A commander finds why one commune is D and what changed since the last window, and takes the numbers along.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { DESKTOP, HOME, opened, PHONE, picture, ready, text, tokens } from './kit/browser.mjs';

const WINDOW = 'TK-2025';

async function asked(path) {
  const answer = await fetch(new URL(path, HOME), { headers: { Authorization: `Bearer ${tokens.commander}` } });
  assert.ok(answer.ok, `${answer.status} from ${path}`);
  return answer.json();
}

/** The commune of grade D with the most incidents, its row a window earlier, and why. */
async function subject() {
  const { areas, trend } = await asked(`ratings?level=commune&window=${WINDOW}`);
  const [row] = areas.filter(({ grade }) => grade === 'D').sort((a, b) => b.incidents - a.incidents);
  assert.ok(row, 'no commune has the grade D');
  const before = await asked(`ratings?level=commune&window=${trend.window.id}`);
  const explanation = await asked(`areas/2025-07/${row.code}/explanation?window=${WINDOW}`);
  return { row, before: before.areas.find(({ code }) => code === row.code), explanation };
}

export const tests = {
  async 'a commander finds why one commune is D and what changed since the last window'() {
    assert.ok(tokens.commander, 'BINHYEN_COMMANDER_TOKEN is not set');
    const { row, before, explanation } = await subject();
    const { page, wrong, close } = await opened(DESKTOP, `#token=${tokens.commander}&edition=2025-07&window=${WINDOW}`);
    await page.fill('#search-input', row.name);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForFunction((name) => document.querySelector('#panel h2')?.textContent === name, row.name);
    await page.waitForSelector('#why-sentence');
    await page.waitForFunction(() => document.querySelectorAll('#panel .course circle').length >= 5);
    // The window before has an answer of its own.
    await page.waitForFunction(() => document.querySelectorAll('#changes p').length >= 2);
    const panel = await text(page, '#panel');
    assert.match(panel, /Xếp loại D/);
    assert.match(await text(page, '#changes'), new RegExp(`${row.incidents} vụ, kỳ trước ${explanation.trend.incidents_before}`));
    if (/^[A-E]$/.test(before.grade)) assert.match(await text(page, '#changes'), new RegExp(`xếp loại ${before.grade}`));
    assert.match(await text(page, '#why'), /Nhóm nào làm nên chênh lệch/);
    const below = await page.evaluate(() => document.getElementById('changes').getBoundingClientRect().bottom);
    assert.ok(below < 900 * 0.75, `what changed ends at ${below} px, below the fold`);
    await picture(page, 'commander-why');
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'the course is told with limits, by year and by quarter, and as a table'() {
    const { row } = await subject();
    const { page, wrong, close } = await opened(
      DESKTOP,
      `#token=${tokens.commander}&edition=2025-07&window=${WINDOW}&area=${row.code}`,
    );
    await page.waitForFunction(() => document.querySelectorAll('#panel .course circle').length >= 5);
    await page.click('#course-quarter');
    await page.waitForFunction(() => document.querySelectorAll('#panel .course circle').length >= 18);
    assert.equal(await page.evaluate(() => document.activeElement.id), 'course-quarter');
    assert.match(await text(page, '#panel'), /Qua \d+ quý/);
    await page.click('#course-table-summary');
    assert.ok((await page.locator('#course-table tbody tr').count()) >= 18);
    await page.click('#course-year');
    await page.waitForFunction(() => document.querySelectorAll('#course-table tbody tr').length < 10);
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'models are told one by one, and where their effect cannot be told the page says so'() {
    const { row } = await subject();
    const { page, wrong, close } = await opened(
      DESKTOP,
      `#token=${tokens.commander}&edition=2025-07&window=${WINDOW}&area=${row.code}`,
    );
    await page.waitForSelector(`#models-of-${row.code}`);
    await page.waitForFunction(() =>
      /Hiệu quả gộp toàn tỉnh|so với/.test(document.querySelector('#panel .effect')?.textContent ?? ''),
    );
    await page.click(`#models-of-${row.code}`);
    await page.waitForSelector('.one-by-one li button');
    await page.locator('.one-by-one li button').first().click();
    await page.waitForFunction(() => (document.querySelector('.one-by-one .fact')?.textContent ?? '').length > 40);
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'the numbers of the panel come as files in the role of the reader'() {
    const { row } = await subject();
    const { page, wrong, close } = await opened(
      DESKTOP,
      `#token=${tokens.commander}&edition=2025-07&window=${WINDOW}&area=${row.code}`,
    );
    await page.waitForSelector('#links-summary');
    await page.click('#links-summary');
    const [file] = await Promise.all([page.waitForEvent('download'), page.click('.links li:nth-child(3) a >> nth=0')]);
    const table = await readFile(await file.path(), 'utf8');
    assert.match(file.suggestedFilename(), /^binhyen-ratings-.*\.csv$/);
    assert.ok(table.includes(row.name) && table.split('\n').length > 70, table.slice(0, 200));
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'without a selection the province says what changed and what is certified'() {
    const { page, wrong, close } = await opened(DESKTOP, `#token=${tokens.commander}&edition=2025-07&window=${WINDOW}`);
    await page.waitForFunction(() => /Khu dân cư/.test(document.querySelector('#panel')?.textContent ?? ''));
    const panel = await text(page, '#panel');
    assert.match(panel, /So với Năm thống kê 2024/);
    const hot = page.locator('#panel .area-button').first();
    const name = await hot.innerText();
    await hot.click();
    await page.waitForFunction((wanted) => wanted.includes(document.querySelector('#panel h2')?.textContent ?? '-'), name);
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'on a phone the commander reads first what counts'() {
    const { row } = await subject();
    const { page, wrong, close } = await opened(
      PHONE,
      `#token=${tokens.commander}&edition=2025-07&window=${WINDOW}&area=${row.code}`,
    );
    await page.waitForSelector('#changes');
    await ready(page);
    await picture(page, 'commander-phone');
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(overflow, 0, `the page is ${overflow} px too wide`);
    assert.deepEqual(wrong, []);
    await close();
  },
};
