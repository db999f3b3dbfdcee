"""Does to one wording of a block what new rules did to another."""

from __future__ import annotations

from rapidfuzz.distance import Indel

from rowback.diff.words.compare import DELETE, EQUAL, compare

MAX_CHARACTERS = 20_000  # of a block: its characters are compared one by one


def transferred(read: str, reread: str, other: str) -> str | None:
    """`other` with what makes `reread` of `read`; None where that touches what differs between `read` and `other`."""
    if read == other:
        return reread
    if max(len(read), len(reread), len(other)) > MAX_CHARACTERS:
        return None
    kept = _kept(read, other)
    made, end = list[str](), len(other)
    for op in reversed(Indel.opcodes(read, reread)):
        if op.tag == "equal":
            continue
        shift = next(
            (there - start for start, stop, there in kept if start <= op.src_start and op.src_end <= stop), None
        )
        if shift is None or op.src_end + shift > end:
            return None
        made += [other[op.src_end + shift : end], reread[op.dest_start : op.dest_end]]
        end = op.src_start + shift
    return "".join([other[:end], *reversed(made)])


def _kept(read: str, other: str) -> list[tuple[int, int, int]]:
    """The stretches of `read` that stand in `other`: where they begin and end, and where they begin there."""
    found, here, there = list[tuple[int, int, int]](), 0, 0
    for segment in compare(read, other):
        size = len(segment.text)
        if segment.op == EQUAL:
            found.append((here, here + size, there))
        here += size if segment.op in (EQUAL, DELETE) else 0
        there += 0 if segment.op == DELETE else size
    return found
