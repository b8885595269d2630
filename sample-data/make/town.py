"""Yunting, a town that does not exist: its streets, its river and its sewers.

Local metres, east and north of ORIGIN; the land falls from north to south, to the river Mu."""
import math
import random
from dataclasses import dataclass, field

import geo

ORIGIN = (531000.0, 3002000.0)  # EPSG:4547
RIVER_HALF_WIDTH = 13.0

RIVER = geo.smooth([(-120, 80), (0, 52), (120, 66), (220, 80), (340, 58), (480, 18), (620, 26),
                    (780, 50), (920, 28), (1060, -30), (1180, -75)])

STREETS = {  # name: centre line
    "滨河路": [(-20, 96), (60, 96), (130, 106), (220, 122), (340, 104), (480, 64), (620, 70),
            (780, 93), (905, 74), (1000, 38), (1046, 18)],
    "南门街": [(286, 486), (296, 410), (306, 330), (303, 270), (311, 190), (322, 108)],
    "米市街": [(404, 474), (414, 400), (425, 330), (432, 268), (440, 180), (449, 73)],
    "文昌巷": [(524, 398), (531, 330), (534, 272), (527, 190), (538, 64)],
    "正街": [(303, 270), (360, 273), (432, 268), (480, 266), (534, 272)],
    "后街": [(301, 372), (360, 376), (419, 371)],
    "兴业路": [(118, 436), (123, 360), (116, 290), (109, 220), (106, 150), (108, 102)],
    "工业一路": [(0, 298), (60, 293), (116, 291)],
    "云汀大道": [(668, 492), (679, 400), (693, 330), (699, 262), (705, 180), (714, 84)],
    "学府路": [(560, 436), (618, 420), (678, 409)],
    "桂香路": [(968, 288), (905, 273), (830, 257), (765, 260), (699, 262)],
    "望江路": [(870, 436), (863, 360), (858, 263)],
}
QUIET_STREETS = {  # without a sewer of the town; only to look at
    "环城北路": [(40, 438), (118, 440), (286, 488), (404, 476), (530, 440), (668, 494), (780, 470),
             (870, 438), (968, 420)],
    "东风路": [(968, 420), (975, 350), (968, 288), (950, 190), (936, 66)],
    "南桥": [(538, 64), (541, 20), (548, -60)],
    "书院弄": [(531, 330), (480, 333), (425, 330)],
    "盐仓弄": [(311, 190), (375, 184), (440, 180), (527, 190)],
}
STREETS = {name: geo.smooth(points) for name, points in STREETS.items()}
QUIET_STREETS = {name: geo.smooth(points) for name, points in QUIET_STREETS.items()}


@dataclass
class Node:
    id: str
    at: tuple
    street: str
    system: str
    kind: str = "检查井"
    ground: float = 0.0
    invert: float = math.inf
    links: int = 0


@dataclass
class Pipe:
    id: str
    start: Node
    end: Node
    line: list
    street: str
    system: str
    size: str
    material: str
    year: str
    start_invert: float = 0.0
    end_invert: float = 0.0
    flow: str = "+"

    def length(self):
        return geo.length(self.line)

    def ends(self):
        """Upstream and downstream node, whichever way the line was drawn."""
        return (self.end, self.start) if self.flow == "-" else (self.start, self.end)

    def diameter(self):
        return int(self.size.split("X")[0])


@dataclass
class Run:
    """A sewer along a street, from its upper end down to where it joins or flows out."""
    code: str
    street: str
    first_node: str      # id of its first node; the others count on
    system: str
    sizes: list          # (from this pipe on, size)
    material: str
    year: str
    side: float = 0.0    # metres left of the street's centre line, in its direction
    starts_at: float = 0.0
    ends_at: float = math.inf
    spacing: float = 40.0
    into: str = None     # code of the run that it joins; None: it makes its own last node
    crossings: list = field(default_factory=list)  # (x, y) where it must have a manhole
    outfall: tuple = None


RUNS = [
    Run("BH", "滨河路", "HS101", "HS", [(0, "800"), (5, "1000"), (11, "1200"), (15, "1500"),
        (22, "2000X1600")], "钢筋混凝土", "1998", spacing=44,
        crossings=[(108, 103), (322, 108), (449, 73), (538, 64), (714, 84)]),
    Run("NM", "南门街", "HS201", "HS", [(0, "300"), (2, "400"), (5, "500"), (7, "600")], "混凝土",
        "1984", starts_at=8, into="BH", crossings=[(303, 270)]),
    Run("MS", "米市街", "HS301", "HS", [(0, "300"), (2, "400"), (5, "600"), (8, "800")], "混凝土",
        "1986", starts_at=6, into="BH", crossings=[(419, 371), (432, 268)]),
    Run("WC", "文昌巷", "HS401", "HS", [(0, "300"), (4, "400")], "陶土", "1979", starts_at=6,
        into="BH", crossings=[(534, 272)]),
    Run("ZJ", "正街", "HS501", "HS", [(0, "400"), (2, "800X600")], "砖石", "1968", starts_at=16,
        ends_at=129.4, into="MS"),
    Run("ZJ", "正街", "HS511", "HS", [(0, "400")], "混凝土", "1981", starts_at=146, ends_at=231,
        into="WC"),
    Run("HJ", "后街", "HS551", "HS", [(0, "300")], "混凝土", "1988", starts_at=17, into="MS"),
    Run("XYW", "兴业路", "WS101", "WS", [(0, "300"), (4, "400")], "PVC-U", "2006", side=-2.6,
        starts_at=5, into="BH", crossings=[(116, 290)]),
    Run("XYY", "兴业路", "YS101", "YS", [(0, "400"), (2, "600"), (5, "800")], "钢筋混凝土", "2006",
        side=3.0, starts_at=12, ends_at=326, outfall=("PK01", (110.5, 78.0))),
    Run("GYW", "工业一路", "WS151", "WS", [(0, "300")], "PVC-U", "2006", side=-1.8, starts_at=8,
        into="XYW"),
    Run("YTW", "云汀大道", "WS201", "WS", [(0, "300"), (3, "400"), (6, "500")], "HDPE双壁波纹管",
        "2011-09", side=-3.2, starts_at=8, into="BH", crossings=[(676, 409), (696, 262)]),
    Run("YTY", "云汀大道", "YS201", "YS", [(0, "500"), (3, "800"), (6, "1200X1000")], "钢筋混凝土",
        "2011-09", side=3.6, starts_at=14, ends_at=400, crossings=[(682, 409), (703, 262)],
        outfall=("PK02", (721.0, 58.0))),
    Run("XFW", "学府路", "WS251", "WS", [(0, "300")], "HDPE双壁波纹管", "2012-03", side=-2.0,
        starts_at=4, into="YTW"),
    Run("XFY", "学府路", "YS251", "YS", [(0, "400")], "HDPE双壁波纹管", "2012-03", side=2.4,
        starts_at=8, into="YTY"),
    Run("GXW", "桂香路", "WS301", "WS", [(0, "300"), (3, "400")], "HDPE双壁波纹管", "2014",
        side=2.2, starts_at=6, into="YTW", spacing=42, crossings=[(858, 263)]),
    Run("GXY", "桂香路", "YS301", "YS", [(0, "400"), (3, "600")], "HDPE双壁波纹管", "2014",
        side=-2.6, starts_at=12, into="YTY", spacing=42),
    Run("WJW", "望江路", "WS351", "WS", [(0, "300")], "球墨铸铁", "2016", side=-1.2, starts_at=8,
        into="GXW", spacing=42),
]


@dataclass
class Network:
    nodes: dict = field(default_factory=dict)
    pipes: dict = field(default_factory=dict)


def ground(at):
    """Terrain in metres above the sea: falls to the river and a little with it."""
    x, y = at
    return 28.4 + 0.0135 * max(0.0, y - 60) - 0.0012 * x + 0.25 * math.sin(x / 90) * math.cos(y / 120)


def build():
    network, rng = Network(), random.Random(4547)
    for run in RUNS:
        _build_run(network, run, rng)
    _twin(network)
    _treatment_works(network)
    _levels(network)
    _turn_some(network)
    return network


def _stations(line, run):
    """Where along the line its manholes are: at the crossings, and evenly between them."""
    fixed = [0.0, *sorted(geo.project(line, c) for c in run.crossings), geo.length(line)]
    out = [0.0]
    for a, b in zip(fixed, fixed[1:]):
        n = max(1, round((b - a) / run.spacing))
        out += [a + (b - a) * i / n for i in range(1, n + 1)]
    return out


def _build_run(network, run, rng):
    street = STREETS[run.street]
    line = geo.part(street, run.starts_at, min(run.ends_at, geo.length(street)))
    line = geo.offset(line, run.side) if run.side else line
    junction = _junction(network, run, line[-1])
    line = _snap(line, junction)
    if run.outfall:
        line = line + [run.outfall[1]]
    stations = _stations(line, run)
    nodes, count = [], len(stations)
    for i, station in enumerate(stations):
        if i == count - 1 and run.into:
            nodes.append(junction)
            continue
        place = station if i in (0, count - 1) else station + rng.uniform(-2.5, 2.5)
        stations[i] = place
        prefix, number = run.first_node[:2], int(run.first_node[2:]) + i
        node = Node("%s%d" % (prefix, number), _round(geo.at(line, place)), run.street, run.system)
        if run.outfall and i == count - 1:
            node.id, node.kind = run.outfall[0], "排放口"
        network.nodes[node.id] = node
        nodes.append(node)
    used = sum(1 for p in network.pipes.values() if p.id.startswith(run.code + "-"))
    for i, (a, b) in enumerate(zip(nodes, nodes[1:])):
        drawn = geo.simplify(geo.part(line, stations[i], stations[i + 1]), 0.12)
        drawn = [a.at, *map(_round, drawn[1:-1]), b.at]
        size = [s for first, s in run.sizes if i >= first][-1]
        pipe = Pipe("%s-%03d" % (run.code, used + i + 1), a, b, drawn, run.street, run.system, size,
                    run.material, run.year)
        network.pipes[pipe.id] = pipe


def _junction(network, run, end):
    """The nearest node of the run that this one joins."""
    nodes = [n for p in network.pipes.values() if p.id.startswith("%s-" % run.into)
             for n in (p.start, p.end)]
    return min(nodes, key=lambda n: math.dist(n.at, end)) if nodes else None


def _snap(line, junction):
    """The line bent over its last metres into the node that it joins."""
    if junction is None:
        return line
    return [p for p in line if math.dist(p, junction.at) > 6.0] + [junction.at]


def _round(at):
    return (round(at[0], 3), round(at[1], 3))


def _twin(network):
    """Under the bridge the trunk runs in two pipes: the old one and a relief beside it."""
    old = network.pipes["BH-016"]
    (x0, y0), (x1, y1) = old.line[0], old.line[-1]
    d = math.hypot(x1 - x0, y1 - y0)
    aside = [(x0 + (x1 - x0) * t - (y1 - y0) / d * 3.4, y0 + (y1 - y0) * t + (x1 - x0) / d * 3.4)
             for t in (0.12, 0.88)]
    relief = Pipe("BH-016B", old.start, old.end, [old.line[0], *map(_round, aside), old.line[-1]],
                  old.street, old.system, "1000", "球墨铸铁", "2015")
    del network.pipes["BH-016"]
    old.id = "BH-016A"
    pipes = list(network.pipes.values())
    place = [p.id for p in pipes].index("BH-017")
    network.pipes = {p.id: p for p in pipes[:place] + [old, relief] + pipes[place:]}


def _treatment_works(network):
    last = max((n for n in network.nodes.values() if n.street == "滨河路" and n.system == "HS"),
               key=lambda n: n.at[0])
    last.kind = "污水处理厂进水井"


def _levels(network):
    """Inverts from the upper ends down: at least the cover, at least the slope of the size."""
    for node in network.nodes.values():
        node.ground = round(ground(node.at), 3)
        node.links = 0
    incoming = {n: 0 for n in network.nodes}
    for pipe in network.pipes.values():
        pipe.start.links += 1
        pipe.end.links += 1
        incoming[pipe.end.id] += 1
    ready = [n for n in network.nodes.values() if incoming[n.id] == 0]
    while ready:
        node = ready.pop()
        for pipe in (p for p in network.pipes.values() if p.start is node):
            cover = 1.5 + _height(pipe) / 1000
            node.invert = min(node.invert, node.ground - cover)
        for pipe in (p for p in network.pipes.values() if p.start is node):
            cover = 1.5 + _height(pipe) / 1000
            fall = _slope(pipe) * pipe.length()
            end = min(node.invert - fall, ground(pipe.end.at) - cover)
            pipe.start_invert, pipe.end_invert = round(node.invert, 3), round(end, 3)
            pipe.end.invert = min(pipe.end.invert, end)
            incoming[pipe.end.id] -= 1
            if incoming[pipe.end.id] == 0:
                ready.append(pipe.end)
    for node in network.nodes.values():
        node.invert = round(node.invert, 3)


def _height(pipe):
    return int(pipe.size.split("X")[-1])


def _slope(pipe):
    for size, slope in ((300, 0.003), (400, 0.0025), (600, 0.0018), (800, 0.0012), (1200, 0.0009)):
        if pipe.diameter() <= size:
            return slope
    return 0.0007


def _turn_some(network):
    """A survey crew draws as it walks: some lines were drawn, or entered, against the flow."""
    for id in ("MS-002", "MS-003", "XFW-002", "GXY-004"):
        pipe = network.pipes[id]
        pipe.flow, pipe.start, pipe.end = "-", pipe.end, pipe.start
        pipe.start_invert, pipe.end_invert = pipe.end_invert, pipe.start_invert
        pipe.line.reverse()
    network.pipes["WC-002"].flow = ""  # nobody wrote it down; the inverts tell
