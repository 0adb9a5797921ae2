"""What git says of the commits that lead to a revision."""

import subprocess

SUBJECT = 72


def git(root, *arguments):
    return subprocess.run(["git", "-C", root, *arguments], check=True, capture_output=True, text=True).stdout


def messages(root, revisions):
    """(subject, lines of the body that are not blank) of each commit."""
    text = git(root, "log", "--no-merges", "--format=%s%x00%b%x01", revisions)
    found = []
    for entry in text.split("\x01"):
        subject, _, body = entry.strip("\n").partition("\0")
        if subject:
            found.append((subject, sum(1 for line in body.splitlines() if line.strip())))
    return found
