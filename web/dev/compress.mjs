/**
 * Puts the gzip and the brotli of every file of text of the built page beside it; the server sends them as they are:
 *   node dev/compress.mjs
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const BUILT = fileURLToPath(new URL('../dist', import.meta.url));
const TEXT = /\.(html|js|css|json|svg|webmanifest)$/;
const GZIP = { level: constants.Z_BEST_COMPRESSION };

/** The files below a folder; what begins with a point is of the build and not of the page. */
function filesBelow(folder) {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !name.startsWith('.'));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

function brotli(bytes) {
  const params = {
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return brotliCompressSync(bytes, { params });
}

for (const path of filesBelow(BUILT).filter((name) => TEXT.test(name))) {
  const bytes = readFileSync(path);
  writeFileSync(`${path}.gz`, gzipSync(bytes, GZIP));
  writeFileSync(`${path}.br`, brotli(bytes));
}
