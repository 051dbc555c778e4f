"""What the house checks share: reading sources without their strings, comments and tests. Python 3, no dependency."""

import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent
LEFT_OUT = {"target", "node_modules", "dist", ".git"}


def files(root, folder, *suffixes):
    """The files below a folder with these endings, without what was built."""
    for path in sorted((root / folder).rglob("*")):
        inner = path.relative_to(root).parts
        if path.suffix in suffixes and path.is_file() and not LEFT_OUT.intersection(inner):
            yield path


def mask(text, language):
    """The source with the content of strings and comments blanked out, every character at its old place."""
    out = list(text)

    def blank(start, end):
        for place in range(start, min(end, len(text))):
            if out[place] != "\n":
                out[place] = " "

    def quoted(start, quote):
        place = start + 1
        while place < len(text) and text[place] != quote:
            place += 2 if text[place] == "\\" else 1
        blank(start + 1, place)
        return place + 1

    def template(start):
        place, held = start + 1, start + 1
        while place < len(text) and text[place] != "`":
            if text[place] == "\\":
                place += 2
            elif text.startswith("${", place):
                blank(held, place)
                held = place = code(place + 2, "}")
            else:
                place += 1
        blank(held, place)
        return place + 1

    def comment(start):
        if language == "rust":  # they nest
            depth, place = 1, start + 2
            while place < len(text) and depth:
                step = 2 if text[place : place + 2] in ("/*", "*/") else 1
                depth += {"/*": 1, "*/": -1}.get(text[place : place + 2], 0)
                place += step
        else:
            end = text.find("*/", start + 2)
            place = len(text) if end < 0 else end + 2
        blank(start, place)
        return place

    def code(place, stop=None):
        depth = 0
        while place < len(text):
            here = text[place]
            if stop and here == "{":
                depth += 1
            if stop and here == stop:
                if depth == 0:
                    return place + 1
                depth -= 1
            if text.startswith("//", place):
                end = text.find("\n", place)
                end = len(text) if end < 0 else end
                blank(place, end)
                place = end
            elif text.startswith("/*", place):
                place = comment(place)
            elif language == "rust":
                place = rust(place, here)
            else:
                place = script(place, here)
        return place

    def rust(place, here):
        raw = re.compile(r'b?r(#*)"').match(text, place) if here in "br" else None
        if raw and (place == 0 or not (text[place - 1].isalnum() or text[place - 1] == "_")):
            end = text.find('"' + raw.group(1), raw.end())
            end = len(text) if end < 0 else end
            blank(raw.end(), end)
            return end + 1 + len(raw.group(1))
        if here == '"':
            return quoted(place, '"')
        letter = re.compile(r"'(\\[^\n]{1,10}?|[^\\'\n])'").match(text, place) if here == "'" else None
        if letter:
            blank(place + 1, letter.end() - 1)
            return letter.end()
        return place + 1

    def script(place, here):
        if here in "\"'":
            return quoted(place, here)
        if here == "`":
            return template(place)
        if here == "/" and re.search(r"(?:^|[=(,:;!&|?{}\[]|return|=>)\s*$", text[max(0, place - 40) : place]):
            literal = re.compile(r"/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n])+/").match(text, place)
            if literal:
                blank(place + 1, literal.end() - 1)
                return literal.end()
        return place + 1

    code(0)
    return "".join(out)


def block_end(masked, opening):
    """The place after the brace that closes the one at `opening`."""
    depth = 0
    for place in range(opening, len(masked)):
        depth += {"{": 1, "}": -1}.get(masked[place], 0)
        if depth == 0:
            return place + 1
    return len(masked)


TEST_MARK = re.compile(r"#\[cfg\((?:test|all\(test[^\]]*)\)\]")


def without_tests(text):
    """Rust source with `#[cfg(test)]` items blanked out, and the names of modules in other files that are tests."""
    masked = mask(text, "rust")
    out, modules = list(text), set()
    for mark in TEST_MARK.finditer(masked):
        end = re.compile(r"[{;]").search(masked, mark.end())
        if not end:
            continue
        outside = re.compile(r"(?:pub(?:\([^)]*\))?\s+)?mod\s+(\w+)\s*;").search(masked[mark.end() : end.end()])
        if outside:
            modules.add(outside.group(1))
        last = block_end(masked, end.start()) if end.group() == "{" else end.end()
        for place in range(mark.start(), last):
            if out[place] != "\n":
                out[place] = " "
    return "".join(out), modules


def rust_sources(root, crates="crates"):
    """(path, source without tests) of every production file of the crates."""
    texts = {}
    test_files = set()
    for path in files(root, crates, ".rs"):
        inner = path.relative_to(root).parts
        if {"tests", "benches", "examples"}.intersection(inner) or path.name == "tests.rs":
            continue
        texts[path], modules = without_tests(path.read_text(encoding="utf-8"))
        own = path.parent if path.name in ("mod.rs", "lib.rs", "main.rs") else path.parent / path.stem
        for name in modules:
            test_files.update({own / f"{name}.rs", own / name})
    for path, text in texts.items():
        if path not in test_files and not test_files.intersection(path.parents):
            yield path, text


def report(problems):
    """Prints the problems and gives the exit status."""
    for problem in problems:
        print(problem)
    return 1 if problems else 0
