#!/usr/bin/env python3
"""Each dependency has its line of reason in docs/dependencies.md, each decision is linked from somewhere and has a
number of its own, and no link between our pages leads nowhere."""

import json
import re
import sys

import sources

LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
DECISION = re.compile(r"^(\d{4})-[a-z0-9-]+\.md$")


def rust_dependencies(root):
    """Every crate from a registry that the workspace or one of its crates names."""
    names = set()
    for path in [root / "Cargo.toml", *sorted((root / "crates").glob("*/Cargo.toml")), *sorted((root / "fuzz").glob("*.toml"))]:
        section = ""
        for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else []:
            if line.startswith("["):
                section = line.strip("[] ")
                table = re.fullmatch(r"(?:.*\.)?(?:dev-|build-)?dependencies\.([\w-]+)", section)
                if table:
                    names.add(table.group(1))
            elif re.search(r"(^|\.)(dev-|build-)?dependencies$", section):
                found = re.match(r"([\w-]+)(?:\.workspace)?\s*=", line)
                if found:
                    names.add(found.group(1))
    return {name for name in names if name != "pingyi" and not name.startswith("pingyi-")}


def unused_in_workspace(root):
    """Versions the workspace names although no crate uses them."""
    named, _, _ = (root / "Cargo.toml").read_text(encoding="utf-8").partition("[workspace.lints")
    names = re.findall(r"^([\w-]+)\s*=\s*(?:\"|\{)", named.partition("[workspace.dependencies]")[2], re.MULTILINE)
    crates = "\n".join(path.read_text(encoding="utf-8") for path in sorted((root / "crates").glob("*/Cargo.toml")))
    used = [name for name in names if re.search(rf"^{name}\s*[.=]", crates, re.MULTILINE)]
    return sorted(name for name in set(names) - set(used) if not name.startswith("pingyi"))


def browser_dependencies(root):
    path = root / "frontend/package.json"
    if not path.is_file():
        return set()
    package = json.loads(path.read_text(encoding="utf-8"))
    return set(package.get("dependencies", {})) | set(package.get("devDependencies", {}))


def reasons(root):
    """The names before the dash of each line that gives a reason."""
    named = set()
    path = root / "docs/dependencies.md"
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else []:
        names, dash, reason = line.lstrip("-* ").partition(" — ")
        if dash and reason.strip():
            named.update(re.findall(r"[@\w][\w@/.-]*", re.sub(r"\([^)]*\)", "", names)))
    return named


def pages(root):
    for path in [*sorted(root.glob("*.md")), *sources.files(root, "docs", ".md"), *sources.files(root, "frontend", ".md")]:
        yield path, path.read_text(encoding="utf-8")


def check_links(root):
    problems, linked = [], set()
    for path, text in pages(root):
        prose = re.sub(r"```.*?```", lambda block: "\n" * block.group().count("\n"), text, flags=re.DOTALL)
        for found in LINK.finditer(prose):
            target = found.group(1).split("#")[0]
            if not target or re.match(r"[a-z]+:", target):
                continue
            goal = (path.parent / target).resolve()
            line = prose.count("\n", 0, found.start()) + 1
            if not goal.exists():
                problems.append(f"{path.relative_to(root)}:{line}: {target} is not there")
            linked.add(goal)
    return problems, linked


def check_decisions(root, linked):
    problems, numbers = [], {}
    folder = root / "docs/decisions"
    for path in sorted(folder.glob("*.md")):
        if path.name == "README.md":
            continue
        found = DECISION.match(path.name)
        if not found:
            problems.append(f"docs/decisions/{path.name}: not named like 0001-what-was-decided.md")
            continue
        if found.group(1) in numbers:
            problems.append(f"docs/decisions/{path.name}: {numbers[found.group(1)]} has this number too")
        numbers[found.group(1)] = path.name
        if path.resolve() not in linked:
            problems.append(f"docs/decisions/{path.name}: no page links to it")
    return problems


def check(root):
    wanted, given = rust_dependencies(root) | browser_dependencies(root), reasons(root)
    problems = [f"docs/dependencies.md: no reason for {name}" for name in sorted(wanted - given)]
    problems += [f"Cargo.toml: no crate uses {name}" for name in unused_in_workspace(root)]
    broken, linked = check_links(root)
    return problems + broken + check_decisions(root, linked)


if __name__ == "__main__":
    sys.exit(sources.report(check(sources.ROOT)))
