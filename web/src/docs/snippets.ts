/**
 * The snippets of the page for portal makers: each text stands here once, is shown, and is what the page itself (for the
 * functions) and the tests (for the whole snippet on another origin) run.
 */

import { componentSnippet, frameSnippet } from '../view/share/sharing';

/** The snippets by the id of their chapter. */
export type SnippetId = 'frame' | 'framing' | 'height' | 'component' | 'oembed' | 'tiles' | 'geojson' | 'csv' | 'png' | 'policy';
/** The snippets whose function this page runs in a box of its own. */
export type Runnable = 'oembed' | 'tiles' | 'geojson';

type Example = Record<string, (...given: unknown[]) => unknown>;

const TEXTS = import.meta.glob<string>('./examples/*.js', { query: '?raw', import: 'default', eager: true });
const MODULES = import.meta.glob<Example>('./examples/*.js');

const FILES: Record<Runnable | 'height', { file: string; name: string }> = {
  height: { file: './examples/follow_height.js', name: 'followHeight' },
  oembed: { file: './examples/show_oembed.js', name: 'showOembed' },
  tiles: { file: './examples/draw_grades.js', name: 'drawGrades' },
  geojson: { file: './examples/list_areas.js', name: 'listAreas' },
};

/** The function of an example, to be run here. */
export async function exampleOf(id: Runnable): Promise<(...given: unknown[]) => unknown> {
  const { file, name } = FILES[id];
  const example = (await MODULES[file]?.())?.[name];
  if (!example) throw new Error(`no example ${name}`);
  return example;
}

/** The example as a script of somebody else's page: its function, and the call. */
function script(id: keyof typeof FILES, call: string, ...imports: string[]): string {
  const text = (TEXTS[FILES[id].file] ?? '').replace('export ', '').trimEnd();
  return ['<script type="module">', ...imports, text, call, '</script>'].join('\n');
}

const GRADES = '#layer=grade';

/** What a page's policy must allow for the frame, the component and the picture. */
export function policyFor(home: string): string {
  const { origin } = new URL(home);
  return `Content-Security-Policy: frame-src ${origin}; script-src ${origin}; img-src ${origin}; connect-src ${origin}`;
}

/** Every snippet for a map that lives at `home`. */
export function snippets(home: string, title: string): Record<SnippetId, string> {
  return {
    frame: frameSnippet(home, GRADES, title, { width: '100%', height: 560 }),
    framing: `frame_ancestors = ["'self'", "https://portal.example"]`,
    height: script('height', `followHeight('${home}', document.querySelector('iframe'));`),
    component: componentSnippet(home, GRADES, 480),
    oembed: `<pre id="oembed"></pre>\n${script('oembed', `await showOembed('${home}', document.getElementById('oembed'));`)}`,
    tiles: [
      '<link rel="stylesheet" href="maplibre-gl.css">',
      '<div id="grades" style="height: 400px"></div>',
      script(
        'tiles',
        `drawGrades(maplibregl, '${home}', document.getElementById('grades'));`,
        "import * as maplibregl from './maplibre-gl.mjs';",
      ),
    ].join('\n'),
    geojson: `<p id="areas"></p>\n${script('geojson', `await listAreas('${home}', document.getElementById('areas'));`)}`,
    csv: `<a href="${home}ratings?level=commune&amp;f=csv">CSV</a>`,
    png: `<img src="${home}export/png?layer=grade&amp;width=800&amp;height=600" width="800" height="600" alt="${title}">`,
    policy: policyFor(home),
  };
}
