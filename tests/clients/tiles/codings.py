"""Tiles in every coding, decoded by Python's own zlib and by Google's brotli: the same bytes each time.

A gzip body must be one member with nothing after it; tags of the codings must differ.
"""

import os
import sys
import urllib.request
import zlib
from concurrent.futures import ThreadPoolExecutor

import brotli
from server import read_json, tiles_within

ZOOMS = range(6, 13)


def coded(address, coding, token):
    headers = {"Accept-Encoding": coding, **({"Authorization": f"Bearer {token}"} if token else {})}
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=60) as answer:
        return answer.status, answer.headers.get("Content-Encoding", "identity"), answer.headers["ETag"], answer.read()


def unzipped(body):
    decoder = zlib.decompressobj(wbits=31)
    plain = decoder.decompress(body)
    if not decoder.eof or decoder.unused_data or decoder.unconsumed_tail:
        raise ValueError("not one whole gzip member")
    return plain


DECODERS = {"identity": bytes, "gzip": unzipped, "br": brotli.decompress}


def problems_of(address, token):
    """What is wrong with one tile, and how often each coding was really used."""
    answers = {coding: coded(address, coding, token) for coding in DECODERS}
    status, _, _, plain = answers["identity"]
    found = []
    for coding, (other, used, _, body) in answers.items():
        if other != status:
            found.append(f"{address}: {coding} answered {other}, identity {status}")
        elif DECODERS[used](body) != plain:
            found.append(f"{address}: {coding} decodes to other bytes")
    if len({answer[2] for answer in answers.values()}) != len(answers):
        found.append(f"{address}: two codings share a tag")
    return found, [used for _, used, _, _ in answers.values()]


def main():
    tokens = {None: None, "commander": os.environ.get("BINHYEN_COMMANDER_TOKEN")}
    jobs = []
    for edition in read_json("meta")["editions"]:
        for role, token in tokens.items():
            if role and not token:
                continue
            for tileset in ("communes", "map"):
                about = read_json(f"tiles/{tileset}?edition={edition['id']}", token)
                for zoom in ZOOMS:
                    for x, y in tiles_within(about["bounds"], zoom):
                        template = about["tiles"][0]
                        place = {"{z}": zoom, "{x}": x, "{y}": y}
                        for name, value in place.items():
                            template = template.replace(name, str(value))
                        jobs.append((template, token))
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda job: problems_of(*job), jobs))
    problems = [problem for found, _ in results for problem in found]
    used = [coding for _, codings in results for coding in codings]
    print(f"{len(jobs)} tiles: " + ", ".join(f"{used.count(coding)} {coding}" for coding in DECODERS))
    print("\n".join(problems[:20]))
    print(f"{len(problems)} problems")
    return 1 if problems or not all(used.count(coding) for coding in DECODERS) else 0


if __name__ == "__main__":
    sys.exit(main())
