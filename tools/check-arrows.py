#!/usr/bin/env python3
"""The arrows between our crates are those of architecture.md, and the pure crates stay pure: nothing of networks,
web or databases in their trees, no file system, environment or process in their sources."""

import json
import re
import subprocess
import sys

import sources

ALLOWED = {
    "pingyi-ballot": set(),
    "pingyi-scoring": set(),
    "pingyi-domain": {"pingyi-scoring", "pingyi-ballot"},
    "pingyi-store": {"pingyi-domain", "pingyi-ballot"},
    "pingyi-app": {"pingyi-domain", "pingyi-ballot", "pingyi-scoring", "pingyi-store", "pingyi-papers", "pingyi-office"},
    "pingyi-papers": {"pingyi-domain", "pingyi-scoring"},
    "pingyi-office": {"pingyi-papers", "pingyi-domain"},
    # Typst stays outside the program: press makes an executable of its own (docs/decisions/0030).
    "pingyi-press": {"pingyi-papers", "pingyi-domain"},
    "pingyi-web": {"pingyi-app"},
    # The simulated meeting is a client like any other: it speaks the protocol and knows nothing of the server.
    "pingyi-testkit": {"pingyi-ballot"},
    # The binary verifies without a server (ballot) and plays the meeting (testkit).
    "pingyi": {"pingyi-web", "pingyi-app", "pingyi-ballot", "pingyi-testkit"},
}
PURE = ("pingyi-ballot", "pingyi-scoring", "pingyi-domain", "pingyi-papers", "pingyi-office")
FOREIGN = re.compile(r"^(tokio|axum|sqlx|hyper|tower|mio|reqwest|socket2|rusqlite|libsqlite3|tokio-postgres)(-|$)")
IMPURE = re.compile(r"\bstd::(?:\{[^}]*)?(fs|net|env|process)\b")


def judge(metadata):
    """The problems of a `cargo metadata` answer."""
    names = {package["id"]: package["name"] for package in metadata["packages"]}
    ours = {names[member] for member in metadata["workspace_members"]}
    tree = {names[node["id"]]: [] for node in metadata["resolve"]["nodes"]}
    for node in metadata["resolve"]["nodes"]:
        for dependency in node["deps"]:
            if any(kind["kind"] in (None, "build") for kind in dependency["dep_kinds"]):
                tree[names[node["id"]]].append(names[dependency["pkg"]])
    problems = []
    for crate in sorted(ours):
        if crate not in ALLOWED:
            problems.append(f"{crate}: no arrows are declared for it in tools/check-arrows.py and architecture.md")
            continue
        for other in sorted(set(tree[crate]) & ours - ALLOWED[crate]):
            problems.append(f"{crate} must not depend on {other}")
    for crate in PURE:
        if crate not in tree:
            problems.append(f"{crate} is missing")
            continue
        for name, way in sorted(reach(tree, crate).items()):
            if FOREIGN.search(name):
                problems.append(f"{crate} has {name} in its tree: {' > '.join(way)}")
    return problems


def reach(tree, crate):
    """Everything in a crate's tree with a way to it."""
    ways, waiting = {crate: [crate]}, [crate]
    while waiting:
        here = waiting.pop()
        for name in tree.get(here, []):
            if name not in ways:
                ways[name] = ways[here] + [name]
                waiting.append(name)
    return ways


def judge_sources(root):
    problems = []
    for crate in PURE:
        for path, text in sources.rust_sources(root, f"crates/{crate.removeprefix('pingyi-')}/src"):
            masked = sources.mask(text, "rust")
            for found in IMPURE.finditer(masked):
                line = masked.count("\n", 0, found.start()) + 1
                problems.append(f"{path.relative_to(root)}:{line}: std::{found.group(1)} in a pure crate")
    return problems


if __name__ == "__main__":
    version = subprocess.run(["rustc", "-vV"], capture_output=True, text=True, check=True).stdout
    host = re.search(r"^host: (.+)$", version, re.MULTILINE).group(1)
    # Only what this machine needs, all of which a build has downloaded: so this works offline too.
    command = ["cargo", "metadata", "--format-version", "1", "--locked", "--filter-platform", host]
    done = subprocess.run(command, cwd=sources.ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stderr.strip() or "cargo metadata failed")
        sys.exit(1)
    sys.exit(sources.report(judge(json.loads(done.stdout)) + judge_sources(sources.ROOT)))
