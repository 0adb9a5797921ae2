// Nothing of a commander's data is in the bytes of a public session: every answer is recorded and searched.
import assert from 'node:assert/strict';
import { browser, DESKTOP, HOME, meta, ready, tokens, watched } from './kit/browser.mjs';

const asked = async (path, token) => {
  const answer = await fetch(new URL(path, HOME), token ? { headers: { Authorization: `Bearer ${token}` } } : {});
  assert.equal(answer.status, 200, `${path}: ${answer.status}`);
  return answer.json();
};

/** Ids of incidents and models, which no public answer may name. */
async function secretsOf(token) {
  const bounds = meta.editions.find((edition) => edition.id === meta.default_edition).bounds.join(',');
  const incidents = await asked(`incidents?bbox=${bounds}&from=2025-01-01&to=2025-07-01`, token);
  const models = await asked('models', token);
  const ids = [...incidents.features, ...models.features].map((feature) => String(feature.id ?? feature.properties.id));
  assert.ok(ids.length > 300, `${ids.length} ids known to a commander`);
  return ids.filter((id) => id.length >= 5);
}

/** Codes whose count the public does not get, with the count. */
async function hiddenCounts(token) {
  const address = `ratings?edition=${meta.default_edition}&level=commune&window=${meta.default_window}`;
  const [all, released] = await Promise.all([asked(address, token), asked(address)]);
  const counts = new Map(all.areas.map((row) => [row.code, row.incidents]));
  return released.areas.filter((row) => row.incidents === null).map((row) => [row.code, counts.get(row.code)]);
}

/** Walks through the page as the public would, and keeps the text of every answer. */
async function recordedSession(fragments, extraHTTPHeaders = {}) {
  const context = await browser.newContext({ ...DESKTOP, locale: 'vi-VN', extraHTTPHeaders });
  const page = await context.newPage();
  const wrong = watched(context, page);
  const bodies = [];
  page.on('response', (response) => {
    const body = response.body().then(
      (bytes) => bytes,
      () => Buffer.alloc(0),
    );
    bodies.push({ url: response.url(), headers: response.headers(), body });
  });
  for (const fragment of fragments) {
    await page.goto('about:blank');
    await page.goto(HOME + fragment, { waitUntil: 'domcontentloaded' });
    await ready(page);
    await page.waitForLoadState('networkidle');
  }
  const answers = await Promise.all(bodies.map(async ({ body, ...rest }) => ({ ...rest, body: await body })));
  await context.close();
  return { answers, wrong };
}

export const tests = !tokens.commander
  ? {}
  : {
      async 'nothing of a commander’s data is in the bytes of a public session'() {
        const [ids, hidden] = await Promise.all([secretsOf(tokens.commander), hiddenCounts(tokens.commander)]);
        assert.ok(hidden.length > 0, 'no count is hidden: nothing to look for');
        const [code] = hidden[0];
        const { answers, wrong } = await recordedSession([
          '#show=models,incidents',
          `#area=${code}`,
          '#mode=table',
          `#mode=compare&compare=${code},20341`,
          '#edition=2025-01&level=district&layer=statutory',
          '#from=2025-01-01&to=2025-02-01&categories=trom_cap&min_severity=4&show=incidents&layer=movement',
        ]);
        assert.deepEqual(wrong, []);
        const ours = answers.filter(({ url }) => url.startsWith(HOME) && !/\/assets\//.test(url));
        assert.ok(ours.length > 20, `${ours.length} answers recorded`);
        for (const { url, body } of ours) {
          const text = body.toString('latin1');
          const found = ids.filter((id) => text.includes(id));
          assert.deepEqual(found, [], `${url} names what only commanders see`);
          if (/\/tiles\/[^?]*\/\d+\/\d+\/\d+/.test(url)) assert.ok(!text.includes('incidents\u0012'), `${url} has incidents`);
        }
        const rows = ours
          // A request that was overtaken has no body.
          .filter(
            ({ url, body }) => /\/ratings\?/.test(url) && url.includes(`edition=${meta.default_edition}`) && body.length > 0,
          )
          .flatMap(({ body }) => JSON.parse(body.toString('utf8')).areas);
        assert.ok(rows.length > 0, 'no ratings were recorded');
        // The same search does find them where requests carry a commander's token.
        const leaking = await recordedSession(['#show=models,incidents'], { Authorization: `Bearer ${tokens.commander}` });
        const leaked = leaking.answers.some(({ body }) => ids.some((id) => body.toString('latin1').includes(id)));
        assert.ok(leaked, 'the search would find nothing anyway');
        for (const [area] of hidden)
          for (const row of rows.filter((item) => item.code === area))
            assert.equal(row.incidents, null, `the count of ${area} is in the bytes`);
      },
    };
