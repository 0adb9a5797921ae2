// The main views look as they were last approved. `BINHYEN_APPROVE=1 npm run test:browser -- snapshots.mjs` writes the pictures
// anew: look at them before they are committed. What differs is left in test-results/ beside a picture of where.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { PNG } from 'pngjs';
import { RESULTS } from './kit/browser.mjs';
import { difference, shrunk, written } from './kit/likeness.mjs';
import { fileOf, nameOf, pathIn, seen, VIEWS } from './kit/views.mjs';

const APPROVED = new URL('../snapshots/', import.meta.url).pathname;
const SMALLER = 2;
/** A change of a word stays below, a part that is missing or moved lies above. */
const MOST_DIFFERENT = 0.02;
const approves = process.env.BINHYEN_APPROVE === '1';

async function matchesApproved(view, screen) {
  const name = nameOf(view, screen);
  const approved = pathIn(APPROVED, fileOf(view, screen));
  const by = screen.screen === 'phone' ? SMALLER * 2 : SMALLER;
  const { seen: bytes, wrong } = await seen(view, screen, (page) => page.screenshot());
  assert.deepEqual(wrong, []);
  const now = shrunk(bytes, by);
  if (approves) {
    mkdirSync(dirname(approved), { recursive: true });
    return writeFileSync(approved, written(now));
  }
  assert.ok(existsSync(approved), `no approved picture ${name}`);
  const { share, where } = difference(PNG.sync.read(readFileSync(approved)), now);
  if (share <= MOST_DIFFERENT) return;
  writeFileSync(pathIn(RESULTS, `look-${name}`), written(now));
  if (where) writeFileSync(pathIn(RESULTS, `look-${name}-where`), written(where));
  assert.fail(`${name} differs from the approved picture in ${(100 * share).toFixed(1)} % of its pixels`);
}

export const tests = Object.fromEntries(
  VIEWS.flatMap((view) =>
    view.screens.map((screen) => [`looks as approved: ${nameOf(view, screen)}`, () => matchesApproved(view, screen)]),
  ),
);
