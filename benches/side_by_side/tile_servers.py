"""The other servers: Martin before PostGIS, Martin and versatiles on files, and a constant answer."""

from processes import Server, free_port, run

POOL = 16
CACHE_MIB = 512


def martin(peers, name, cache_mib, logs, *source):
    port = free_port()
    command = [peers.programs["martin"], "--listen-addresses", f"127.0.0.1:{port}", "--workers", "1"]
    command += ["--cache-size", str(cache_mib), *source]
    return Server(name, command, port, logs / f"{name}.log", ready="/health")


def martin_on_postgis(peers, postgres, database, logs):
    """The tile functions of the workload. No cache: a filter comes once."""
    options = ["--pool-size", str(POOL), "--auto-bounds", "skip"]
    return martin(peers, f"martin-{database}", 0, logs, *options, postgres.url(database))


def martin_on_mbtiles(peers, tiles, logs):
    """Tiles made beforehand, kept in Martin's cache."""
    return martin(peers, "martin-mbtiles", CACHE_MIB, logs, tiles.resolve())


def versatiles(peers, tiles, logs):
    """The same tiles in the server's own container."""
    container = tiles.with_suffix(".versatiles")
    if not container.exists() or container.stat().st_mtime < tiles.stat().st_mtime:
        container.unlink(missing_ok=True)
        convert = [peers.programs["versatiles"], "convert", "--compress", "gzip", tiles, container]
        run(convert, logs / "versatiles-convert.log")
    port = free_port()
    command = [peers.programs["versatiles"], "serve", "--ip", "127.0.0.1", "--port", port]
    command += ["--minimal-recompression", "true", container]
    return Server("versatiles", command, port, logs / "versatiles.log", ready=f"/tiles/{tiles.stem}/tiles.json")


def constant(binary, logs):
    """20 kB from bare axum, an example of this repository."""
    port = free_port()
    return Server("constant", [binary, f"127.0.0.1:{port}"], port, logs / "constant.log")
