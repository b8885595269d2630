"""The town's layers: sewers, districts, importance, soil, and a river and streets to look at."""
import json
import math
import os

import geo
import shapefile
import town

DISTRICTS = [
    ("工业园片区", [(-40, 135), (110, 140), (215, 152), (222, 300), (208, 400), (215, 520),
               (-40, 520)]),
    ("老城片区", [(215, 152), (375, 140), (480, 104), (600, 110), (596, 220), (585, 305),
              (400, 312), (222, 300)]),
    ("学府片区", [(222, 300), (400, 312), (585, 305), (648, 340), (646, 520), (215, 520),
              (208, 400)]),
    ("新城片区", [(600, 110), (720, 124), (820, 128), (1000, 84), (1100, 50), (1100, 520),
              (646, 520), (648, 340), (585, 305), (596, 220)]),
    ("滨河片区", [(-40, 135), (-40, 25), (0, 20), (120, 30), (220, 45), (340, 25), (480, -20),
              (620, -5), (780, 15), (920, -10), (1100, -60), (1100, 50), (1000, 84), (820, 128),
              (720, 124), (600, 110), (480, 104), (375, 140), (215, 152), (110, 140)]),
]

# The first area that a place lies in counts: the special ones stand before the general one.
IMPORTANCE = [
    ("老城商业中心", 10, [(345, 235), (452, 228), (560, 238), (566, 300), (560, 345), (350, 340)]),
    ("云汀大道沿线", 6, geo.buffer_open(town.STREETS["云汀大道"], 24, 24)),
    ("滨河路沿线", 6, geo.buffer_open(town.STREETS["滨河路"], 20, 20)),
    ("镇区一般道路", 3, [(-60, 0), (1120, -80), (1120, 540), (-60, 540)]),
]

_POND = [(436 + 58 * math.cos(a * math.pi / 12), 195 + 34 * math.sin(a * math.pi / 12))
         for a in range(24)]
SOIL = [
    ("淤泥质土", 8, _POND),
    ("粉砂层", 10, [(-60, 150), (215, 158), (375, 146), (480, 112), (600, 118), (820, 132), (1000, 92),
                 (1120, 60), (1120, -100), (-60, -20)]),
    ("一般土层", 0, [(-60, -100), (1120, -100), (1120, 540), (-60, 540)]),
]


def write(folder, network):
    os.makedirs(os.path.join(folder, "network"), exist_ok=True)
    os.makedirs(os.path.join(folder, "background"), exist_ok=True)
    _pipes(os.path.join(folder, "network", "pipes"), network)
    _manholes(os.path.join(folder, "network", "manholes"), network)
    _districts(os.path.join(folder, "districts"))
    _soil(os.path.join(folder, "soil"))
    _geojson(os.path.join(folder, "importance.geojson"), "Polygon", [
        ({"区域": name, "K": k}, [_ring(ring)]) for name, k, ring in IMPORTANCE])
    banks = geo.buffer_open(town.RIVER, town.RIVER_HALF_WIDTH, town.RIVER_HALF_WIDTH)
    _geojson(os.path.join(folder, "background", "river.geojson"), "Polygon",
             [({"name": "沐水河"}, [_ring(banks)])])
    _geojson(os.path.join(folder, "background", "streets.geojson"), "LineString",
             [({"name": name}, geo.simplify(line, 0.2)) for name, line in
              sorted({**town.STREETS, **town.QUIET_STREETS}.items())])


def world(at):
    return (round(town.ORIGIN[0] + at[0], 3), round(town.ORIGIN[1] + at[1], 3))


def _ring(points):
    ring = geo.close_clockwise(points)
    half = len(ring) // 2
    # A closed ring has no two ends to simplify between: its halves have.
    return geo.simplify(ring[:half + 1], 0.2)[:-1] + geo.simplify(ring[half:], 0.2)


def _pipes(path, network):
    """The survey crews' line layer, GBK throughout, names cut at ten bytes."""
    fields = [("管段编号", "C", 10, 0), ("S_Exp", "C", 10, 0), ("E_Exp", "C", 10, 0),
              ("Type", "C", 4, 0), ("Material", "C", 16, 0), ("PSize", "C", 10, 0),
              ("FlowDir", "C", 2, 0), ("S_Deep", "N", 6, 2), ("E_Deep", "N", 6, 2),
              ("起点管底高程", "N", 8, 3), ("终点管底高程", "N", 8, 3), ("管段长度", "N", 8, 2),
              ("EmBed", "C", 6, 0), ("MDate", "C", 8, 0), ("道路名称", "C", 16, 0),
              ("Belong", "C", 24, 0)]
    rows = []
    for p in network.pipes.values():
        owner = "云汀镇村镇建设办公室" if p.system == "HS" else "云汀水务有限公司"
        rows.append(([world(v) for v in p.line], [
            p.id, p.start.id, p.end.id, p.system, p.material, p.size, p.flow,
            p.start.ground - p.start_invert, p.end.ground - p.end_invert, p.start_invert,
            p.end_invert, p.length(), "直埋", p.year, p.street, owner]))
    shapefile.write(path, shapefile.LINE, fields, rows, "gbk", language_driver=0x4D, cpg="GBK")


def _manholes(path, network):
    """The point layer: GBK too, but its .cpg says UTF-8 and the table says nothing."""
    fields = [("管线点号", "C", 10, 0), ("Type", "C", 4, 0), ("管线点特征", "C", 10, 0),
              ("附属物", "C", 16, 0), ("X", "N", 12, 3), ("Y", "N", 12, 3),
              ("地面高程", "N", 8, 3), ("井底高程", "N", 8, 3), ("WellDeep", "N", 6, 2),
              ("道路名称", "C", 16, 0)]
    features = {1: "起止点", 2: "直线点", 3: "三通", 4: "四通"}
    rows = []
    for n in network.nodes.values():
        east, north = world(n.at)
        rows.append(([(east, north)], [
            n.id, n.system, features[min(n.links, 4)], n.kind, north, east, n.ground, n.invert,
            n.ground - n.invert, n.street]))
    shapefile.write(path, shapefile.POINT, fields, rows, "gbk", language_driver=0, cpg="UTF-8")


def _districts(path):
    """UTF-8, as many programs save: four characters are twelve bytes and lose two."""
    rows = [([[world(v) for v in _ring(ring)]], [i, name, "云汀镇"])
            for i, (name, ring) in enumerate(DISTRICTS, 1)]
    shapefile.write(path, shapefile.POLYGON, [("编号", "N", 4, 0), ("片区名称", "C", 30, 0),
                    ("乡镇", "C", 30, 0)], rows, "utf-8", cpg="UTF-8")


def _soil(path):
    """GBK, known by the language driver only: there is no .cpg."""
    rows = [([[world(v) for v in _ring(ring)]], [name, t]) for name, t, ring in SOIL]
    shapefile.write(path, shapefile.POLYGON, [("土层", "C", 20, 0), ("T", "N", 4, 0)], rows, "gbk",
                    language_driver=0x4D)


def _geojson(path, kind, features):
    """Longitude and latitude, as GeoJSON wants it (RFC 7946: rings counter-clockwise)."""
    def lonlat(v):
        return list(geo.degrees(*world(v)))

    def coordinates(shape):
        return [[lonlat(v) for v in ring[::-1]] for ring in shape] if kind == "Polygon" else \
            [lonlat(v) for v in shape]
    lines = [json.dumps({"type": "Feature", "properties": properties,
                         "geometry": {"type": kind, "coordinates": coordinates(shape)}},
                        ensure_ascii=False) for properties, shape in features]
    with open(path, "w", encoding="utf-8") as file:
        file.write('{"type": "FeatureCollection", "features": [\n%s\n]}\n' % ",\n".join(lines))
