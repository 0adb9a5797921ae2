import { defineConfig } from 'vitest/config';

// Relative addresses let the server mount the page under any base path; nothing is inlined, so that the
// content security policy needs neither `data:` scripts nor fonts.
/** A running server, so that the page can be worked on without building it into the program. */
const SERVER = process.env['BINHYEN_URL'];
const ROUTES = ['areas', 'certifications', 'comparison', 'disagreements', 'export', 'gazetteer', 'incidents', 'meta', 'models'];
const MORE_ROUTES = ['oembed', 'problems', 'ratings', 'series', 'share', 'styles', 'tiles', 'version'];
const proxy = Object.fromEntries([...ROUTES, ...MORE_ROUTES].map((route) => [`^/${route}([/?]|$)`, { target: SERVER ?? '' }]));

export default defineConfig({
  base: './',
  ...(SERVER && { server: { proxy }, preview: { proxy } }),
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1600,
    rollupOptions: {
      output: {
        // Servers know `.js`; `.mjs` (MapLibre's worker) they often serve as a download.
        assetFileNames: ({ names }) => (names[0]?.endsWith('.mjs') ? 'assets/[name]-[hash].js' : 'assets/[name]-[hash][extname]'),
      },
    },
  },
  test: { include: ['tests/**/*.test.ts'] },
});
