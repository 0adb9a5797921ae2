/**
 * The addresses and snippets under which a view is shown elsewhere: share page, frame, web component, drawn picture.
 * All start from the fragment that `writeView` gives; nothing here asks the server or knows a role's token.
 */

import { isPublished } from '../../api/published/mark';

/** Stands in front of the component's script where the site it came from was published (`src/export/site/document.rs`). */
declare const binhyenPublished: boolean | undefined;

/** Whether the map that is shared is a published one, which nobody draws pictures for. */
export function isPublishedHome(): boolean {
  return isPublished || (typeof binhyenPublished !== 'undefined' && binhyenPublished);
}

/** What of a view's fragment a drawn picture takes. */
const PICTURE_KEYS = ['edition', 'window', 'from', 'to', 'categories', 'min_severity', 'scheme', 'layer', 'area', 'lang'];
/** What of a view's fragment `<binhyen-map>` takes as attributes. */
export const COMPONENT_KEYS = ['area', 'layer', 'window', 'edition', 'level', 'scheme', 'lang'] as const;

/** Width and height in CSS pixels. */
export interface Size {
  width: number;
  height: number;
}

/** Width and height that the picture route takes. */
const SIDE = { least: 200, most: 2400 };
/** Pictures of nearly the same size are one: many frames on a page then cost the server one drawing. */
const STEP_PX = 40;

function fitted(px: number): number {
  return Math.min(SIDE.most, Math.max(SIDE.least, Math.round(px)));
}

/** The size to ask a picture in for a box of `size`: rounded up, so that text is never enlarged. */
export function pictureSize({ width, height }: Size): Size {
  const stepped = (px: number): number => fitted(Math.ceil(px / STEP_PX) * STEP_PX);
  return { width: stepped(width), height: stepped(height) };
}

/** The query of `/export/svg` or `/export/png` for what `fragment` shows, in the style `theme`. */
export function pictureQuery(fragment: string, size: Size, theme = 'light'): URLSearchParams {
  const wanted = new URLSearchParams(fragment.replace(/^#/, ''));
  const query = new URLSearchParams();
  for (const key of PICTURE_KEYS) {
    const value = wanted.get(key);
    if (value !== null && value !== '') query.set(key, value);
  }
  const level = wanted.get('level');
  if (level !== null && level !== 'auto') query.set('level', level);
  if (theme !== 'light') query.set('theme', theme);
  query.set('width', String(fitted(size.width)));
  query.set('height', String(fitted(size.height)));
  return query;
}

/** The query of `/export/svg` for an image: its letters are outlines, because an image gets no font from the page. */
export function imageQuery(fragment: string, size: Size, theme = 'light'): URLSearchParams {
  const query = pictureQuery(fragment, size, theme);
  query.set('text', 'paths');
  return query;
}

/** `fragment` as the last part of a share page's address: base64url, without padding. */
export function shareId(fragment: string): string {
  const bytes = new TextEncoder().encode(fragment.replace(/^#/, ''));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** The fragment that `shareId` was made from. */
export function fragmentOf(id: string): string {
  const text = atob(id.replaceAll('-', '+').replaceAll('_', '/'));
  return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(text, (letter) => letter.charCodeAt(0)));
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function tag(name: string, attributes: [name: string, value: string][]): string {
  return `<${name}${attributes.map(([key, value]) => ` ${key}="${escaped(value)}"`).join('')}></${name}>`;
}

/** The address of the frame that shows `fragment`. */
export function frameAddress(home: string, fragment: string): string {
  return new URL(`${isPublishedHome() ? 'embed.html' : 'embed'}${fragment}`, home).href;
}

/** A frame as HTML: no script, no inline style, so that the strictest page takes it. */
export function frameSnippet(home: string, fragment: string, title: string, size: { width: string; height: number }): string {
  return tag('iframe', [
    ['src', frameAddress(home, fragment)],
    ['title', title],
    ['width', size.width],
    ['height', String(size.height)],
    ['loading', 'lazy'],
    ['frameborder', '0'],
    ['allow', 'fullscreen'],
  ]);
}

/** The web component as HTML; what the fragment shows beyond its attributes is left to the map's own defaults. */
export function componentSnippet(home: string, fragment: string, height: number): string {
  const wanted = new URLSearchParams(fragment.replace(/^#/, ''));
  const given = COMPONENT_KEYS.flatMap((key): [string, string][] => {
    const value = wanted.get(key);
    return value === null || value === 'auto' ? [] : [[key, value]];
  });
  const script = `<script type="module" src="${escaped(new URL('binhyen-map.js', home).href)}"></script>`;
  return `${script}\n${tag('binhyen-map', [...given, ['height', String(height)]])}`;
}
