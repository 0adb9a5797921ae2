// What a printed page holds, read from the bytes of Chromium's PDF: how many pages, and which words, through the tables
// that lead from the glyphs of each font to letters. Enough for these files, no reader of PDF in general.
import { inflateSync } from 'node:zlib';

/** The objects of the file by number, each as its text with its stream unpacked. */
function objectsOf(pdf) {
  const file = pdf.toString('latin1');
  const found = new Map();
  for (const match of file.matchAll(/(\d+) 0 obj\s/g)) {
    const begin = match.index + match[0].length;
    const head = file.slice(begin, file.indexOf('endobj', begin));
    const stream = /stream\r?\n/.exec(head);
    const length = /\/Length (\d+)/.exec(head);
    if (!stream || !length) found.set(match[1], { head, body: '' });
    else {
      const start = begin + stream.index + stream[0].length;
      const bytes = pdf.subarray(start, start + Number(length[1]));
      const body = head.includes('/FlateDecode') && !head.includes('/Image') ? inflateSync(bytes).toString('latin1') : '';
      found.set(match[1], { head: head.slice(0, stream.index), body });
    }
  }
  return found;
}

/** Letters written as UTF-16 in hexadecimal digits. */
const lettersAt = (hex) => String.fromCharCode(...(hex.match(/.{4}/g) ?? []).map((unit) => parseInt(unit, 16)));

/** From the glyphs of a font to letters. */
function lettersOf(table) {
  const letters = new Map();
  for (const [, block] of table.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, glyph, text] of block.matchAll(/<(\w{4})>\s*<(\w+)>/g)) letters.set(parseInt(glyph, 16), lettersAt(text));
  for (const [, block] of table.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, first, last, text] of block.matchAll(/<(\w{4})>\s*<(\w{4})>\s*<(\w+)>/g)) {
      const [from, to] = [parseInt(first, 16), parseInt(last, 16)];
      for (let glyph = from; glyph <= to; glyph += 1) letters.set(glyph, String.fromCodePoint(parseInt(text, 16) + glyph - from));
    }
  return letters;
}

/** How many pages a PDF has. */
export function pagesOf(pdf) {
  return [...objectsOf(pdf).values()].filter(({ head }) => /\/Type\s*\/Page\b/.test(head)).length;
}

/** All letters of a PDF in the order in which they are drawn, without spaces: where words part is a matter of places. */
export function lettersIn(pdf) {
  const objects = objectsOf(pdf);
  const fonts = new Map();
  for (const { head } of objects.values())
    for (const [, name, number] of head.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const table = /\/ToUnicode (\d+) 0 R/.exec(objects.get(number)?.head ?? '')?.[1];
      if (table) fonts.set(name, lettersOf(objects.get(table)?.body ?? ''));
    }
  let text = '';
  for (const { body } of objects.values()) {
    let letters = new Map();
    for (const [, name, hex] of body.matchAll(/\/(F\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)>(?=[^<>]*T[jJ])/g)) {
      if (name) letters = fonts.get(name) ?? new Map();
      else for (const glyph of hex.match(/.{4}/g) ?? []) text += letters.get(parseInt(glyph, 16)) ?? '';
    }
  }
  return text.replace(/\s/g, '').normalize('NFC');
}
