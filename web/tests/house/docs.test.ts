import { describe, expect, it } from 'vitest';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import enDocs from '../../src/i18n/en/docs.json';
import viDocs from '../../src/i18n/vi/docs.json';
import enEmbed from '../../src/i18n/en/embed.json';
import viEmbed from '../../src/i18n/vi/embed.json';
import { exampleOf, policyFor, snippets } from '../../src/docs/snippets';
import { messagesIn } from '../../src/i18n/messages';
import { THEMES } from '../../src/view/view';
import { readFrameOptions } from '../../src/embed/options';
import { stageHeight } from '../../src/embed/height';

const HOME = 'https://map.example/an-toan/';

function code(...folders: string[]): string {
  return folders
    .flatMap((folder) =>
      readdirSync(join(import.meta.dirname, '../../src', folder)).map((file) => join('../../src', folder, file)),
    )
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))
    .join('\n');
}

describe('the words of frames and of the page for portal makers', () => {
  for (const [name, vi, en] of [
    ['docs', viDocs, enDocs],
    ['embed', viEmbed, enEmbed],
  ] as const) {
    it(`of ${name} exist in both languages, composed, and never call a place dangerous`, () => {
      expect(Object.keys(en).sort()).toEqual(Object.keys(vi).sort());
      for (const text of [...Object.values(vi), ...Object.values(en)]) {
        expect(text.trim()).not.toBe('');
        expect(text).toBe(text.normalize('NFC'));
        expect(text).not.toMatch(/nguy hiểm|danger|unsafe(?!-inline)/i);
      }
    });
  }

  it('call each layer what the page calls it', () => {
    for (const theme of THEMES) {
      expect(viEmbed[`layer.${theme}`], theme).toBe(messagesIn('vi').say(`layer.${theme}`));
      expect(enEmbed[`layer.${theme}`], theme).toBe(messagesIn('en').say(`layer.${theme}`));
    }
  });

  it('are all used', () => {
    const used = code('docs', 'embed', 'component', '.');
    const isUsed = (key: string): boolean =>
      used.includes(`'${key}'`) || (key.endsWith('.text') && used.includes('`${id}.text`')) || key.startsWith('layer.');
    expect([...Object.keys(viDocs), ...Object.keys(viEmbed)].filter((key) => !isUsed(key))).toEqual([]);
  });
});

describe('the snippets', () => {
  const texts = snippets(HOME, 'Bản đồ "an toàn"');

  it('name the setting that decides who may frame the map, as the help of the server does', () => {
    expect(texts.framing).toBe(`frame_ancestors = ["'self'", "https://portal.example"]`);
    for (const words of [viDocs, enDocs])
      for (const name of ['frame_ancestors', 'BINHYEN_FRAME_ANCESTORS', `"'self'"`, '"*"'])
        expect(words['framing.text']).toContain(name);
  });

  it('name the map’s own address and no other', () => {
    for (const [id, text] of Object.entries(texts))
      for (const [, host] of text.matchAll(/https?:\/\/([^/'"`\s;]+)/g))
        // The operator names the site that asks for a frame.
        expect(host, id).toBe(id === 'framing' ? 'portal.example' : 'map.example');
  });

  it('show the very function that the page runs', async () => {
    for (const id of ['oembed', 'tiles', 'geojson'] as const) {
      const example = await exampleOf(id);
      expect(texts[id]).toContain(`function ${example.name}(`);
      expect(texts[id]).not.toContain('export ');
    }
  });

  it('say a policy without exceptions', () => {
    expect(policyFor(HOME)).toContain('frame-src https://map.example;');
    expect(policyFor(HOME)).not.toMatch(/unsafe|\*/);
  });
});

describe('the wish of a frame', () => {
  it('waits with a picture in Vietnamese on a light ground unless told otherwise', () => {
    expect(readFrameOptions('', 'dark')).toEqual({ fragment: '#', lang: 'vi', layer: null, scheme: 'light', start: 'poster' });
  });

  it('asks for nothing that only a role may see', () => {
    expect(
      readFrameOptions('#from=2024-01-01&to=2024-07-01&categories=chay&min_severity=3&window=3N-2025', 'light').fragment,
    ).toBe('#window=3N-2025');
  });

  it('takes its own keys out of the view and lets no token through', () => {
    const wish = readFrameOptions('#layer=rate&area=20341&lang=en&theme=auto&interactive=1&mode=table&token=secret', 'dark');
    expect(wish).toEqual({ fragment: '#layer=rate&area=20341&lang=en', lang: 'en', layer: 'rate', scheme: 'dark', start: 'map' });
  });
});

describe('the height of a frame’s map', () => {
  it('follows the width within what can be read', () => {
    expect([100, 500, 2000].map(stageHeight)).toEqual([260, 360, 600]);
  });

  it('stands upright on a phone, where the fan has its room below the areas', () => {
    expect([200, 300, 360, 479, 480].map(stageHeight)).toEqual([260, 345, 414, 414, 346]);
  });
});
