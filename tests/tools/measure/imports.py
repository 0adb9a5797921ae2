"""Who imports whom: the paths of each file, the arrows that point upward or are in no table, and the cycles."""

import re

from .rust import pieces

# From the edge down to the ground; an import may never climb. Rooms of one row are no higher than one another.
ORDER = [
    ["main"],
    ["cli"],
    ["http"],
    ["export"],
    ["service"],
    ["tile", "features"],
    ["assessment"],
    ["snapshot", "ingest", "store"],
    ["attributes"],
    ["domain", "geometry", "statistics", "config"],
]
HEIGHT = {room: -row for row, rooms in enumerate(ORDER) for room in rooms}


def spread(tree, prefix=()):
    """The paths of one use tree, each as (segments, name it gets here)."""
    head, brace, _ = tree.strip().partition("{")
    segments = [part.strip() for part in head.split("::") if part.strip()]
    if brace:
        inner = tree.strip()[len(head) + 1 : -1]
        return [path for piece in pieces(inner) for path in spread(piece, (*prefix, *segments))]
    last, _, alias = (segments[-1] if segments else "").partition(" as ")
    path = [*prefix, *segments[:-1], *([last.strip()] if last.strip() not in ("self", "*") else [])]
    return [(path, alias.strip() or (path[-1] if path else ""))]


class Crate:
    """The files of `src` as modules of one crate."""

    def __init__(self, files):
        self.files = {self.module(file): file for file in files}
        self.paths = {module: self.read(module, file) for module, file in self.files.items()}

    @staticmethod
    def module(file):
        path = file.path.removesuffix(".rs").split("/")[1:]
        return tuple(path[:-1] if path[-1] in ("mod", "lib") else path)

    def read(self, module, file):
        """(path from the root, exported name or None) of everything a file names in this crate."""
        found = []
        code = file.product
        for match in re.finditer(r"\b(pub(?:\([^)]*\))?\s+)?use\s+([^;]+);", code):
            for path, name in spread(re.sub(r"\s+", " ", match[2])):
                found.append((self.rooted(module, file, path), name if match[1] else None))
        uses = re.sub(r"\buse\s+[^;]+;|\bpub\s*\(in [^)]*\)", "", code)
        for match in re.finditer(r"(?<![\w:])((?:crate|self|super|[a-z_]\w*)(?:::\w+)+)", uses):
            found.append((self.rooted(module, file, match[1].split("::")), None))
        return [(path, name) for path, name in found if path]

    def rooted(self, module, file, path):
        if path[:1] == ["crate"] or (path[:1] == ["binhyen"] and file.layer == "main"):
            return tuple(path[1:])
        if path[:1] == ["self"]:
            return (*module, *path[1:])
        ups = 0
        while path[ups : ups + 1] == ["super"]:
            ups += 1
        if ups:
            return (*module[: len(module) - ups], *path[ups:])
        is_child = re.search(rf"\bmod\s+{re.escape(path[0])}\s*;", file.code) if path else None
        return (*module, *path) if is_child else None

    def target(self, path, hops=8):
        """The module that holds what a path names, signposts (`pub use`) followed."""
        depth = next((depth for depth in range(len(path), 0, -1) if path[:depth] in self.files), None)
        if depth is None:
            return None
        item = path[depth] if depth < len(path) else None
        onward = next((way for way, name in self.paths[path[:depth]] if name and name == item), None)
        return self.target(onward, hops - 1) if onward and hops else path[:depth]

    def arrows(self):
        """(file, layer it stands in, layer it names), each once."""
        found = set()
        for module, paths in self.paths.items():
            for path, _ in paths:
                if path[0] in HEIGHT and path[0] != self.files[module].layer:
                    found.add((self.files[module].path, self.files[module].layer, path[0]))
        return sorted(found)

    def upward(self):
        return [arrow for arrow in self.arrows() if HEIGHT.get(arrow[1], 0) < HEIGHT[arrow[2]]]

    def cycles(self):
        """Groups of files that need one another, by Tarjan's algorithm without recursion."""
        graph = {
            module: sorted({at for path, name in paths if not name and (at := self.target(path)) and at != module})
            for module, paths in self.paths.items()
        }
        index, low, stack, groups = {}, {}, [], []
        for root in graph:
            work = [] if root in index else [(root, iter(graph[root]))]
            if work:
                index[root] = low[root] = len(index)
                stack.append(root)
            while work:
                node, targets = work[-1]
                following = next(targets, None)
                if following is None:
                    work.pop()
                    if work:
                        low[work[-1][0]] = min(low[work[-1][0]], low[node])
                    if low[node] == index[node]:
                        at = stack.index(node)
                        groups.append(stack[at:])
                        del stack[at:]
                elif following not in index:
                    index[following] = low[following] = len(index)
                    stack.append(following)
                    work.append((following, iter(graph[following])))
                elif following in stack:
                    low[node] = min(low[node], index[following])
        return [[self.files[module].path for module in group] for group in groups if len(group) > 1]


def not_in_table(arrows, table):
    """Arrows that the table of the architecture test does not hold."""
    allowed = {
        name: set(re.findall(r'"(\w+)"', row)) for name, row in re.findall(r'\(\s*"(\w+)",\s*&\[([^\]]*)\]', table)
    }
    return [arrow for arrow in arrows if arrow[2] not in allowed.get(arrow[1], set())]
