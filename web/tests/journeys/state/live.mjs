// An open map follows the data: what an operator writes, or takes up from a report, stands on a commander's map without a
// reload, a blank or a moved view; much at once is few refreshes; and a quiet mark leads to what is new.
import assert from 'node:assert/strict';
import axe from 'axe-core';
import { createHash } from 'node:crypto';
import { DESKTOP, HOME, opened, PHONE, picture, ready, text, tokens } from '../kit/browser.mjs';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** June of the sample: few enough incidents that each has a dot of its own. */
const JUNE = 'mode=map&from=2026-06-01&to=2026-07-01&show=incidents&at=108.48,15.57,13';
/** However slow the machine: later than this is not «at once». */
const SHOWN_WITHIN_MS = 30_000;

const at = (path) => new URL(path, HOME);
const asOperator = { Authorization: `Bearer ${tokens.operator}`, 'Content-Type': 'application/json' };

async function objections(page) {
  await page.evaluate(axe.source);
  const asked = { runOnly: { type: 'tag', values: RULES } };
  const { violations } = await page.evaluate((options) => globalThis.axe.run(document, options), asked);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
}

let written = 0;

/** An incident near Tam Kỳ, as an operator writes it. */
function incident(more = {}) {
  written += 1;
  const coordinates = [108.475 + 0.01 * Math.random(), 15.565 + 0.01 * Math.random()];
  const properties = { time: '2026-06-20T08:00:00+07:00', category: 'trom_cap', severity: '3', ...more };
  return { type: 'Feature', id: `LIVE-${process.pid}-${written}`, geometry: { type: 'Point', coordinates }, properties };
}

/** Writes incidents; gives their ids and when they were acknowledged. */
async function posted(...features) {
  const body = JSON.stringify({ type: 'FeatureCollection', features });
  const answer = await fetch(at('incidents'), { method: 'POST', headers: asOperator, body });
  const acknowledged = Date.now();
  assert.equal(answer.status, 201, await answer.clone().text());
  return { ids: features.map(({ id }) => id), acknowledged };
}

/** A report sent as a phone sends it. */
async function reported(more) {
  const { challenge, proof_bits: bits } = await (await fetch(at('reports/challenge'))).json();
  let number = 0;
  const solves = () => Math.clz32(createHash('sha256').update(`${challenge}:${number}`).digest().readUInt32BE(0)) >= bits;
  while (!solves()) number += 1;
  const report = { challenge, solution: String(number), category: 'trom_cap', time: '2026-06-21T09:00:00+07:00', ...more };
  const headers = { 'Content-Type': 'application/json' };
  const answer = await fetch(at('reports'), { method: 'POST', headers, body: JSON.stringify(report) });
  assert.equal(answer.status, 201, await answer.clone().text());
  return (await answer.json()).number;
}

/** Notes for every picture of the map which incidents it has, how many areas, and whether anything says that it waits. */
function watchMap() {
  const { map } = globalThis.binhyen;
  const live = (globalThis.live = { first: {}, fewest: Infinity, waits: 0, moves: 0 });
  map.on('movestart', () => (live.moves += 1));
  map.on('render', () => {
    const codes = new Set(map.queryRenderedFeatures({ layers: ['area-grade'] }).map(({ properties }) => properties.code));
    live.fewest = Math.min(live.fewest, codes.size);
    for (const { properties } of map.queryRenderedFeatures({ layers: ['incidents'] })) live.first[properties.id] ??= Date.now();
    const panel = document.getElementById('panel').innerText;
    if (!document.querySelector('.progress').hidden || /Đang tải|Loading/.test(panel)) live.waits += 1;
  });
}

/** A commander's map of June, watched, with the number of areas on it. */
async function watched(options, more = '') {
  const view = await opened(options, `#${JUNE}${more}&token=${tokens.commander}`);
  await view.page.waitForFunction(() => !/Đang tải|Loading/.test(document.getElementById('panel').innerText));
  const areas = await view.page.evaluate(() => {
    const found = globalThis.binhyen.map.queryRenderedFeatures({ layers: ['area-grade'] });
    return new Set(found.map(({ properties }) => properties.code)).size;
  });
  await view.page.evaluate(watchMap);
  return { ...view, areas };
}

/** When the map first showed the incident. */
async function shownAt(page, id) {
  const seen = await page.waitForFunction((wanted) => globalThis.live.first[wanted], id, { timeout: SHOWN_WITHIN_MS });
  return seen.jsonValue();
}

/** How many incidents the account of the map says there are. */
const counted = (page) =>
  page.evaluate(() => Number(/([\d.]+) vụ việc trong kỳ/.exec(caption.textContent)?.[1].replace('.', '')));

/** The mark says so, once the numbers are on show. */
const told = (page, wanted) =>
  page.waitForFunction(
    ([source]) => new RegExp(source).test(document.getElementById('news')?.textContent ?? ''),
    [wanted.source],
  );

/** Nothing went blank, waited or moved while the numbers changed. */
async function assertCalm(page, areas) {
  const { fewest, waits, moves } = await page.evaluate(() => globalThis.live);
  assert.equal(fewest, areas, 'areas went missing from the map');
  assert.deepEqual({ waits, moves }, { waits: 0, moves: 0 });
}

export const tests = {};

if (tokens.commander && tokens.operator) {
  tests['what is written and what is taken up stands on an open map at once, without a reload or a blank'] = async () => {
    const { page, wrong, areas, close } = await watched(DESKTOP);
    const before = await counted(page);
    const delays = [];
    for (let turn = 0; turn < 3; turn += 1) {
      const { ids, acknowledged } = await posted(incident());
      delays.push((await shownAt(page, ids[0])) - acknowledged);
    }
    await page.waitForFunction((n) => caption.textContent.includes(`${n} vụ việc trong kỳ`), before + 3);
    await told(page, /^3 vụ mới · vừa xong$/);
    const number = await reported({ lon: 108.479, lat: 15.572, text: 'Mất xe đạp' });
    const { page: desk, close: leave } = await opened(DESKTOP, `#mode=reports&token=${tokens.operator}`);
    await desk.click(`#take-${number}`);
    await desk.waitForSelector('#review-title:not(.unseen)');
    await desk.keyboard.press('2');
    const judged = desk.waitForResponse((response) => response.url().endsWith('/judgement'));
    await desk.keyboard.press('a');
    await judged;
    const acknowledged = Date.now();
    const { report } = await (await fetch(at(`reports/${number}`), { headers: asOperator })).json();
    await page.bringToFront();
    delays.push((await shownAt(page, report.judgement.incident)) - acknowledged);
    await leave();
    console.log(`        acknowledged to shown: written ${delays.slice(0, 3).join(', ')} ms, taken up ${delays[3]} ms`);
    await page.waitForFunction((n) => caption.textContent.includes(`${n} vụ việc trong kỳ`), before + 4);
    await assertCalm(page, areas);
    assert.deepEqual(await objections(page), []);
    await picture(page, 'live-desktop');
    await page.click('#news');
    await page.waitForFunction(() => document.body.dataset.mode === 'situation');
    await page.waitForSelector('#situation-new li');
    assert.equal(await page.locator('#news').count(), 0, 'who has looked is not told again');
    await picture(page, 'live-situation');
    assert.deepEqual(wrong, []);
    await close();
  };

  tests['much at once is few refreshes, and the last of it is on show'] = async () => {
    const { page, wrong, areas, close } = await watched(DESKTOP, '&area=20341');
    const before = await counted(page);
    const asked = [];
    page.on('request', (request) => /\/ratings\?.*level=commune/.test(request.url()) && asked.push(Date.now()));
    const [began, many] = [Date.now(), 60];
    for (let turn = 0; turn < many; turn += 1) await posted(incident());
    const wroteMs = Date.now() - began;
    await page.waitForFunction((n) => caption.textContent.includes(`${n} vụ việc trong kỳ`), before + many);
    await ready(page);
    const most = 4 * Math.ceil((asked.at(-1) - began) / 1000) + 1;
    console.log(`        ${many} states in ${wroteMs} ms, ${asked.length} refreshes`);
    assert.ok(asked.length <= most && asked.length < many, `${asked.length} refreshes for ${many} states, ${most} at most`);
    await told(page, new RegExp(`^${many} vụ mới`));
    assert.match(await text(page, '#panel h2'), /Tam Kỳ/);
    await assertCalm(page, areas);
    assert.deepEqual(wrong, []);
    await close();
  };

  tests['on a phone the mark lies clear of what is pressed, speaks English, and the map is not reloaded'] = async () => {
    const { page, wrong, areas, close } = await watched(PHONE, '&lang=en');
    const { ids } = await posted(incident());
    await shownAt(page, ids[0]);
    await told(page, /^1 new incident · just now$/);
    const covered = await page.evaluate(() => {
      const mark = document.getElementById('news').getBoundingClientRect();
      const buttons = [...document.querySelectorAll('#tools button, #header button, #views button:not(#news), #legend summary')];
      const meets = ({ left, right, top, bottom }) =>
        left < mark.right && right > mark.left && top < mark.bottom && bottom > mark.top;
      return buttons.filter((button) => meets(button.getBoundingClientRect())).map(({ id }) => id);
    });
    assert.deepEqual(covered, []);
    await assertCalm(page, areas);
    await picture(page, 'live-phone');
    await page.tap('#news');
    await page.waitForFunction(() => document.body.dataset.mode === 'situation');
    await picture(page, 'live-phone-situation');
    assert.deepEqual(wrong, []);
    await close();
  };
}
