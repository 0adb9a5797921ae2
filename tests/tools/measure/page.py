"""What is counted in the sources of the page."""

import re

EXPORT = re.compile(
    r"^export (?:default )?(?:declare )?(?:async )?(?:abstract )?(?:function\*?|const|let|class|interface|type|enum) (?=[\w$])",
    re.M,
)


def undocumented(texts):
    """(exports without a doc comment, all exports)."""
    bare = total = 0
    for text in texts:
        for match in EXPORT.finditer(text):
            total += 1
            bare += not text[: match.start()].rstrip().endswith("*/")
    return bare, total


def is_generated(text):
    return bool(re.search(r"(?i)auto-?generated|generated (?:by|from)|do not (?:edit|make direct changes)", text[:600]))
