#!/usr/bin/env python3
"""The catalogues are whole: every text in both languages with the same placeholders, every text that is asked for
is there (in a catalogue its page has), and none is left that nobody asks for."""

import pathlib
import re
import sys

import sources

LANGUAGES = ("zh-CN", "en")
KEY = r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*"
MESSAGE = re.compile(rf"^(-?{KEY})\s*=(.*)$")
PLACEHOLDER = re.compile(r"\$([A-Za-z][\w-]*)")
REFERENCE = re.compile(rf"\{{\s*(-?{KEY})(?:\.[\w-]+)?\s*\}}")
LITERAL = re.compile(r"\"((?:[^\"\\\n]|\\.)*)\"|'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`")
HOLE_TEXT = "[a-z0-9_-]+"
HOLE = re.compile(r"\$\{[^}]*\}|\{[^}]*\}")
SCRIPT_CALL = re.compile(rf"\bt\(\s*\"({KEY})\"")
SERVER_CALL = re.compile(rf"\b\w+\s*\.(?:s|a|n|plain|with|with_map|with_counts)\(\s*\"({KEY})\"")
IMPORT = re.compile(r"(?:from|import)\s*\(?\s*\"([^\"]+)\"")


class Message:
    """A text: where it stands, what it takes, what it refers to."""

    def __init__(self, area, line):
        self.area, self.line, self.placeholders, self.references, self.text = area, line, set(), set(), ""

    def add(self, text):
        self.text += text + "\n"
        self.placeholders.update(PLACEHOLDER.findall(text))
        self.references.update(REFERENCE.findall(text))


def read(root, language, problems):
    """All messages of a language by key."""
    messages = {}
    for path in sources.files(root, f"locales/{language}", ".ftl"):
        current = None
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            found = MESSAGE.match(line)
            if found:
                key = found.group(1)
                current = Message(path.stem, number)
                if key in messages:
                    problems.append(f"{path.relative_to(root)}:{number}: {key} stands twice")
                messages[key] = current
                current.add(found.group(2))
            elif line[:1] in (" ", "}", "\t") and current:
                current.add(line)
            elif line and not line.startswith("#"):
                problems.append(f"{path.relative_to(root)}:{number}: not a message: {line[:40]}")
    for key, message in messages.items():
        if not message.text.strip():
            problems.append(f"locales/{language}/{message.area}.ftl:{message.line}: {key} is empty")
    return messages


def compare(first, second):
    """What one language has and the other has not."""
    problems = []
    for one, other, missing_in in ((first, second, LANGUAGES[1]), (second, first, LANGUAGES[0])):
        for key, message in sorted(one.items()):
            if key not in other:
                problems.append(f"{key} ({message.area}.ftl) is missing in {missing_in}")
    for key in sorted(first.keys() & second.keys()):
        if first[key].placeholders != second[key].placeholders:
            these, those = (" ".join(sorted(one[key].placeholders)) or "none" for one in (first, second))
            problems.append(f"{key}: placeholders in {LANGUAGES[0]}: {these}; in {LANGUAGES[1]}: {those}")
        if first[key].area != second[key].area:
            problems.append(f"{key} stands in {first[key].area}.ftl and in {second[key].area}.ftl")
    return problems


def code(root):
    """(path, text) of everything that asks for texts, without tests."""
    yield from sources.rust_sources(root)
    for folder, suffixes in (("crates", (".html",)), ("frontend/src", (".ts", ".html"))):
        for path in sources.files(root, folder, *suffixes):
            yield path, path.read_text(encoding="utf-8")


def asked(path, text):
    """The keys a file asks for by name, with their places."""
    call = SCRIPT_CALL if path.suffix == ".ts" else SERVER_CALL
    for found in call.finditer(text):
        # A method may be called `with` or `s` elsewhere: only words with a hyphen are keys there.
        if path.suffix == ".ts" or "-" in found.group(1):
            yield found.group(1), text.count("\n", 0, found.start()) + 1


def mentioned(path, text):
    """Keys that stand in a string as they are, and patterns of those put together from parts."""
    keys, patterns = set(), set()
    # `Choice::new("firms-view", wire, …)` and a template's `format!("matter-do-{}", …)` end in a word of the record.
    for prefix in re.findall(rf'(?:Choice::new\(|format!\()\s*"({KEY})(?:-\{{\}})?"', text):
        patterns.add(re.escape(prefix) + "-" + HOLE_TEXT)
    if path.suffix == ".html":  # strings stand within strings there
        return set(re.findall(rf"[\"']({KEY})[\"']", text)), patterns
    for found in LITERAL.finditer(text):
        literal = next(group for group in found.groups() if group is not None)
        if re.fullmatch(KEY, literal):
            keys.add(literal)
        elif re.fullmatch(KEY + "-", literal):
            patterns.add(re.escape(literal) + HOLE_TEXT)
        elif HOLE.search(literal):
            parts = HOLE.split(literal)
            fixed = any(len(part.strip("-_")) >= 3 for part in parts)
            if fixed and all(re.fullmatch(r"[a-z0-9_-]*", part) for part in parts):
                patterns.add(HOLE_TEXT.join(map(re.escape, parts)))
    return keys, patterns


def page_areas(path, root, seen=None):
    """The catalogues that a page of the browser has: those imported by its files or by what they import."""
    seen = set() if seen is None else seen
    areas = set()
    for target in IMPORT.findall(path.read_text(encoding="utf-8")):
        if target.endswith(".ftl"):
            areas.add(pathlib.PurePosixPath(target).stem)
        elif target.startswith("."):
            inner = (path.parent / target).resolve()
            inner = inner.with_suffix(".ts") if inner.suffix in (".js", "") else inner
            if inner.is_file() and inner not in seen:
                seen.add(inner)
                areas |= page_areas(inner, root, seen)
    return areas


def check_asked(root, messages):
    problems, folders = [], {}
    for path, text in code(root):
        place = path.relative_to(root)
        for key, line in asked(path, text):
            if key not in messages:
                problems.append(f"{place}:{line}: there is no text {key}")
                continue
            if path.suffix != ".ts" or place.parts[2] == "lib" or len(place.parts) < 4:
                continue
            folder = path.parents[len(place.parts) - 4]
            if folder not in folders:
                folders[folder] = set().union(*(page_areas(one, root) for one in sources.files(folder, ".", ".ts")))
            if messages[key].area not in folders[folder]:
                problems.append(f"{place}:{line}: {key} stands in {messages[key].area}.ftl, which this page has not")
    return problems


def check_unused(root, messages):
    keys, patterns = set(), set()
    for path, text in code(root):
        more = mentioned(path, text)
        keys |= more[0]
        patterns |= more[1]
    for message in messages.values():
        keys |= message.references
    # A name of two words or more that is no text itself is the beginning of a family: `code` is put behind it.
    patterns |= {f"{key}-{HOLE_TEXT}" for key in keys if "-" in key and key not in messages}
    together = re.compile("|".join(sorted(patterns)) or r"(?!)")
    return [
        f"locales/*/{message.area}.ftl: nobody asks for {key}"
        for key, message in sorted(messages.items())
        if key not in keys and not together.fullmatch(key)
    ]


def check_problems(root, messages):
    """Every code of a problem of the configuration has its text."""
    path = root / "crates/domain/src/config/problems.rs"
    if not path.is_file():
        return []
    codes = re.findall(r"Self::\w+ => \"(\w+)\"", path.read_text(encoding="utf-8"))
    keys = [f"problem-{name.replace('_', '-')}" for name in codes]
    return [f"{path.relative_to(root)}: there is no text {key}" for key in keys if key not in messages]


def check(root):
    problems = []
    first, second = (read(root, language, problems) for language in LANGUAGES)
    problems += compare(first, second)
    both = {**second, **first}
    return problems + check_asked(root, both) + check_unused(root, both) + check_problems(root, both)


if __name__ == "__main__":
    sys.exit(sources.report(check(sources.ROOT)))
