// Incidents as things: a card and a list in step with the map, by role; what has no point; files and keyboard.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { DESKTOP, HOME, opened, PHONE, picture, ready, text, tokens } from './kit/browser.mjs';

const TOWN = 'at=108.45,15.58,11';
const as = (role) => `&token=${encodeURIComponent(tokens[role])}`;

/** A single incident that the map drew, and where it lies on the screen; away from squares and what lies over the map. */
function drawnIncident(page) {
  return page.evaluate(() => {
    const { map } = globalThis.binhyen;
    const { left, top } = map.getCanvas().getBoundingClientRect();
    for (const { properties, geometry } of map.queryRenderedFeatures({ layers: ['incidents'] })) {
      const { x, y } = map.project(geometry.coordinates);
      const squares = map.queryRenderedFeatures([x, y], { layers: ['incident-density'] });
      if (squares.some((square) => square.properties.count > 2)) continue;
      const point = { x: left + x, y: top + y, id: properties.id, category: properties.category };
      if (document.elementFromPoint(point.x, point.y) === map.getCanvas()) return point;
    }
    return null;
  });
}

/** The fullest square that the map drew away from what lies over it, and where it is on the screen. */
function drawnSquare(page) {
  return page.evaluate(() => {
    const { map } = globalThis.binhyen;
    const { left, top } = map.getCanvas().getBoundingClientRect();
    const squares = map.queryRenderedFeatures({ layers: ['incident-density'] }).map(({ properties }) => properties);
    for (const { id, count, west, south, east, north } of squares.sort((a, b) => b.count - a.count)) {
      const { x, y } = map.project([(west + east) / 2, (south + north) / 2]);
      if (document.elementFromPoint(left + x, top + y) === map.getCanvas()) return { id, count, x: left + x, y: top + y };
    }
    return null;
  });
}

/** Whether two elements share a part of the screen. */
function overlap(page, one, other) {
  return page.evaluate(
    ([a, b]) => {
      const [p, q] = [a, b].map((selector) => document.querySelector(selector).getBoundingClientRect());
      return p.left < q.right && q.left < p.right && p.top < q.bottom && q.top < p.bottom;
    },
    [one, other],
  );
}

const numberIn = (said) => Number(/[\d.]+/.exec(said)[0].replaceAll('.', ''));

/** What the server answers a role. */
async function answerTo(role, path) {
  const response = await fetch(new URL(path, HOME), { headers: { Authorization: `Bearer ${tokens[role]}` } });
  return response.json();
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
    assert.equal(await overlap(page, '#incident-card', '.incident-ring'), false, 'the card lies over what it is about');
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
      await page.waitForFunction(() => / trong /.test(document.getElementById('incidents-count')?.textContent));
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

  tests['commander: where points would lie on each other squares of 1 km are drawn, and a click opens what is in one'] =
    async () => {
      const { page, wrong, close } = await opened(DESKTOP, `#show=incidents&at=108.3,15.87,11${as('commander')}`);
      await page.waitForSelector('.squares-key li + li');
      const classes = await page.locator('.squares-key .class').allInnerTexts();
      assert.ok(classes.length >= 3 && /^\d/.test(classes[0]) && /^≥/.test(classes.at(-1)), `${classes}`);
      await page.waitForFunction(() => globalThis.binhyen.map.queryRenderedFeatures({ layers: ['incident-density'] }).length > 0);
      await ready(page);
      const square = await drawnSquare(page);
      assert.ok(square.count > 4, `the fullest square holds ${square.count}`);
      await page.mouse.move(square.x, square.y);
      await page.waitForFunction(() => /Bấm để xem/.test(document.getElementById('incident-card').innerText));
      await page.mouse.click(square.x, square.y);
      await page.waitForFunction(
        (count) => document.getElementById('incidents-count')?.innerText === `${count} vụ trong ô`,
        square.count,
      );
      assert.equal(await page.locator('.incident-row').count(), square.count);
      assert.match(await text(page, '#incident-card'), new RegExp(`^${square.count} vụ trong ô 1 km`));
      assert.ok(!page.url().includes('area='), 'a click on a square chose its area');
      await picture(page, 'incidents-square');
      // An incident of the list, then the square, then all in view again.
      await page.locator('.incident-row').first().click();
      await page.waitForFunction(() => /Kênh tiếp nhận/.test(document.getElementById('incident-card').innerText));
      assert.equal(await page.locator('.incident-row').count(), square.count);
      await page.keyboard.press('Escape');
      assert.equal(await page.locator('#incidents-square-close').count(), 1);
      await page.click('#incidents-square-close');
      await page.waitForFunction(() => /vụ có toạ độ/.test(document.getElementById('incidents-count')?.innerText));
      // A group that is left out is counted in no square.
      await page.uncheck('#incident-group-trat_tu');
      await page.waitForFunction(
        ({ id, count }) => {
          const drawn = globalThis.binhyen.map.queryRenderedFeatures({ layers: ['incident-density'] });
          return !drawn.some(({ properties }) => properties.id === id && properties.count === count) && drawn.length > 0;
        },
        square,
        { timeout: 15_000 },
      );
      assert.deepEqual(wrong, []);
      await close();
    };

  tests['commander: squares part into points from close up, and at every step one of both is there'] = async () => {
    const { page, wrong, close } = await opened(DESKTOP, `#show=incidents&at=108.3,15.87,11${as('commander')}`);
    await page.waitForFunction(() => globalThis.binhyen.map?.getLayer('incident-density'));
    await page.waitForFunction(() => globalThis.binhyen.map.queryRenderedFeatures({ layers: ['incident-density'] }).length > 0);
    await ready(page);
    const square = await drawnSquare(page);
    const seen = await page.evaluate(async ({ id }) => {
      const { map } = globalThis.binhyen;
      const found = map.queryRenderedFeatures({ layers: ['incident-density'] }).find(({ properties }) => properties.id === id);
      const { west, south, east, north } = found.properties;
      const middle = [(west + east) / 2, (south + north) / 2];
      const steps = [];
      for (let zoom = 11; zoom <= 14.5; zoom += 0.25) {
        map.jumpTo({ center: middle, zoom });
        map.redraw();
        const [a, b] = [map.project([west, north]), map.project([east, south])];
        const inside = [[Math.max(0, a.x), Math.max(0, a.y)], [b.x, b.y]]; // prettier-ignore
        const squares = map.queryRenderedFeatures(map.project(middle), { layers: ['incident-density'] });
        const points = map.queryRenderedFeatures(inside, { layers: ['incidents', 'incident-cells'] });
        steps.push({ zoom, squares: squares.length, points: points.length });
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
      await new Promise((resolve) => map.once('idle', resolve) && map.triggerRepaint());
      steps.push({ zoom: map.getZoom(), squares: 0, points: map.queryRenderedFeatures({ layers: ['incidents'] }).length });
      return steps;
    }, square);
    assert.deepEqual(
      seen.filter(({ squares, points }) => squares + points === 0),
      [],
    );
    const last = seen.at(-1);
    assert.ok(last.zoom > 14 && last.points > 4, JSON.stringify(last));
    // What is hit there is a point of its own.
    const drawn = await page.evaluate(() => {
      const { map } = globalThis.binhyen;
      const { left, top } = map.getCanvas().getBoundingClientRect();
      const found = map.queryRenderedFeatures({ layers: ['incidents'] }).map(({ geometry }) => map.project(geometry.coordinates));
      return found
        .map(({ x, y }) => ({ x: left + x, y: top + y }))
        .find(({ x, y }) => document.elementFromPoint(x, y) === map.getCanvas());
    });
    await page.mouse.click(drawn.x, drawn.y);
    await page.waitForFunction(() => /Thời điểm/.test(document.getElementById('incident-card').innerText));
    await picture(page, 'incidents-parted');
    assert.deepEqual(wrong, []);
    await close();
  };

  tests['commander: what has no place has a list of its own, with its facts, its order and its file'] = async () => {
    const { page, wrong, close } = await opened(DESKTOP, `#show=incidents&${TOWN}${as('commander')}`);
    await page.waitForSelector('.incident-row');
    await page.check('#incidents-scope-unlocated', { force: true });
    await page.waitForFunction(() => /vụ chưa định vị$/.test(document.getElementById('incidents-count')?.innerText));
    const { edition, window } = await page.evaluate(() => Object.fromEntries(new URLSearchParams(location.hash.slice(1))));
    const meta = await answerTo('commander', 'meta');
    const filter = `edition=${edition ?? meta.default_edition}&window=${window ?? meta.default_window}`;
    const { numberMatched, features } = await answerTo('commander', `incidents?${filter}&located=false&limit=10000`);
    assert.ok(numberMatched > 100 && features.every(({ geometry }) => geometry === null));
    assert.equal(numberIn(await text(page, '#incidents-count')), numberMatched);
    const { totals } = await answerTo('commander', `ratings?${filter}&level=commune`);
    const note = await page.locator('#incidents > p.quiet').allInnerTexts();
    const sensitive = numberIn(note.find((said) => /nhạy cảm/.test(said)) ?? '0');
    assert.equal(numberMatched + sensitive, totals.by_commune + totals.by_wider_area + totals.unplaced);
    const row = page.locator('.incident-row').first();
    await row.click();
    assert.equal(await row.getAttribute('aria-expanded'), 'true');
    assert.match(await text(page, '.incident-facts'), /Kênh tiếp nhận[^]*Mã/);
    assert.equal(await page.isVisible('#incident-card'), false, 'a card stands beside no place');
    assert.equal(await page.locator('.incident-ring').count(), 0);
    await picture(page, 'incidents-unlocated');
    await page.selectOption('#incidents-order', 'severity');
    const shown = await page
      .locator('.incident-row .incident-dot')
      .evaluateAll((dots) => dots.map((dot) => Number(dot.dataset.severity)));
    assert.deepEqual(
      shown,
      [...shown].sort((a, b) => b - a),
    );
    const [file] = await Promise.all([page.waitForEvent('download'), page.click('#incidents-csv')]);
    const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n');
    assert.equal(lines.length - 1, numberMatched);
    assert.match(lines[0], /^\ufeff?edition,id,time,.*,lon,lat,sample$/);
    assert.ok(
      lines.slice(1).every((line) => line.endsWith(',,,true')),
      'a line has a place',
    );
    assert.deepEqual(wrong, []);
    await close();
  };

  tests['commander: a list that the page does not have whole is saved by the server'] = async () => {
    const { page, close } = await opened({ ...DESKTOP, serviceWorkers: 'block' }, `#${TOWN}${as('commander')}`);
    await page.route(/\/incidents\?.*limit=5000/, async (route) => {
      const response = await route.fetch();
      const answer = await response.json();
      await route.fulfill({ response, json: { ...answer, numberMatched: answer.numberMatched + 7000 } });
    });
    await page.check('#overlay-incidents');
    await page.waitForFunction(() =>
      /phóng gần để danh sách nêu đủ/.test(document.getElementById('incidents-count')?.innerText ?? ''),
    );
    const asked = page.waitForRequest((request) => request.url().includes('f=csv'));
    const [file] = await Promise.all([page.waitForEvent('download'), page.click('#incidents-csv')]);
    assert.match((await asked).url(), /bbox=/);
    assert.match(file.suggestedFilename(), /^binhyen-incidents-.*\.csv$/);
    const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n');
    assert.match(lines[0], /^edition,id,time,/);
    assert.ok(lines.length > 10, `${lines.length} lines`);
    await close();
  };

  tests['commander on a phone: the list is a sheet, and the card stands above it'] = async () => {
    const { page, wrong, close } = await opened(PHONE, `#show=incidents&${TOWN}&lang=en${as('commander')}`);
    await page.tap('#incidents-open');
    await page.waitForSelector('.incident-row');
    await page.locator('.incident-row').first().tap();
    await page.waitForFunction(() => /Channel/.test(document.getElementById('incident-card').innerText));
    // The map brings it out from under both.
    await page.waitForFunction(() => !globalThis.binhyen.map.isMoving());
    await page.waitForTimeout(400);
    await page.waitForFunction(() => !globalThis.binhyen.map.isMoving());
    for (const over of ['#incident-card', '#sheet-bar'])
      assert.equal(await overlap(page, over, '.incident-ring'), false, `${over} lies over the chosen incident`);
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
