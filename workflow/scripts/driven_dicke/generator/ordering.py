"""A fill-reducing order of elimination: nested dissection along planes (A. George, SIAM J. Numer. Anal. 10, 345, 1973).

The generator couples elements (j, m, m') whose spins and magnetizations differ by at most one, so that the elements on
one plane j = const, m = const or m' = const separate those on its two sides.
"""

from typing import Protocol

import numpy as np

from driven_dicke.model.dicke_basis import IntArray

_LEAF_SIZE = 16


class Places(Protocol):
    """Block j = N/2 - block, row a and column b of every coordinate."""

    @property
    def block(self) -> IntArray: ...
    @property
    def row(self) -> IntArray: ...
    @property
    def column(self) -> IntArray: ...
    @property
    def size(self) -> int: ...


def nested_dissection(coordinates: Places) -> IntArray:
    """Permutation p, shape (size,): coordinate p[0] is eliminated first, those of the widest separator last."""
    # Twice j, m and m' relative to N/2; neighbouring planes are 1 apart.
    block, row, column = coordinates.block, coordinates.row, coordinates.column
    positions = np.stack([block, row + block, column + block])
    order: list[IntArray] = []
    pending = [np.arange(coordinates.size)]
    # Depth first with the separator put down before both sides: the reverse of this sequence is the elimination order.
    while pending:
        members = pending.pop()
        if members.size <= _LEAF_SIZE:
            order.append(members)
            continue
        values, plane = _smallest_plane(positions[:, members])
        separator = values == plane
        order.append(members[separator])
        pending += [part for part in (members[values < plane], members[values > plane]) if part.size]
    return np.concatenate(order)[::-1]


def _smallest_plane(positions: IntArray) -> tuple[IntArray, int]:
    """Of the three median planes the one with the fewest elements: (every element's coordinate, the plane's)."""
    candidates = [(values, int(np.median(values))) for values in positions]
    return min(candidates, key=lambda candidate: np.count_nonzero(candidate[0] == candidate[1]))
