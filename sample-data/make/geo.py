"""Plane geometry and the map projection that the towns are drawn with."""
import math


def length(line):
    return sum(math.dist(a, b) for a, b in zip(line, line[1:]))


def smooth(points, step=2.0):
    """A Catmull-Rom curve through the points, sampled about every `step` metres."""
    padded = [_mirror(points[1], points[0])] + list(points) + [_mirror(points[-2], points[-1])]
    curve = []
    for p0, p1, p2, p3 in zip(padded, padded[1:], padded[2:], padded[3:]):
        n = max(1, round(math.dist(p1, p2) / step))
        curve += [_catmull_rom(p0, p1, p2, p3, i / n) for i in range(n)]
    return curve + [tuple(points[-1])]


def _mirror(a, b):
    return (2 * b[0] - a[0], 2 * b[1] - a[1])


def _catmull_rom(p0, p1, p2, p3, t):
    def one(a, b, c, d):
        return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t
                      + (3 * b - a - 3 * c + d) * t * t * t)
    return tuple(one(*axis) for axis in zip(p0, p1, p2, p3))


def offset(line, distance):
    """The line shifted to its left (negative: right), for smooth lines only."""
    shifted = []
    for i, (x, y) in enumerate(line):
        a, b = line[max(0, i - 1)], line[min(len(line) - 1, i + 1)]
        dx, dy = b[0] - a[0], b[1] - a[1]
        d = math.hypot(dx, dy)
        shifted.append((x - dy / d * distance, y + dx / d * distance))
    return shifted


def project(line, point):
    """Where along the line its nearest place to the point is, in metres."""
    best, along = (math.inf, 0.0), 0.0
    for a, b in zip(line, line[1:]):
        d = math.dist(a, b)
        t = ((point[0] - a[0]) * (b[0] - a[0]) + (point[1] - a[1]) * (b[1] - a[1])) / (d * d)
        t = min(1.0, max(0.0, t))
        at = (a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]))
        best = min(best, (math.dist(at, point), along + t * d))
        along += d
    return best[1]


def at(line, along):
    return part(line, 0.0, max(along, 1e-6))[-1]


def part(line, start, end):
    """The stretch of a line between two places along it."""
    out, along = [], 0.0
    for a, b in zip(line, line[1:]):
        d = math.dist(a, b)
        for place in (start, end):
            if along <= place < along + d or (place >= along + d and b == line[-1]):
                t = min(1.0, (place - along) / d)
                out.append((place, (a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]))))
        if start < along + d < end:
            out.append((along + d, b))
        along += d
    return [p for _, p in sorted(dict(out).items())]


def simplify(line, tolerance):
    """Douglas and Peucker's way to fewer vertices."""
    if len(line) < 3:
        return list(line)
    a, b = line[0], line[-1]
    d = math.dist(a, b) or 1e-9
    away = [abs((b[0] - a[0]) * (a[1] - p[1]) - (a[0] - p[0]) * (b[1] - a[1])) / d for p in line]
    far = max(range(len(line)), key=away.__getitem__)
    if away[far] <= tolerance:
        return [a, b]
    return simplify(line[:far + 1], tolerance)[:-1] + simplify(line[far:], tolerance)


def buffer_open(line, left, right):
    """A ribbon polygon along a smooth line, closed ring, clockwise."""
    ring = offset(line, left) + offset(line, -right)[::-1]
    return close_clockwise(ring)


def close_clockwise(ring):
    ring = list(ring)
    if ring[0] != ring[-1]:
        ring.append(ring[0])
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:]))
    return ring if area < 0 else ring[::-1]


# CGCS2000 / 3-degree Gauss-Kruger CM 114E (EPSG:4547), back to degrees (Krueger's series).
_A, _F = 6378137.0, 1 / 298.257222101


def degrees(east, north, central_meridian=114.0):
    n = _F / (2 - _F)
    a = _A / (1 + n) * (1 + n**2 / 4 + n**4 / 64)
    beta = (n / 2 - 2 * n**2 / 3 + 37 * n**3 / 96, n**2 / 48 + n**3 / 15, 17 * n**3 / 480)
    delta = (2 * n - 2 * n**2 / 3 - 2 * n**3, 7 * n**2 / 3 - 8 * n**3 / 5, 56 * n**3 / 15)
    xi, eta = north / a, (east - 500000.0) / a
    xi1 = xi - sum(b * math.sin(2 * j * xi) * math.cosh(2 * j * eta)
                   for j, b in enumerate(beta, 1))
    eta1 = eta - sum(b * math.cos(2 * j * xi) * math.sinh(2 * j * eta)
                     for j, b in enumerate(beta, 1))
    chi = math.asin(math.sin(xi1) / math.cosh(eta1))
    latitude = chi + sum(d * math.sin(2 * j * chi) for j, d in enumerate(delta, 1))
    longitude = math.atan2(math.sinh(eta1), math.cos(xi1))
    return (round(central_meridian + math.degrees(longitude), 8),
            round(math.degrees(latitude), 8))
