#!/usr/bin/env python3
"""Production files have at most 500 lines of code (over 300 they are listed), functions at most 60 (architecture.md
rule 8). Lines without code (blank or only comment) do not count for a file; tests count for neither."""

import re
import sys

import sources

HARD, SOFT, FUNCTION = 500, 300, 60
RUST_FUNCTION = re.compile(r"\bfn\s+(\w+)")
SCRIPT_BLOCK = re.compile(r"(?:(=>)|\)(?:\s*:[^;{}=()]*(?:\([^)]*\)[^;{}=()]*)?)?)\s*\{")
CONTROL = re.compile(r"\b(?:if|for|while|switch|catch|with)\s*$")


def code_lines(masked):
    return sum(1 for line in masked.splitlines() if line.strip())


def rust_functions(masked):
    """(name, first line, lines) of every function with a body."""
    for found in RUST_FUNCTION.finditer(masked):
        depth, place = 0, found.end()
        while place < len(masked) and not (depth == 0 and masked[place] in "{;"):
            depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(masked[place], 0)
            place += 1
        if place < len(masked) and masked[place] == "{":
            yield found.group(1), *span(masked, found.start(), sources.block_end(masked, place))


def script_functions(masked):
    """The same for TypeScript: functions, methods and arrow functions with a block."""
    for found in SCRIPT_BLOCK.finditer(masked):
        start = found.start()
        if not found.group(1):
            start = opening(masked, start)
            if CONTROL.search(masked[:start]):
                continue
        line = masked[masked.rfind("\n", 0, start) + 1 : start]
        words = re.findall(r"[A-Za-z_$][\w$]*", line)
        first = masked.rfind("\n", 0, start) + 1
        yield (words[-1] if words else "function"), *span(masked, first, sources.block_end(masked, found.end() - 1))


def opening(masked, closing):
    depth = 0
    for place in range(closing, -1, -1):
        depth += {")": 1, "(": -1}.get(masked[place], 0)
        if depth == 0:
            return place
    return 0


def span(masked, start, end):
    first = masked.count("\n", 0, start) + 1
    return first, masked.count("\n", start, end) + 1


def judge(path, masked, functions):
    problems, notes = [], []
    lines = code_lines(masked)
    if lines > HARD:
        problems.append(f"{path}: {lines} lines of code, at most {HARD}")
    elif lines > SOFT:
        notes.append(f"{path}: {lines} lines of code, better at most {SOFT}")
    for name, first, length in functions(masked):
        if length > FUNCTION:
            problems.append(f"{path}:{first}: {name} has {length} lines, at most {FUNCTION}")
    return problems, notes


def check(root):
    """All problems and all notes."""
    problems, notes = [], []
    found = [(path, text, "rust", rust_functions) for path, text in sources.rust_sources(root)]
    for path in sources.files(root, "frontend/src", ".ts"):
        found.append((path, path.read_text(encoding="utf-8"), "script", script_functions))
    for path, text, language, functions in found:
        more = judge(path.relative_to(root), sources.mask(text, language), functions)
        problems += more[0]
        notes += more[1]
    return problems, notes


if __name__ == "__main__":
    wrong, long = check(sources.ROOT)
    for note in long:
        print(f"note: {note}")
    sys.exit(sources.report(wrong))
