import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { shellOf, type Manifest } from './dev/shell.ts';

// Relative addresses let the server mount the page under any base path; nothing is inlined, so that the
// content security policy needs neither `data:` scripts nor fonts.
/** A running server, so that the page can be worked on without building it into the program. */
const SERVER = process.env['BINHYEN_URL'];
const ROUTES = [
  'areas',
  'certifications',
  'clusters',
  'comparison',
  'disagreements',
  'export',
  'gazetteer',
  'incidents',
  'meta',
  'models',
];
const OPERATION = ['desk', 'events', 'imports', 'tokens', 'reports', 'hooks', 'situation', 'alerts'];
const MORE_ROUTES = [
  'methods',
  'oembed',
  'problems',
  'ratings',
  'series',
  'share',
  'sign-in',
  'styles',
  'tiles',
  'version',
  ...OPERATION,
];
const proxy = Object.fromEntries([...ROUTES, ...MORE_ROUTES].map((route) => [`^/${route}([/?]|$)`, { target: SERVER ?? '' }]));

/** What every document stands on: asking the server, the view of an address, elements. */
const BASE =
  /vite\/preload-helper|src\/(api\/(client|token|published\/mark)|worker\/rules|view\/(view|kinds|scheme|wall\/wall|time\/time)|parts\/elements\/dom)\b/;

/** What is drawn with, and what the parts that a frame has too are drawn from; a frame's poster needs none of it. */
const SHARED =
  /node_modules\/(@preact|preact)\/|src\/(parts\/(legend\/|scene|map\/(tools|map_content)|elements\/(element|fold|section|screen))|map\/(ability|expression|letters|map_style|incidents\/density|patterns|classes|framing|following|incident_hits|lettering)|view\/(basis|find\/(anchors|names)|text\/(sentence|values|attributes))|i18n\/(catalogue|fold|messages|numbers)\.|parts\/incidents\/shared\.|api\/(answers|gazetteer)|page\/(insets|state))/;

/** What the first view draws and a part that comes later needs too. */
const PAGE =
  /src\/(api\/(download|live\/changes|roles\/situation)|view\/(compare\/compared|incidents\/records|time\/(days|series)|text\/(changes|why))\.|parts\/(clusters|controls\/(choices|day_field)|elements\/(idle|later)|incidents\/dots|keyboard\/keys|moderation\/pins|news\/shared|panel\/(area_button|certification|changes|clusters|links|province|published_tables|shown)|print\/printing|sheet\/\w+|quadrant\/(brushed|quadrant_part)|time\/course)\.)/;

/** The three documents: the page, the page for frames, and the page for portal makers. */
const pages: ViteUserConfig = {
  base: './',
  ...(SERVER && { server: { proxy }, preview: { proxy } }),
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1600,
    manifest: true,
    rollupOptions: {
      input: ['index.html', 'embed.html', 'docs.html'],
      output: {
        // What documents share, in a few files: apart, each piece costs a request and compresses worse.
        codeSplitting: {
          groups: [
            { name: 'base', test: BASE },
            { name: 'scene', test: SHARED },
            { name: 'page', test: PAGE },
          ],
          includeDependenciesRecursively: false,
        },
        // Servers know `.js`; `.mjs` (MapLibre's worker) they often serve as a download.
        assetFileNames: ({ names }) => (names[0]?.endsWith('.mjs') ? 'assets/[name]-[hash].js' : 'assets/[name]-[hash][extname]'),
      },
    },
  },
  test: { include: ['tests/**/*.test.ts'], setupFiles: ['tests/setup.ts'] },
};

/** A script under a name of its own, without a hash and without imports, beside what was built before it. */
function script(entry: string, name: string): ViteUserConfig {
  return {
    base: './',
    publicDir: false,
    build: {
      target: 'es2022',
      emptyOutDir: false,
      modulePreload: false,
      rollupOptions: { input: entry, output: { entryFileNames: name, codeSplitting: false } },
    },
  };
}

/** The service worker knows the files of the page's shell, and with them which build it belongs to. */
function worker(): ViteUserConfig {
  const shell = shellOf(JSON.parse(readFileSync('dist/.vite/manifest.json', 'utf8')) as Manifest);
  const hash = createHash('sha256').update(shell.join()).update(readFileSync('dist/index.html')).digest('hex');
  return {
    ...script('src/worker/sw.ts', 'sw.js'),
    define: { SHELL: JSON.stringify(shell), BUILD: JSON.stringify(hash.slice(0, 12)) },
  };
}

// `vite build`, then `--mode component` and `--mode worker`: `npm run build` runs them in this order.
export default defineConfig(({ mode }) => {
  if (mode === 'component') return script('src/component/binhyen_map.ts', 'binhyen-map.js');
  return mode === 'worker' ? worker() : pages;
});
