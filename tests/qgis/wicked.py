"""A network, districts, a log and photos with names that break what does not escape:
wicked.py FOLDER

The network is net.gpkg, with a layer and fields (ID_FIELD, DIAMETER_FIELD) of such names.
"""
import csv
import json
import os
import sys
import zlib

from osgeo import ogr, osr

NAMES = [
    "<script>alert(1)</script>",
    "a & b \"c\" 'd' </b>",
    "100 % [% 1 + 1 %] %]",
    "泵站 🚽 №7",
    "x" * 200,
    "back\\slash || 'or' --",
    "&lt;b&gt; &amp;",
]
LAYER = "pipes \"100 %\" 'a' <b> [% 1 %]"
ID_FIELD = 'seg "id" %s'
DIAMETER_FIELD = "dia'meter 100 %d"
PHOTOS = ["one #1.png", "fifty% & more.png", "照片 2.png", "not there <i>.png", "four.png", "five'.png",
          "six?.png"]


def png():
    """A small blue picture."""
    def chunk(kind, data):
        return (len(data).to_bytes(4, "big") + kind + data
                + zlib.crc32(kind + data).to_bytes(4, "big"))
    rows = (b"\0" + b"\x20\x60\xa0" * 64) * 48
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", (64).to_bytes(4, "big") + (48).to_bytes(4, "big")
            + b"\x08\2\0\0\0") + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def write_network(path):
    place = osr.SpatialReference()
    place.ImportFromEPSG(25832)
    source = ogr.GetDriverByName("GPKG").CreateDataSource(path)
    layer = source.CreateLayer(LAYER, place, ogr.wkbLineString)
    for name in (ID_FIELD, DIAMETER_FIELD):
        layer.CreateField(ogr.FieldDefn(name, ogr.OFTString))
    for i, name in enumerate(NAMES):
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetField(0, name)
        feature.SetField(1, "300")
        feature.SetGeometry(ogr.CreateGeometryFromWkt(
            f"LINESTRING({500000 + 50 * i} 5700000,{500050 + 50 * i} 5700000)"))
        layer.CreateFeature(feature)


def main():
    folder = sys.argv[1]
    write_network(os.path.join(folder, "net.gpkg"))
    with open(os.path.join(folder, "districts.geojson"), "w", encoding="utf-8") as out:
        json.dump({"type": "FeatureCollection", "features": [{
            "type": "Feature", "properties": {"name": name},
            "geometry": {"type": "Polygon", "coordinates": [[
                [500000 + 50 * i, 5699980], [500050 + 50 * i, 5699980], [500050 + 50 * i, 5700020],
                [500000 + 50 * i, 5700020], [500000 + 50 * i, 5699980]]]},
        } for i, name in enumerate(NAMES)], "crs": {
            "type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25832"}}}, out)
    with open(os.path.join(folder, "log.csv"), "w", encoding="utf-8", newline="") as out:
        log = csv.writer(out)
        log.writerow("inspection_id segment_id direction date inspected_m chainage_m code grade remark photo".split())
        for i, (name, photo) in enumerate(zip(NAMES, PHOTOS)):
            log.writerow([name, name, "downstream", "2024-05-01", 50, 12.5, "PL", 4 if i == 0 else 2, name,
                          "E:\\dcim\\" + photo.upper()])
    for photo in PHOTOS:
        if "not there" not in photo:
            with open(os.path.join(folder, "card", "DCIM", photo), "wb") as out:
                out.write(png())


if __name__ == "__main__":
    main()
