#!/usr/bin/env python3
"""A thousand connections at once, and clients that never finish their headers.

    connects.py --binary target/release/binhyen [--connections 1000] [--stalled 200]

Every connection of the first part asks for /healthz and is timed from `connect` to the last byte. In the second part so
many clients of one address send half a header and wait, while another asks for a map every few milliseconds; the server
must drop them within its idle timeout and answer the other all the while. Exit code 1 otherwise.
"""

import argparse
import asyncio
import resource
import sys
import time
from pathlib import Path

import harness
from harness import Server

IDLE_S = 15
ASKED = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
STALLED = b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Half"


async def once(port, begin):
    await begin.wait()
    begun = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    connected = time.perf_counter() - begun
    writer.write(ASKED)
    await writer.drain()
    answer = await reader.read()
    writer.close()
    return connected, time.perf_counter() - begun, answer.startswith(b"HTTP/1.1 200")


async def at_once(port, count):
    begin = asyncio.Event()
    tasks = [asyncio.create_task(once(port, begin)) for _ in range(count)]
    await asyncio.sleep(0.1)
    begin.set()
    return await asyncio.gather(*tasks, return_exceptions=True)


async def stalled(port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(STALLED)
    await writer.drain()
    begun = time.monotonic()
    try:
        await asyncio.wait_for(reader.read(), IDLE_S + 20)
    except (TimeoutError, asyncio.TimeoutError):
        return None
    except OSError:
        pass
    writer.close()
    return time.monotonic() - begun


async def beside(port, until):
    """Asks for a document of its own on new connections, until the stalled are gone."""
    took = []
    while not until.done():
        began = asyncio.Event()
        began.set()
        connected, whole, good = await once(port, began)
        took.append((whole * 1000, good))
        await asyncio.sleep(0.02)
    return took


async def stalled_clients(port, count):
    waiting = asyncio.gather(*(stalled(port) for _ in range(count)))
    return await asyncio.gather(waiting, beside(port, waiting))


def spread(values):
    return (
        " / ".join(f"{harness.percentile(values, share):.1f}" for share in (0.5, 0.9, 0.99)) + f" / {max(values):.1f}"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", required=True, type=Path)
    parser.add_argument("--connections", type=int, default=1000)
    parser.add_argument("--stalled", type=int, default=200)
    parser.add_argument("--repeats", type=int, default=5)
    given = parser.parse_args()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard))
    faults, rows = (
        [],
        [("run", "connect p50 / p90 / p99 / most ms", "answered p50 / p90 / p99 / most ms", "failed", "load")],
    )
    with (
        harness.work_folder("connects") as work,
        Server(given.binary.resolve(), Path(work) / "d", work, sample=True) as server,
    ):
        if server.wait_ready() is None:
            sys.exit(f"not ready: {server.last_words()}")
        for repeat in range(given.repeats):
            found = asyncio.run(at_once(server.port, given.connections))
            good = [one for one in found if not isinstance(one, BaseException) and one[2]]
            if len(good) < given.connections:
                faults.append(f"run {repeat}: {given.connections - len(good)} of {given.connections} failed")
            connects, answers = [one[0] * 1000 for one in good], [one[1] * 1000 for one in good]
            rows.append(
                (
                    repeat,
                    spread(connects),
                    spread(answers),
                    given.connections - len(good),
                    f"{harness.load_average():.1f}",
                )
            )
            time.sleep(1)
        dropped, asked = asyncio.run(stalled_clients(server.port, given.stalled))
        alive = server.readiness() == 200
    print(harness.markdown(rows))
    in_time = [seconds for seconds in dropped if seconds is not None]
    failed = sum(1 for _, good in asked if not good)
    print(
        f"\n{given.stalled} stalled clients of one address: {len(in_time)} dropped after {min(in_time):.1f} to "
        f"{max(in_time):.1f} s; beside them {len(asked)} requests, p50 / p90 / p99 / most {spread([ms for ms, _ in asked])} ms, "
        f"{failed} failed"
    )
    if len(in_time) < given.stalled or failed or not alive or max(in_time) > IDLE_S + 3:
        faults.append("stalled clients stay, or others are not served")
    print("\n".join(faults))
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
