import { describe, expect, it } from 'vitest';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { messagesIn } from '../../src/i18n/messages';
import { words as enFirst } from '../../src/i18n/en';
import { words as enLater } from '../../src/i18n/en_later';
import { words as viFirst } from '../../src/i18n/vi';
import { words as viLater } from '../../src/i18n/vi_later';

const [vi, en] = [
  { ...viFirst, ...viLater },
  { ...enFirst, ...enLater },
];

const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort();

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? sources(join(folder, entry.name))
      : entry.name.endsWith('.ts')
        ? [readFileSync(join(folder, entry.name), 'utf8')]
        : [],
  );
}

describe('messages', () => {
  it('exist in both languages', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(vi).sort());
    for (const text of [...Object.values(vi), ...Object.values(en)]) expect(text.trim()).not.toBe('');
  });

  it('stand in one file each, so that none is spoken over', () => {
    const lists = ['vi', 'vi_later'].map((name) => readFileSync(join(import.meta.dirname, `../../src/i18n/${name}.ts`), 'utf8'));
    const files = [...lists.join('\n').matchAll(/'\.\/vi\/([\w/]+)\.json'/g)].map((match) => match[1] ?? '');
    const read = (file: string): string => readFileSync(join(import.meta.dirname, `../../src/i18n/vi/${file}.json`), 'utf8');
    expect(files.length).toBeGreaterThan(5);
    const keys = files.flatMap((file) => Object.keys(JSON.parse(read(file)) as object));
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  it('name the same values in both languages', () => {
    for (const [key, text] of Object.entries(vi))
      expect(placeholders(en[key as keyof typeof en]), key).toEqual(placeholders(text));
  });

  it('are composed Unicode, as the map’s labels are', () => {
    for (const text of [...Object.values(vi), ...Object.values(en)]) expect(text).toBe(text.normalize('NFC'));
  });

  it('never call a place dangerous', () => {
    for (const text of Object.values(vi)) expect(text).not.toMatch(/nguy hiểm/i);
    for (const text of Object.values(en)) expect(text).not.toMatch(/danger|unsafe/i);
  });

  it('are all used', () => {
    const code = sources(join(import.meta.dirname, '../../src')).join('\n');
    const templates = [...code.matchAll(/`(\w+\.[\w.]*\$\{[^}]+\}[\w.]*)`/g)].map(
      (match) => new RegExp(`^${(match[1] ?? '').replaceAll('.', '\\.').replace(/\$\{[^}]+\}/, '[^.]+')}$`),
    );
    const isNamed = (name: string): boolean => code.includes(`'${name}'`) || templates.some((template) => template.test(name));
    const used = (key: string): boolean => [key, key.replace(/\.(one|other|public)$/, '')].some(isNamed);
    expect(Object.keys(vi).filter((key) => !used(key))).toEqual([]);
  });

  it('choose the English singular', () => {
    expect(messagesIn('en').sayCount('legend.total', 1, { n: '1' })).toBe('1 incident in the period');
    expect(messagesIn('en').sayCount('legend.total', 2, { n: '2' })).toBe('2 incidents in the period');
    expect(messagesIn('vi').sayCount('legend.total', 1, { n: '1' })).toBe('1 vụ việc trong kỳ');
  });

  it('fall back to the other language for the server’s own texts', () => {
    expect(messagesIn('en').pick({ vi: 'Trộm cắp' })).toBe('Trộm cắp');
    expect(messagesIn('en').pick(null)).toBe('');
  });
});
