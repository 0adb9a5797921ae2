// Somebody else's web site: a server of another origin with a strict policy of its own, and a line that can be cut.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, createServer as createLine } from 'node:net';

const MEDIA = { js: 'text/javascript', mjs: 'text/javascript', css: 'text/css' };

/** Serves `files` (path to text or bytes; without an ending they are pages) under `policy` on another origin. */
export async function siteOf(files, policy) {
  const server = createServer((request, response) => {
    const [path] = request.url.split('?');
    const body = files[path];
    const media = MEDIA[path.split('.').at(1)] ?? 'text/html';
    if (body === undefined) return void response.writeHead(404).end();
    response.writeHead(200, { 'Content-Type': `${media}; charset=utf-8`, 'Content-Security-Policy': policy }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  return { home: `http://127.0.0.1:${port}/`, host: `127.0.0.1:${port}`, close: () => server.close() };
}

/** A page of that site, as short as can be. */
export function article(...body) {
  return `<!doctype html>\n<html lang="vi">\n<title>Bài báo</title>\n<link rel="icon" href="data:,">\n${body.join('\n')}\n</html>`;
}

/** A line to the server at `home` that can be cut: the same server under another port. */
export async function lineTo(home) {
  const { hostname, port, pathname } = new URL(home);
  const open = new Set();
  const line = createLine((near) => {
    const far = connect(Number(port || 80), hostname);
    for (const [end, other] of [
      [near, far],
      [far, near],
    ]) {
      open.add(end);
      end.pipe(other);
      end.on('error', () => other.destroy());
      end.on('close', () => open.delete(end));
    }
  });
  line.listen(0, '127.0.0.1');
  await once(line, 'listening');
  const { port: own } = line.address();
  const cut = () => {
    line.close();
    for (const end of open) end.destroy();
  };
  return { home: `http://127.0.0.1:${own}${pathname}`, cut, mend: () => line.listen(own, '127.0.0.1') };
}
