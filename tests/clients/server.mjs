// The running server that BINHYEN_URL names, asked the way a map does.

const base = process.env.BINHYEN_URL;
if (!base) {
    console.error('BINHYEN_URL is not set: run this through tests/clients/with_server.py');
    process.exit(2);
}

/** The address of a path, or of a template that is already absolute. */
export const address = (path) => new URL(path, base.endsWith('/') ? base : `${base}/`).href;

export const headers = (token) => (token ? { authorization: `Bearer ${token}` } : {});

export async function json(path, token) {
    const answer = await fetch(address(path), { headers: headers(token) });
    if (!answer.ok) throw new Error(`${answer.status} from ${path}: ${await answer.text()}`);
    return answer.json();
}

/** Tile addresses [z, x, y] that touch bounds [west, south, east, north]. */
export function* tilesWithin([west, south, east, north], minZoom, maxZoom) {
    for (let z = minZoom; z <= maxZoom; z += 1) {
        const [left, top] = tileAt(west, north, z);
        const [right, bottom] = tileAt(east, south, z);
        for (let x = left; x <= right; x += 1) for (let y = top; y <= bottom; y += 1) yield [z, x, y];
    }
}

function tileAt(lon, lat, z) {
    const size = 2 ** z;
    const radians = (lat * Math.PI) / 180;
    const inside = (n) => Math.min(Math.max(Math.floor(n), 0), size - 1);
    return [inside(((lon + 180) / 360) * size), inside(((1 - Math.asinh(Math.tan(radians)) / Math.PI) / 2) * size)];
}

export const tileUrl = (template, [z, x, y]) => address(template.replace('{z}', z).replace('{x}', x).replace('{y}', y));

/** Calls `work` on each item, `width` at a time. */
export async function inParallel(items, width, work) {
    const queue = items[Symbol.iterator]();
    const worker = async () => {
        for (let next = queue.next(); !next.done; next = queue.next()) await work(next.value);
    };
    await Promise.all(Array.from({ length: width }, worker));
}
