/** Words that come later must not be spoken by what is there from the start. */

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { expect, it } from 'vitest';
import { words } from '../../src/i18n/vi_later';

const SOURCE = join(import.meta.dirname, '../../src');
const files = new Map(
  readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => [relative(SOURCE, join(SOURCE, name)), readFileSync(join(SOURCE, name), 'utf8')]),
);

function targets(file: string, pattern: RegExp): string[] {
  const named = [...(files.get(file) ?? '').matchAll(pattern)].map((match) => `${match[1] ?? ''}.ts`);
  return named.map((path) => normalize(join(dirname(file), path))).filter((path) => files.has(path));
}
const imported = (file: string): string[] => targets(file, /(?:import|export)\s+(?!type\b)[^;'"]*?from\s+'(\.[^']+)'/g);
const loadedWithWords = (file: string): string[] => targets(file, /(?:withWords\(|later<\w+>\(\(\) => )import\('(\.[^']+)'\)/g);
const loaded = (file: string): string[] => targets(file, /import\('(\.[^']+)'\)/g);

/** The files that run before anybody has loaded the later words. */
function runningFirst(): Set<string> {
  const later = new Set([...files.keys()].filter((file) => !file.startsWith('i18n/')).flatMap(loadedWithWords));
  const reached = new Set<string>();
  const waiting = [...files.keys()].filter((file) => !file.includes('/'));
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (reached.has(file) || later.has(file)) continue;
    reached.add(file);
    waiting.push(...imported(file), ...loaded(file));
  }
  return reached;
}

it('no part of the first map speaks a word that comes later', () => {
  const first = [...runningFirst()].filter((file) => !file.startsWith('i18n/'));
  expect(first.length).toBeGreaterThan(80);
  // What both the first and the later parts use may hold texts that only the later ones ask for.
  const shared = /^view\/text\/(why|why_chain)\.ts$/;
  const spoken = first
    .filter((file) => !shared.test(file))
    .flatMap((file) => {
      const text = files.get(file) ?? '';
      const templates = [...text.matchAll(/`(\w+\.[\w.]*)\$\{[^}]+\}/g)].map((match) => match[1] ?? '');
      return Object.keys(words)
        .filter((key) => text.includes(`'${key}'`) || templates.some((start) => key.startsWith(start)))
        .map((key) => `${file}: ${key}`);
    });
  expect(spoken).toEqual([]);
});
