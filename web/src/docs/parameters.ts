/** The table of what can be asked of a frame, a component or a picture, its values taken from the server. */

import type { Meta } from '../api/types';
import { node } from '../parts/elements/dom';
import { THEMES } from '../view/view';
import type { DocsKey, Say } from './words';

function released(meta: Meta): string[] {
  return meta.windows.filter((window) => window.released !== false && window.covered !== null).map((window) => window.id);
}

function rows(meta: Meta, say: Say): [name: string, values: string, meaning: DocsKey][] {
  const levels = [...new Set(meta.editions.flatMap((edition) => edition.levels))];
  return [
    ['edition', meta.editions.map((edition) => edition.id).join(', '), 'parameter.edition'],
    ['window', released(meta).join(', '), 'parameter.window'],
    ['level', levels.join(', '), 'parameter.level'],
    // Frames show what the public sees, and clusters are for those with a role.
    ['layer', THEMES.filter((theme) => theme !== 'clusters').join(', '), 'parameter.layer'],
    ['scheme', (meta.schemes ?? []).map((scheme) => scheme.id).join(', '), 'parameter.scheme'],
    ['area', say('parameter.code'), 'parameter.area'],
    ['lang', 'vi, en', 'parameter.lang'],
    ['theme', 'light, dark, auto', 'parameter.theme'],
    ['interactive', '1', 'parameter.interactive'],
    ['height', 'px', 'parameter.height'],
  ];
}

/** The parameters with the values that this server takes, as a table. */
export function parameterTable(meta: Meta, say: Say): HTMLElement {
  const heads = (['parameters.name', 'parameters.values', 'parameters.meaning'] as const).map((key) =>
    node('th', { scope: 'col' }, say(key)),
  );
  const body = rows(meta, say).map(([name, values, meaning]) =>
    node('tr', {}, node('th', { scope: 'row' }, node('code', {}, name)), node('td', {}, values), node('td', {}, say(meaning))),
  );
  const table = node('table', {}, node('thead', {}, node('tr', {}, ...heads)), node('tbody', {}, ...body));
  return node('div', { class: 'wide', tabindex: 0, role: 'group', 'aria-label': say('parameters') }, table);
}
