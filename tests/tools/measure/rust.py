"""Rust sources as text without comments and strings, and the functions, parameters, fields and types in them.

Not a parser: it knows comments, strings and brackets, which is enough to count. The architecture test reads with `syn`.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

# A block comment inside a block comment does not occur here; the architecture test would read it all the same.
TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)
      | (?P<string>\b(?:b|c)?r(?P<hash>\#*)".*?"(?P=hash) | (?:\bb|\bc)?"(?:\\.|[^"\\])*")
      | (?P<char>(?:\bb)?'(?:\\(?:x[0-9a-fA-F]{2}|u\{[^}]*\}|.)|[^\\'\n])')""",
    re.VERBOSE | re.DOTALL,
)
TYPE = r"(?:struct|enum|union|trait|type)\s+([A-Z]\w*)"
CLOSING = {"(": ")", "[": "]", "{": "}", "<": ">"}


def blank(text):
    return re.sub(r"[^\n]", " ", text)


def closing(code, start):
    """Where the bracket that opens at `start` closes; of angle brackets, `->` and `=>` are none."""
    opening, ends = code[start], CLOSING[code[start]]
    depth = 0
    for at in range(start, len(code)):
        if code[at] == opening:
            depth += 1
        elif code[at] == ends and not (ends == ">" and code[at - 1] in "-="):
            depth -= 1
            if depth == 0:
                return at
    return len(code) - 1


def pieces(code):
    """The parts of a list between its outermost commas."""
    found, depth, start = [], 0, 0
    for at, letter in enumerate(code):
        if letter in "([{<":
            depth += 1
        elif letter in ")]}" or (letter == ">" and code[at - 1 : at] not in ("-", "=")):
            depth -= 1
        elif letter == "," and depth == 0:
            found.append(code[start:at])
            start = at + 1
    return [piece for piece in [*found, code[start:]] if piece.strip()]


@dataclass
class Function:
    name: str
    line: int
    lines: int
    parameters: list
    body: tuple
    in_test: bool


class RustFile:
    """One file: its path from the root and what stands in it."""

    def __init__(self, path, text):
        self.path = path
        self.text = text
        self.comments = [(match.start(), match.group()) for match in TOKEN.finditer(text) if match["comment"]]
        self.code = TOKEN.sub(lambda match: blank(match.group()), text)
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def line(self, at):
        return bisect_right(self.starts, at)

    @property
    def lines(self):
        return len(self.text.splitlines())

    @property
    def layer(self):
        return re.sub(r"\.rs$", "", self.path.split("/")[1])

    @cached_property
    def tests(self):
        """Spans of the modules and functions under `#[cfg(test)]`; a file named tests.rs is one as a whole."""
        if self.path.endswith("/tests.rs") or "/tests/" in self.path:
            return [(0, len(self.code))]
        found = []
        for match in re.finditer(r"#\[cfg\(test\)\]\s*(?:#\[[^\]]*\]\s*)*[^;{]*\{", self.code):
            if not found or match.start() > found[-1][1]:
                found.append((match.start(), closing(self.code, match.end() - 1)))
        return found

    def in_test(self, at):
        return any(start <= at <= end for start, end in self.tests)

    @property
    def test_lines(self):
        return sum(self.line(end) - self.line(start) + 1 for start, end in self.tests)

    @cached_property
    def product(self):
        """The code without its tests."""
        code = self.code
        for start, end in self.tests:
            code = code[:start] + blank(code[start : end + 1]) + code[end + 1 :]
        return code

    @cached_property
    def functions(self):
        return [found for match in re.finditer(r"\bfn\s+(\w+)", self.code) if (found := self.function(match))]

    def function(self, match):
        at = match.end()
        if self.code[at : at + 1] == "<":
            at = closing(self.code, at) + 1
        if self.code[at : at + 1] != "(":
            return None
        end = closing(self.code, at)
        parameters = pieces(self.code[at + 1 : end])
        # The body opens at the first brace outside round and square brackets; a semicolon says that there is none.
        depth, start = 0, end + 1
        while start < len(self.code) and (depth or self.code[start] not in "{;"):
            depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(self.code[start], 0)
            start += 1
        body = (start, closing(self.code, start)) if self.code[start : start + 1] == "{" else (start, start)
        first, last = self.line(match.start()), self.line(body[1])
        return Function(match[1], first, last - first + 1, parameters, body, self.in_test(match.start()))

    @cached_property
    def types(self):
        """Names that the file gives to types, tests left out."""
        return sorted(set(re.findall(rf"\b{TYPE}", self.outer)))

    @cached_property
    def public_types(self):
        return sorted(set(re.findall(rf"\bpub(?:\(crate\))?\s+{TYPE}", self.outer)))

    @cached_property
    def outer(self):
        """The code outside function bodies, traits and implementations: items only."""
        code = self.product
        spans = [function.body for function in self.functions]
        spans += [
            (match.end() - 1, closing(self.code, match.end() - 1))
            for match in re.finditer(
                r"^[ \t]*(?:unsafe )?(?:impl|(?:pub(?:\([^)]*\))? )?trait)\b[^;{]*\{", self.code, re.M
            )
        ]
        for start, end in spans:
            code = code[: start + 1] + blank(code[start + 1 : end]) + code[end:]
        return code

    @cached_property
    def fields(self):
        """(name, type) of the named fields of structs and of enum variants."""
        found = []
        for match in re.finditer(r"\b(?:struct|enum|union)\s+[A-Z][^;{(]*\{", self.outer):
            found += named(self.outer[match.end() : closing(self.outer, match.end() - 1)])
        return found

    @cached_property
    def comments_in_bodies(self):
        """Lines that hold a comment alone, within the body of a function that is no test."""
        bodies = [function.body for function in self.functions if not function.in_test]
        return sum(
            1
            for at, text in self.comments
            if not text.startswith(("///", "//!"))
            and not self.text[self.starts[self.line(at) - 1] : at].strip()
            and any(start < at < end for start, end in bodies)
        )


def named(body):
    found = []
    for piece in pieces(body):
        piece = re.sub(r"#\[[^\]]*\]", "", piece).strip()
        if variant := re.match(r"[A-Z]\w*\s*\{(.*)\}\s*$", piece, re.DOTALL):
            found += named(variant[1])
        elif match := re.match(r"(?:pub(?:\([^)]*\))?\s+)?([a-z_]\w*)\s*:\s*(.+)$", piece, re.DOTALL):
            found.append((match[1], match[2].strip()))
    return found
