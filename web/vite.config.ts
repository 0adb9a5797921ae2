import { defineConfig } from 'vitest/config';

// Relative addresses let the server mount the page under any base path; nothing is inlined, so that the
// content security policy needs neither `data:` scripts nor fonts.
export default defineConfig({
  base: './',
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
