"""Writes shapefiles byte by byte, so that every flaw of their tables can be made on purpose."""
import struct

POINT, LINE, POLYGON = 1, 3, 5

CGCS2000_114E = (
    'PROJCS["CGCS2000_3_Degree_GK_CM_114E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",'
    'DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],'
    'UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],'
    'PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],'
    'PARAMETER["Central_Meridian",114.0],PARAMETER["Scale_Factor",1.0],'
    'PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]')


def write(path, kind, fields, rows, encoding, language_driver=0, cpg=None, prj=CGCS2000_114E):
    """fields: (name, type, width, decimals); rows: (vertices or rings, values)."""
    _write_shapes(path, kind, [geometry for geometry, _ in rows])
    _write_table(path, fields, [values for _, values in rows], encoding, language_driver)
    if cpg is not None:
        _save(path + ".cpg", cpg.encode())
    if prj is not None:
        _save(path + ".prj", prj.encode())


def _save(path, data):
    with open(path, "wb") as file:
        file.write(data)


def _content(kind, geometry):
    if kind == POINT:
        return struct.pack("<idd", kind, *geometry[0])
    parts = geometry if kind == POLYGON else [geometry]
    vertices = [v for p in parts for v in p]
    starts, n = [], 0
    for p in parts:
        starts.append(n)
        n += len(p)
    return (struct.pack("<i4d2i", kind, *_box(vertices), len(parts), n)
            + struct.pack("<%di" % len(parts), *starts)
            + b"".join(struct.pack("<2d", *v) for v in vertices))


def _box(vertices):
    xs, ys = [v[0] for v in vertices], [v[1] for v in vertices]
    return min(xs), min(ys), max(xs), max(ys)


def _write_shapes(path, kind, geometries):
    every = [v for g in geometries for p in (g if kind == POLYGON else [g]) for v in p]
    records, index, at = b"", b"", 50
    for number, geometry in enumerate(geometries, 1):
        content = _content(kind, geometry)
        words = len(content) // 2
        records += struct.pack(">2i", number, words) + content
        index += struct.pack(">2i", at, words)
        at += 4 + words
    for suffix, body in ((".shp", records), (".shx", index)):
        header = struct.pack(">7i", 9994, 0, 0, 0, 0, 0, 50 + len(body) // 2)
        header += struct.pack("<2i4d4d", 1000, kind, *_box(every), 0, 0, 0, 0)
        _save(path + suffix, header + body)


def _write_table(path, fields, rows, encoding, language_driver):
    width = 1 + sum(f[2] for f in fields)
    out = struct.pack("<4BIHH17xB2x", 3, 124, 6, 30, len(rows), 32 + 32 * len(fields) + 1, width,
                      language_driver)
    for name, kind, size, decimals in fields:
        # Ten bytes and not one more, be it in the middle of a character.
        out += struct.pack("<11sc4x2B14x", name.encode(encoding)[:10], kind.encode(), size, decimals)
    out += b"\r"
    for values in rows:
        out += b" "
        for (name, kind, size, decimals), value in zip(fields, values):
            out += _cell(kind, size, decimals, value, encoding)
    _save(path + ".dbf", out + b"\x1a")


def _cell(kind, size, decimals, value, encoding):
    if value is None:
        return b" " * size
    if kind == "N":
        return ("%*.*f" % (size, decimals, value)).encode()
    data = str(value).encode(encoding)
    if len(data) > size:
        raise ValueError("%r does not fit %d bytes" % (value, size))
    return data.ljust(size)
