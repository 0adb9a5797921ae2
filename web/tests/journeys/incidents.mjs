// Incidents as things: a card and a list in step with the map, by role; what has no point; files and keyboard.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { DESKTOP, HOME, opened, PHONE, picture, ready, text, tokens } from './kit/browser.mjs';

const TOWN = 'at=108.45,15.58,11';
const as = (role) => `&token=${encodeURIComponent(tokens[role])}`;

/** A single incident that the map drew, and where it lies on the screen; away from what lies over the map. */
function drawnIncident(page) {
  return page.evaluate(() => {
    const { map } = globalThis.binhyen;
    const { left, top } = map.getCanvas().getBoundingClientRect();
    for (const { properties, geometry } of map.queryRenderedFeatures({ layers: ['incidents'] })) {
      const { x, y } = map.project(geometry.coordinates);
      const point = { x: left + x, y: top + y, id: properties.id, category: properties.category };
      if (document.elementFromPoint(point.x, point.y) === map.getCanvas()) return point;
    }
    return null;
  });
}

export const tests = {
  async 'the public is shown no incident and asks for none'() {
    const { page, wrong, context, close } = await opened(DESKTOP, `#show=incidents&${TOWN}`);
    const asked = [];
    context.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.click('#zoom-in');
    await ready(page);
    assert.equal(await page.isVisible('#incidents'), false);
    assert.equal(await page.isVisible('#incident-card'), false);
    assert.deepEqual(
      asked.filter((path) => path.endsWith('/incidents')),
      [],
    );
    assert.deepEqual(wrong, []);
    await close();
  },
};

if (tokens.commander) {
  tests['commander: the list is in step with the map, both ways, and a card tells what is known'] = async () => {
    const { page, wrong, close } = await opened(DESKTOP, `#show=incidents&${TOWN}${as('commander')}`);
    await page.waitForSelector('.incident-row');
    assert.match(await text(page, '#incidents-count'), /^\d[\d.]* vụ có toạ độ$/);
    // From the list to the map: a ring around the place.
    await page.locator('.incident-row').first().hover();
    await page.waitForSelector('.incident-ring');
    // From the map to the list and the card.
    const drawn = await drawnIncident(page);
    assert.ok(drawn, 'no incident is drawn');
    await page.mouse.move(drawn.x, drawn.y);
    await page.waitForFunction(() => !document.getElementById('incident-card').hidden);
    await page.mouse.click(drawn.x, drawn.y);
    await page.waitForSelector('#incident-close');
    await page.mouse.move(20, 400);
    await page.waitForFunction(() => /Kênh tiếp nhận/.test(document.getElementById('incident-card').innerText));
    const card = await text(page, '#incident-card');
    for (const label of ['Thời điểm', 'Mức độ', 'Vị trí', 'Tình trạng', 'Xã, phường', 'Mã'])
      assert.ok(card.includes(label), label);
    assert.match(card, /\d\d:\d\d ngày \d\d\/\d\d\/\d{4}/);
    assert.ok(!page.url().includes('area='), 'a click on an incident chose its area');
    await picture(page, 'incidents-card');
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => document.getElementById('incident-card').hidden);
    assert.deepEqual(wrong, []);
    await close();
  };

  tests['commander: groups are hidden on map and list, the order changes, arrows walk, the file holds what is shown'] =
    async () => {
      const { page, wrong, close } = await opened(DESKTOP, `#show=incidents&${TOWN}${as('commander')}`);
      await page.waitForSelector('.incident-row');
      const rendered = () => page.evaluate(() => globalThis.binhyen.map.queryRenderedFeatures({ layers: ['incidents'] }).length);
      const before = await rendered();
      await page.uncheck('#incident-group-giao_thong');
      await ready(page);
      await page.waitForFunction(() => / trong /.test(document.getElementById('incidents-count').textContent));
      assert.ok((await rendered()) < before, 'the map still shows all groups');
      await page.selectOption('#incidents-order', 'severity');
      const shown = await page
        .locator('.incident-row .incident-dot')
        .evaluateAll((dots) => dots.map((dot) => Number(dot.dataset.severity)));
      assert.deepEqual(
        shown,
        [...shown].sort((a, b) => b - a),
      );
      await page.focus('.incident-row');
      await page.keyboard.press('ArrowDown');
      assert.equal(await page.evaluate(() => [...document.querySelectorAll('.incident-row')].indexOf(document.activeElement)), 1);
      await page.keyboard.press('Enter');
      await page.waitForSelector('#incident-close');
      const [file] = await Promise.all([page.waitForEvent('download'), page.click('#incidents-csv')]);
      const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n');
      const [count] = /^[\d.]+/.exec(await text(page, '#incidents-count'));
      assert.equal(lines.length - 1, Number(count.replaceAll('.', '')));
      assert.ok(!lines.some((line) => line.includes('tai_nan_giao_thong')), 'a hidden group is in the file');
      // What no point shows is told by area.
      await page.click('#unlocated-summary');
      assert.ok((await page.locator('#unlocated-areas li').count()) > 5);
      // Off with the layer, off with all of it.
      await page.uncheck('#overlay-incidents');
      await page.waitForFunction(
        () => document.getElementById('incidents').hidden && document.getElementById('incident-card').hidden,
      );
      assert.equal(await page.locator('.incident-ring').count(), 0);
      assert.deepEqual(wrong, []);
      await close();
    };

  tests['commander on a phone: the list is a sheet, and the card stands above it'] = async () => {
    const { page, wrong, close } = await opened(PHONE, `#show=incidents&${TOWN}&lang=en${as('commander')}`);
    await page.tap('#incidents-open');
    await page.waitForSelector('.incident-row');
    await page.locator('.incident-row').first().tap();
    await page.waitForFunction(() => /Channel/.test(document.getElementById('incident-card').innerText));
    await picture(page, 'incidents-phone');
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(overflow, 0);
    await page.tap('#sheet-close');
    assert.equal(await page.getAttribute('body', 'data-sheet'), 'panel');
    assert.deepEqual(wrong, []);
    await close();
  };
}

if (tokens.planner)
  tests['planner: squares are listed as the map shows them, and no single incident is asked for'] = async () => {
    const { page, wrong, context, close } = await opened(DESKTOP, `#show=incidents&${TOWN}${as('planner')}`);
    const answers = [];
    context.on('response', (response) => new URL(response.url()).pathname.endsWith('/incidents') && answers.push(response));
    await page.waitForSelector('.incident-row');
    const counts = await page
      .locator('.incident-row b')
      .evaluateAll((cells) => cells.map((cell) => Number.parseInt(cell.textContent, 10)));
    assert.ok(counts.length > 0 && counts.every((count) => count >= 5), `${counts}`);
    await page.locator('.incident-row').first().click();
    await page.waitForSelector('#incident-close');
    const card = await text(page, '#incident-card');
    assert.ok(!/QN-|Kênh|Thời điểm/.test(card), card);
    const meta = await (await fetch(new URL('meta', HOME), { headers: { Authorization: `Bearer ${tokens.planner}` } })).json();
    assert.deepEqual(
      meta.attributes.incident.map(({ name }) => name).filter((name) => ['id', 'time', 'severity'].includes(name)),
      [],
    );
    for (const response of answers)
      assert.equal(
        (await response.json()).features.some(({ geometry }) => geometry.type === 'Point'),
        false,
      );
    assert.deepEqual(wrong, []);
    await close();
  };
