#!/usr/bin/env python3
"""Repeats the draw of lots from the public boards alone: python3 tools/draw.py UUID.bel UUID.bel …

Give the archives of all boxes of the appraisal (from its board page, at any time after sealing). Printed are the seed and
the order, which must be those shown in the hall. Rules: docs/decisions/0010-draw-by-lot.md."""

import hashlib
import json
import sys
import tarfile


def sha(text):
    return hashlib.sha256(text.encode()).hexdigest()


def draw(appraisal, heads, presenters):
    """heads: {"A": (height, hash), …}; presenters: codes as entered."""
    named = "|".join(f"{box}:{height}:{head}" for box, (height, head) in sorted(heads.items()))
    seed, order, number = sha(f"pingyi-lot-v1|{appraisal}|{named}"), list(presenters), 0
    for last in range(len(order) - 1, 0, -1):
        while True:
            word = int(sha(f"pingyi-lot-word-v1|{seed}|{number}")[:16], 16)
            number += 1
            if word < 2**64 // (last + 1) * (last + 1):
                break
        chosen = word % (last + 1)
        order[last], order[chosen] = order[chosen], order[last]
    return seed, order


def sealed(path):
    """What the election of a board binds, and the hash of its first event, which sealing gave it."""
    with tarfile.open(path) as board:
        records = board.getmembers()[1:6]
        election = json.loads(board.extractfile(records[0]).read())
        event = board.extractfile(records[4]).read()
    if json.loads(event)["height"] != 0:
        sys.exit(f"{path}: the fifth record is not the first event")
    return election["x_pingyi"], hashlib.sha256(event).hexdigest()


def main(paths):
    boards = [sealed(path) for path in paths]
    if not boards or len({bound["appraisal"] for bound, _ in boards}) != 1:
        sys.exit("give the boards of one appraisal")
    heads = {bound["category"]: (0, head) for bound, head in boards}
    first = boards[0][0]
    seed, order = draw(first["appraisal"], heads, first["presenters"])
    print(seed)
    print(" ".join(order))


if __name__ == "__main__":
    main(sys.argv[1:])
