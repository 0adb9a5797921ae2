// Lighthouse on the page, the embed and the page for portal makers:  BINHYEN_URL=http://127.0.0.1:8080/ npm run test:lighthouse
// Prints a table of scores; exit code 1 when accessibility or best practices of a page lie below 95.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import lighthouse, { desktopConfig } from 'lighthouse';
import { FLAGS } from './journeys/kit/flags.mjs';

const HOME = new URL(process.env.BINHYEN_URL ?? 'http://127.0.0.1:8080/').href;
const LEAST = 95;
const HELD = ['accessibility', 'best-practices'];
const TOLD = ['performance', 'seo'];
const PAGES = [
  ['page, desktop', '#lang=vi', desktopConfig],
  ['page, phone', '#lang=vi&mode=table', undefined],
  ['page, English', '#lang=en', desktopConfig],
  ['embed', 'embed#lang=vi', undefined],
  ['docs', 'docs', undefined],
];

async function freePort() {
  const { createServer } = await import('node:net');
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function scoresOf(path, config, port) {
  const flags = { port, output: 'json', logLevel: 'error', onlyCategories: [...HELD, ...TOLD] };
  const { lhr } = await lighthouse(HOME + path, flags, config);
  const scores = Object.fromEntries(
    Object.entries(lhr.categories).map(([id, { score }]) => [id, Math.round((score ?? 0) * 100)]),
  );
  const failed = HELD.flatMap((id) => lhr.categories[id].auditRefs)
    .map(({ id }) => lhr.audits[id])
    .filter((audit) => audit.score !== null && audit.score < 1 && audit.scoreDisplayMode !== 'informative')
    .map((audit) => `${audit.id}: ${audit.title}`);
  return { scores, failed, firstPaintMs: Math.round(lhr.audits['first-contentful-paint']?.numericValue ?? 0) };
}

const profile = mkdtempSync(join(tmpdir(), 'binhyen-lighthouse-'));
const port = await freePort();
const context = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [...FLAGS, `--remote-debugging-port=${port}`],
});
let missed = 0;
try {
  console.log(`${'page'.padEnd(16)} ${[...HELD, ...TOLD].map((id) => id.padStart(15)).join('')}  first paint`);
  for (const [name, path, config] of PAGES) {
    const { scores, failed, firstPaintMs } = await scoresOf(path, config, port);
    const told = [...HELD, ...TOLD].map((id) => String(scores[id]).padStart(15)).join('');
    console.log(`${name.padEnd(16)} ${told}  ${firstPaintMs} ms`);
    for (const line of failed) console.log(`    ${line}`);
    if (HELD.some((id) => scores[id] < LEAST)) missed += 1;
  }
} finally {
  await context.close();
  rmSync(profile, { recursive: true, force: true });
}
console.log(missed === 0 ? `all at least ${LEAST} where held` : `${missed} pages below ${LEAST}`);
process.exit(missed > 0 ? 1 : 0);
