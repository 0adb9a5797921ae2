// The plainest web server there is: files below a folder, with ranges, and nothing else. No type that it does not know by
// the ending, no compression, no page for what is missing. Scripts alone may be loaded by other sites, as the web component
// needs it.
import { once } from 'node:events';
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const MEDIA = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
};

/** The part of a file of `size` bytes that a `Range` header asks for. */
function partOf(header, size) {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === undefined || (from === '' && to === '')) return null;
  if (from === '') return { start: Math.max(0, size - Number(to)), end: size - 1 };
  return { start: Number(from), end: to === '' ? size - 1 : Math.min(Number(to), size - 1) };
}

/** Serves `folder` below `prefix` (`/a/b/`) on a port of its own; gives its address, what was asked for and is not there, and how to end it. */
export async function fileServer(folder, prefix = '/') {
  const missing = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url.split('?')[0]);
    const inside = path.startsWith(prefix) ? normalize(path.slice(prefix.length) || '.') : '..';
    const file = join(folder, inside.endsWith('/') || inside === '.' ? join(inside, 'index.html') : inside);
    const found = inside.startsWith('..') ? undefined : statSync(file, { throwIfNoEntry: false });
    if (!found?.isFile()) {
      missing.push(request.url);
      return void response.writeHead(404).end();
    }
    const type = { 'Content-Type': MEDIA[extname(file)] ?? 'application/octet-stream', 'Accept-Ranges': 'bytes' };
    const open = extname(file) === '.js' && { 'Access-Control-Allow-Origin': '*' };
    const tag = { ETag: `"${found.size}-${found.mtimeMs}"` };
    const part = partOf(request.headers.range, found.size);
    if (part && part.start >= found.size) return void response.writeHead(416, { 'Content-Range': `bytes */${found.size}` }).end();
    const length = part ? part.end - part.start + 1 : found.size;
    const range = part && { 'Content-Range': `bytes ${part.start}-${part.end}/${found.size}` };
    response.writeHead(part ? 206 : 200, { ...type, ...open, ...tag, ...range, 'Content-Length': length });
    if (request.method === 'HEAD') return void response.end();
    createReadStream(file, part ?? {}).pipe(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  return { home: `http://127.0.0.1:${port}${prefix}`, host: `127.0.0.1:${port}`, missing, close: () => server.close() };
}
