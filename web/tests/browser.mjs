// Drives the page in Chromium against a running server:  BINHYEN_URL=http://127.0.0.1:8080/ npm run test:browser -- [words…]
// Runs every test of tests/journeys whose file or name holds one of the words. Optional: BINHYEN_PLANNER_TOKEN,
// BINHYEN_COMMANDER_TOKEN, CHROMIUM (path), BINHYEN_JOBS (journeys at a time; as many as there are cores by default),
// BINHYEN_JOURNEYS=core (those of every change alone, as `make test` asks; `make journeys` drives all).
// Prints "N passed, N failed"; exit code 1 when anything failed.
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { browser } from './journeys/kit/browser.mjs';

const words = process.argv.slice(2);
/** What every change is held to: each role's way through the page, what it says, keeps secret and sends. */
const CORE = [
  'commander.mjs',
  'embed.mjs',
  'offline.mjs',
  'page.mjs',
  'reports/citizen.mjs',
  'reports/operator.mjs',
  'roles/sign_in.mjs',
  'roles/situation.mjs',
  'secrecy.mjs',
  'snapshots.mjs looks as approved: area',
  'snapshots.mjs looks as approved: compare',
  'snapshots.mjs looks as approved: map',
  'state/live.mjs much at once',
  'state/live.mjs on a phone',
  'state/truth.mjs',
  'table.mjs',
];
const folder = new URL('./journeys/', import.meta.url);
const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.mjs') && !name.startsWith('kit'));
const all = [];
for (const file of files.sort()) {
  const { tests } = await import(new URL(file, folder).href);
  for (const [name, run] of Object.entries(tests)) all.push({ file, name, run });
}
const isOf = (list, { file, name }) => list.length === 0 || list.some((word) => `${file} ${name}`.includes(word));
const core = process.env.BINHYEN_JOURNEYS === 'core' ? CORE : [];
const chosen = all.filter((journey) => isOf(words, journey) && isOf(core, journey));

const shown = (error) => String(error.stack ?? error).replaceAll('\n', '\n        ');

/** Runs a journey; a second time where the first failed, because a busy machine can be late. Both are reported. */
async function outcome({ file, name, run }) {
  for (const attempt of ['first', 'second']) {
    const began = Date.now();
    try {
      await run();
      console.log(`ok      ${file}: ${name} (${Date.now() - began} ms${attempt === 'first' ? '' : ', at the second try'})`);
      return 'passed';
    } catch (error) {
      console.log(`${attempt === 'first' ? 'AGAIN ' : 'FAILED'}  ${file}: ${name}\n        ${shown(error)}`);
      // What it left open would go on drawing beside the next.
      if (atOnce === 1) await closeAll();
    }
  }
  return 'failed';
}

/** Journeys that measure time, cut lines or write run alone, after the others. */
const ALONE = [
  'offline.mjs',
  'reports/citizen.mjs',
  'reports/operator.mjs',
  'roles/desk.mjs',
  'roles/situation.mjs',
  'state/live.mjs',
  'time.mjs',
];
const jobs = Math.max(1, Number(process.env.BINHYEN_JOBS) || availableParallelism());

/** How many run at the same time now. */
let atOnce = jobs;
const closeAll = () => Promise.all(browser.contexts().map((context) => context.close()));

let [passed, failed] = [0, 0];
async function worker(queue) {
  for (let journey = queue.shift(); journey; journey = queue.shift()) {
    if ((await outcome(journey)) === 'passed') passed += 1;
    else failed += 1;
  }
}
const together = chosen.filter(({ file }) => !ALONE.includes(file));
await Promise.all(Array.from({ length: jobs }, () => worker(together)));
// What a failed one left open would go on drawing beside those that run alone.
await closeAll();
atOnce = 1;
await worker(chosen.filter(({ file }) => ALONE.includes(file)));
await browser.close();
const left = all.length - chosen.length;
console.log(`${passed} passed, ${failed} failed${left > 0 ? `, ${left} not driven (make journeys drives all)` : ''}`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
