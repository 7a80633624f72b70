"""Takes vertices out of a mesh one by one, the one first that is missed least (quadric errors).

A vertex is always pulled onto a neighbour: those that stay keep their place and all that is known
of them, and each coarser mesh uses vertices of the finer one. Symbols: v vertices, t triangles.
"""

import heapq
from collections.abc import Sequence

import numpy as np

from shulian.world.rules.avatars.source import Array, Flags, Index

_BORDER = 12.0
"""Open borders hold their line by so much more than faces hold theirs."""
_EVEN = 2e-4
"""Long edges cost a little, so that flat parts come out even."""


def simplified(
    vertices: Array, triangles: Index, counts: Sequence[int], care: Array, fixed: Flags
) -> list[Index]:
    """The triangles (t, 3) that are left when there are no more than `counts`, finest first.

    vertices   (v, 3)
    triangles  (t, 3)
    care       (v,)  how much worse than usual it is to move a vertex
    fixed      (v,)  true for vertices that may only be pulled along others that are fixed too
    """
    mesh = _Mesh(vertices, triangles, care, fixed)
    found: list[Index] = []
    for count in counts:
        mesh.reduce(count)
        found.append(mesh.triangles())
    return found


def _quadrics(vertices: Array, triangles: Index, care: Array) -> Array:
    """(v, 4, 4) the squared distance to the planes about each vertex."""
    corners = vertices[triangles]
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    areas = np.linalg.norm(normals, axis=1)
    normals /= np.maximum(areas, 1e-15)[:, None]
    planes = np.column_stack([normals, -np.einsum("ti,ti->t", normals, corners[:, 0])])
    found = np.zeros((len(vertices), 4, 4))
    each = areas[:, None, None] * planes[:, :, None] * planes[:, None, :]
    for corner in range(3):
        np.add.at(found, triangles[:, corner], each * care[triangles[:, corner], None, None])
    _hold_borders(found, vertices, triangles, normals)
    return found


def _hold_borders(found: Array, vertices: Array, triangles: Index, normals: Array) -> None:
    edges: dict[tuple[int, int], int] = {}
    for place, (a, b, c) in enumerate(triangles.tolist()):
        for edge in ((a, b), (b, c), (c, a)):
            edges[edge] = place
    for (a, b), place in edges.items():
        if (b, a) in edges:
            continue
        way = vertices[b] - vertices[a]
        side = np.cross(way, normals[place])
        length = max(float(np.linalg.norm(side)), 1e-12)
        side /= length
        plane = np.append(side, -side @ vertices[a])
        quadric = _BORDER * length * length * np.outer(plane, plane)
        found[a] += quadric
        found[b] += quadric


class _Mesh:
    """The state of a mesh while it is simplified."""

    def __init__(self, vertices: Array, triangles: Index, care: Array, fixed: Flags) -> None:
        self.at = [tuple(row) for row in vertices.tolist()]
        self.faces: dict[int, tuple[int, int, int]] = {
            place: (a, b, c) for place, (a, b, c) in enumerate(triangles.tolist())
        }
        self.around: list[set[int]] = [set() for _ in self.at]
        for place, corners in self.faces.items():
            for corner in corners:
                self.around[corner].add(place)
        self.quadrics = _quadrics(vertices, triangles, care)
        self.fixed = fixed.tolist()
        self.version = [0] * len(self.at)
        self.heap: list[tuple[float, int, int, int, int]] = []
        for vertex, faces in enumerate(self.around):
            if faces:
                self._offer(vertex)

    def triangles(self) -> Index:
        return np.array([self.faces[place] for place in sorted(self.faces)], np.int64)

    def reduce(self, count: int) -> None:
        while len(self.faces) > count and self.heap:
            _, vertex, onto, mine, theirs = heapq.heappop(self.heap)
            if self.version[vertex] != mine or self.version[onto] != theirs:
                continue
            if self._may(vertex, onto):
                self._pull(vertex, onto)

    def _neighbours(self, vertex: int) -> set[int]:
        found = {corner for place in self.around[vertex] for corner in self.faces[place]}
        found.discard(vertex)
        return found

    def _offer(self, vertex: int) -> None:
        """Puts the cost of pulling `vertex` onto each neighbour on the heap."""
        x, y, z = self.at[vertex]
        for onto in self._neighbours(vertex):
            if self.fixed[vertex] and not self.fixed[onto]:
                continue
            u, v, w = self.at[onto]
            there = np.array((u, v, w, 1.0))
            cost = float(there @ (self.quadrics[vertex] + self.quadrics[onto]) @ there)
            length = (u - x) ** 2 + (v - y) ** 2 + (w - z) ** 2
            entry = (cost + _EVEN * length * length, vertex, onto)
            heapq.heappush(self.heap, (*entry, self.version[vertex], self.version[onto]))

    def _may(self, vertex: int, onto: int) -> bool:
        """Whether the surface stays one: no flap, no face turned over."""
        shared = self.around[vertex] & self.around[onto]
        if len(self._neighbours(vertex) & self._neighbours(onto)) != len(shared):
            return False
        end = self.at[onto]
        for place in self.around[vertex] - shared:
            corners = self.faces[place]
            before = [self.at[corner] for corner in corners]
            after = [end if corner == vertex else self.at[corner] for corner in corners]
            if _turned(before, after):
                return False
        return True

    def _pull(self, vertex: int, onto: int) -> None:
        for place in list(self.around[vertex]):
            corners = self.faces[place]
            for corner in corners:
                self.around[corner].discard(place)
            if onto in corners:
                del self.faces[place]
                continue
            a, b, c = (onto if corner == vertex else corner for corner in corners)
            self.faces[place] = (a, b, c)
            for corner in (a, b, c):
                self.around[corner].add(place)
        self.quadrics[onto] += self.quadrics[vertex]
        self.version[vertex] += 1
        self.version[onto] += 1
        self._offer(onto)
        for near in self._neighbours(onto):
            self.version[near] += 1
        for near in self._neighbours(onto):
            self._offer(near)
        self._offer(onto)


_Point = tuple[float, ...]


def _normal(corners: Sequence[_Point]) -> tuple[float, float, float]:
    (a, b, c), (d, e, f), (g, h, i) = corners
    x, y, z, u, v, w = d - a, e - b, f - c, g - a, h - b, i - c
    return y * w - z * v, z * u - x * w, x * v - y * u


def _turned(before: Sequence[_Point], after: Sequence[_Point]) -> bool:
    a, b, c = _normal(before)
    x, y, z = _normal(after)
    lengths = (a * a + b * b + c * c) * (x * x + y * y + z * z)
    return a * x + b * y + c * z <= 0.2 * lengths**0.5
