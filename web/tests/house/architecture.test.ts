import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const SOURCE = join(import.meta.dirname, '../../src');
const TESTS = join(import.meta.dirname, '..');
const MOST_LINES = 500;
const MOST_FILES = 15;
/** Which folders a folder may take values from; types alone bind nothing. Entries at the top join everything. */
const DOWNWARD: Record<string, string[]> = {
  api: ['worker'],
  i18n: [],
  view: ['i18n', 'api'],
  map: ['api', 'view'],
  parts: ['api', 'i18n', 'map', 'view'],
  page: ['api', 'i18n', 'map', 'parts', 'view'],
  embed: ['api', 'i18n', 'map', 'page', 'parts', 'view'],
  component: ['embed', 'view'],
  docs: ['embed', 'i18n', 'parts', 'view'],
  worker: [],
};

interface Arrow {
  from: string;
  to: string;
  carries: 'values' | 'types';
}

/** Files made by a generator are read by machines; nobody keeps them short. */
const GENERATED = /[/]generated[/]/;

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** The imports of one file that lead to another of ours; `known` are all of ours. */
function arrowsOf(file: string, text: string, known: ReadonlySet<string>): Arrow[] {
  const written = [...text.matchAll(/(?:import|export)\s+(type\s+)?[^;'"]*?from\s+'(\.[^']+)'/g)];
  const loaded = [...text.matchAll(/import\('(\.[^']+)'\)/g)].map((match) => [match[0], undefined, match[1]] as const);
  return [...written, ...loaded].flatMap(([, type, path]) => {
    const target = [`${path ?? ''}.ts`, path ?? '']
      .map((name) => normalize(join(dirname(file), name)))
      .find((name) => known.has(name));
    return target === undefined ? [] : { from: file, to: target, carries: type ? ('types' as const) : ('values' as const) };
  });
}

function folderOf(file: string): string {
  return file.includes('/') ? (file.split('/')[0] ?? '') : '';
}

/** The folders below `root` that hold more files than anybody reads at a glance. */
function crowded(root: string): string[] {
  const counts = new Map<string, number>();
  for (const path of filesIn(root)) counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1);
  return [...counts].filter(([, count]) => count > MOST_FILES).map(([folder, count]) => `${relative(root, folder)}: ${count}`);
}

function linesOf(path: string): number {
  return readFileSync(path, 'utf8').split('\n').length - 1;
}

/** The exports of a file that no comment of their own stands above. */
function bareExports(text: string, file: string): string[] {
  const lines = text.split('\n');
  const isExport = (line: string): boolean => /^export (async )?(function|class|interface|type|const|let)\b(?! \{)/.test(line);
  return lines.filter((line, index) => isExport(line) && !lines[index - 1]?.endsWith('*/')).map((line) => `${file}: ${line}`);
}

function isUpward({ from, to, carries }: Arrow): boolean {
  const [folder, other] = [folderOf(from), folderOf(to)];
  return carries === 'values' && folder !== '' && folder !== other && !DOWNWARD[folder]?.includes(other);
}

/** A file from which the arrows lead back to itself. */
function circle(arrows: Arrow[]): string | null {
  const state = new Map<string, 'open' | 'done'>();
  const visit = (file: string): string | null => {
    if (state.get(file) === 'done') return null;
    if (state.get(file) === 'open') return file;
    state.set(file, 'open');
    for (const { to } of arrows.filter(({ from }) => from === file)) {
      const found = visit(to);
      if (found !== null) return found;
    }
    state.set(file, 'done');
    return null;
  };
  for (const { from } of arrows) {
    const found = visit(from);
    if (found !== null) return found;
  }
  return null;
}

const files = filesIn(SOURCE).map((path) => relative(SOURCE, path));
const known = new Set(files);
const arrows = files
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) => arrowsOf(file, readFileSync(join(SOURCE, file), 'utf8'), known));

describe('the house of the page', () => {
  it('has arrows that point downward only', () => {
    expect(arrows.length).toBeGreaterThan(300);
    expect(arrows.filter(isUpward)).toEqual([]);
  });

  it('has no circle of files', () => {
    expect(circle(arrows)).toBeNull();
  });

  it('has no file past 500 lines', () => {
    const long = [...filesIn(SOURCE), ...filesIn(TESTS)].filter(
      (path) => /\.(ts|mjs|css)$/.test(path) && !GENERATED.test(path) && linesOf(path) > MOST_LINES,
    );
    expect(long).toEqual([]);
  });

  it('has no folder past 15 files', () => {
    expect(crowded(SOURCE)).toEqual([]);
    expect(crowded(TESTS)).toEqual([]);
  });

  it('has a sentence on every export', () => {
    const bare = files
      .filter((file) => file.endsWith('.ts') && !GENERATED.test(file))
      .flatMap((file) => bareExports(readFileSync(join(SOURCE, file), 'utf8'), file));
    expect(bare).toEqual([]);
    expect(bareExports('export const a = 1;\n/** Said. */\nexport const b = 2;', 'x.ts')).toEqual(['x.ts: export const a = 1;']);
  });

  it('would be seen to break its rules', () => {
    const ours = new Set(['parts/a.ts', 'page/b.ts']);
    const [up] = arrowsOf('parts/a.ts', "import { b } from '../page/b';", ours);
    const [type] = arrowsOf('parts/a.ts', "import type { B } from '../page/b';", ours);
    const [late] = arrowsOf('parts/a.ts', "await import('../page/b')", ours);
    expect([up, type, late].map((arrow) => arrow && isUpward(arrow))).toEqual([true, false, true]);
    const [down] = arrowsOf('page/b.ts', "import { a } from '../parts/a';", ours);
    expect(circle([up, down].filter((arrow) => arrow !== undefined))).toBe('parts/a.ts');
    expect(circle([])).toBeNull();
  });
});
