"""The running server that BINHYEN_URL names, asked the way a client does."""

import json
import math
import os
import sys
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

BASE = os.environ.get("BINHYEN_URL", "").rstrip("/")
if not BASE:
    sys.exit("BINHYEN_URL is not set: run this through tests/clients/with_server.py")


def read(path, token=None):
    """Body of an answer as bytes; empty for 204. `path` may be a whole address."""
    address = path if path.startswith("http") else f"{BASE}/{path.lstrip('/')}"
    request = urllib.request.Request(address, headers={"Authorization": f"Bearer {token}"} if token else {})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.read()
    except urllib.error.HTTPError as error:
        raise RuntimeError(f"{error.code} from {address}: {error.read()[:500].decode(errors='replace')}") from error


def read_json(path, token=None):
    return json.loads(read(path, token))


def tile_at(lon, lat, zoom):
    size = 1 << zoom
    x = math.floor((lon + 180) / 360 * size)
    y = math.floor((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * size)
    return min(max(x, 0), size - 1), min(max(y, 0), size - 1)


def tiles_within(bounds, zoom):
    """Addresses (x, y) at a zoom that touch [west, south, east, north]."""
    west, south, east, north = bounds
    left, top = tile_at(west, north, zoom)
    right, bottom = tile_at(east, south, zoom)
    return [(x, y) for x in range(left, right + 1) for y in range(top, bottom + 1)]


def read_tiles(template, zoom, addresses, token=None):
    """Bodies of many tiles, by address."""

    def one(address):
        x, y = address
        return read(template.replace("{z}", str(zoom)).replace("{x}", str(x)).replace("{y}", str(y)), token)

    with ThreadPoolExecutor(8) as pool:
        return dict(zip(addresses, pool.map(one, addresses)))
