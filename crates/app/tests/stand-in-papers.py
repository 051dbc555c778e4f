#!/usr/bin/env python3
"""Stands in for pingyi-papers where a test is about what happens around it: the same hashes, no page."""
import hashlib
import json
import sys

paper = json.load(sys.stdin)
# A character that no font has.
if "\U0002A6A5" in json.dumps(paper, ensure_ascii=False):
    glyph = {"character": "\U0002A6A5", "code": "U+2A6A5", "pages": [1], "places": ["comment"]}
    print(json.dumps({"code": "missing_glyphs", "message": "no font", "glyphs": [glyph]}), file=sys.stderr)
    sys.exit(1)
canonical = json.dumps(paper, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
data = hashlib.sha256(canonical.encode()).hexdigest()
pdf = f"%PDF-1.7\n% {data}\n%%EOF\n".encode()
sys.stdout.buffer.write(pdf)
report = {"pages": 1, "data": data, "hash": hashlib.sha256(pdf).hexdigest()}
print(json.dumps(report), file=sys.stderr)
