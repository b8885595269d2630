"""Opens projects inside of GeoPackages as a person would, prints and edits: TAP on stdout.

    project.py open FILE FOLDER     opens the project, prints its maps into FOLDER
    project.py query FILE           asks views as DB Manager does
    project.py edit FILE            edits features and saves; the index must follow
    project.py save FILE            saves the project, as somebody who changed it would
"""
import os
import sqlite3
import sys
from urllib.parse import quote

from qgis.core import (
    QgsApplication, QgsFeature, QgsGeometry, QgsLayoutExporter, QgsMapLayer,
    QgsProject, QgsProjectBadLayerHandler, QgsProviderRegistry, QgsRectangle, QgsVectorLayer,
    QgsWkbTypes)
from qgis.PyQt.QtGui import QImage

from tap import check, check_equal, finish

NAME = "Sewer condition"
ORDER = ["collapse_hazards", "defects", "inventory", "node_inspections", "nodes", "trenchless_repairs",
         "repairs", "defect_lines", "inspections", "segments", "districts"]  # from the top
# Of a map without a place on earth: QGIS asks where it is all the same.
OF_PLACES = "Cannot create transform between  and"
messages = []  # what QGIS wrote into its log
bad_layers = []


class BadLayers(QgsProjectBadLayerHandler):
    def handleBadLayers(self, layers):
        bad_layers.extend(layer.firstChildElement("id").text() for layer in layers)


handler = BadLayers()


def ask(path, sql, *values):
    with sqlite3.connect(path) as db:
        return db.execute(sql, values).fetchall()


def table_of(layer):
    return layer.source().rsplit("|layername=", 1)[1]


def open_project(path):
    project = QgsProject.instance()
    project.clear()
    del bad_layers[:]
    del messages[:]
    project.setBadLayerHandler(handler)
    check("the project is read", project.read(f"geopackage:{quote(path)}?projectName={quote(NAME)}"), project.error())
    check_equal("no layer is bad", bad_layers, [])
    check_equal("QGIS has nothing to say", messages, [])
    return project


def share(image, colours):
    """The share of pixels, of every fourth in both directions, that have one of the colours."""
    found = [image.pixelColor(x, y).name() in colours
             for x in range(0, image.width(), 4) for y in range(0, image.height(), 4)]
    return sum(found) / len(found)


def check_layers(path, project):
    known = {row[0] for row in ask(path, "SELECT table_name FROM gpkg_contents WHERE table_name <> "
                                         "'layer_styles'")}
    shown = [layer for layer in project.mapLayers().values() if not layer.flags() & QgsMapLayer.Private]
    layers = {table_of(layer): layer for layer in shown}
    check_equal("every layer of the file is there, once", sorted(map(table_of, shown)), sorted(known))
    check_equal("besides, one that nobody sees for the tables of the worst", len(project.mapLayers()), len(shown) + 1)
    check_equal("as often as in the tree", len(project.layerTreeRoot().findLayers()), len(layers))
    check_equal("points lie over lines over polygons",
                [table_of(layer) for layer in project.layerTreeRoot().layerOrder() if layer.isSpatial()],
                [name for name in ORDER if name in layers])
    for name, layer in sorted(layers.items()):
        check(f"{name} is valid", layer.isValid(), layer.error().message())
        check_equal(f"{name} is in this file", os.path.realpath(layer.source().split("|")[0]), os.path.realpath(path))
        check(f"{name} has its titles", layer.name() != name and layer.metadata().title() == layer.name(), layer.name())
        if not layer.isSpatial():
            continue
        want = ask(path, "SELECT srs_id FROM gpkg_contents WHERE table_name = ?", name)[0][0]
        if want > 0 and want != 100000:
            check_equal(f"{name} has its CRS", layer.crs().authid(), f"EPSG:{want}")
        styles = [row[0] for row in ask(path, "SELECT styleName FROM layer_styles WHERE f_table_name = ?", name)]
        check_equal(f"{name} offers its styles", sorted(layer.styleManager().styles()), sorted(styles))
        lone = QgsVectorLayer(layer.source(), name, "ogr")  # with the style that is in the file
        check_equal(f"{name} has the legend of the default style",
                    [item.label() for item in layer.renderer().legendSymbolItems()],
                    [item.label() for item in lone.renderer().legendSymbolItems()])
        check_equal(f"{name} is called the same", layer.displayExpression(), lone.displayExpression())
        check_equal(f"{name} has the same value lists",
                    [layer.editorWidgetSetup(i).type() for i in range(layer.fields().count())],
                    [lone.editorWidgetSetup(i).type() for i in range(lone.fields().count())])
    return layers


def check_relations(project):
    relations = project.relationManager().relations().values()
    check("relations are there", len(relations) >= 6)
    for relation in relations:
        check(f"'{relation.id()}' is valid", relation.isValid())
    relation = project.relationManager().relation("defects_of_segments")
    counts = [sum(1 for _ in relation.getRelatedFeatures(segment))
              for segment in relation.referencedLayer().getFeatures()]
    check_equal("defects belong to their segments", sum(counts),
                sum(1 for f in relation.referencingLayer().getFeatures() if f["segment_id"]))
    tabs = [tab.name() for tab in relation.referencedLayer().editFormConfig().tabs()]
    check("the form of a segment lists its defects", "Defects" in tabs and "Inspections" in tabs, tabs)


def check_layout(layout, folder, name):
    settings = QgsLayoutExporter.ImageExportSettings()
    settings.dpi = 100
    picture = os.path.join(folder, name + ".png")
    if os.path.exists(picture):
        os.remove(picture)
    check_equal(f"'{name}' is exported as a picture",
                QgsLayoutExporter(layout).exportToImage(picture, settings), QgsLayoutExporter.Success)
    image = QImage(picture)
    check_equal(f"'{name}' is A3", (round(image.width() / 100 * 25.4), round(image.height() / 100 * 25.4)), (420, 297))
    check(f"'{name}' shows something", share(image, {"#ffffff"}) < 0.99, share(image, {"#ffffff"}))
    check_equal(f"'{name}' is exported as PDF",
                QgsLayoutExporter(layout).exportToPdf(os.path.join(folder, name + ".pdf"),
                                                      QgsLayoutExporter.PdfExportSettings()),
                QgsLayoutExporter.Success)
    return image


def item_text(layout, name):
    return layout.itemById(name).currentText()


def check_legend(layout, layers):
    """Metric maps: the scale is known when the file is written."""
    scale = layout.itemById("map").scale()
    if not layers["segments"].crs().isValid() or layers["segments"].crs().isGeographic():
        return
    explained = {table_of(node.layer()) for node in layout.itemById("legend").model().rootGroup().findLayers()}
    check_equal("the legend has no layer that is too small to be drawn",
                [name for name in explained if not layers[name].isInScaleRange(scale)], [])
    check("... but the signs of hazards, once", len(explained & {"defects", "collapse_hazards"}) == 1, explained)


def check_layouts(path, project, layers, folder):
    by_name = {layout.name(): layout for layout in project.layoutManager().printLayouts()}
    has_districts = "districts" in layers and layers["districts"].featureCount() > 0
    check_equal("there is a map of all, and one for each district", sorted(by_name),
                ["Districts", "Overview"] if has_districts else ["Overview"])
    overview = by_name["Overview"]
    image = check_layout(overview, folder, "Overview")
    extent = layers["segments"].extent()
    if not extent.isEmpty():
        check("the map shows all segments", overview.itemById("map").extent().contains(extent))
    if layers["segments"].crs().isValid() and not layers["segments"].crs().isGeographic():
        scale = overview.itemById("map").scale()
        check("its scale is round, but for what nobody sees", abs(scale / float(f"{scale:.2g}") - 1) < 0.002, scale)
        check("... and told round", f"Scale 1:{float(f'{scale:.2g}'):,.0f} " in item_text(overview, "foot"),
              item_text(overview, "foot"))
    check_equal("no expression is left in words", [text for text in (
        item_text(overview, name) for name in ("title", "figures", "foot")) if "[%" in text or "Error" in text], [])
    check_legend(overview, layers)
    check("it says which file it is from", os.path.basename(path) in item_text(overview, "foot"), item_text(overview, "foot"))
    n = ask(path, "SELECT count(*), sum(collapse_hazard) FROM segments")[0]
    check("it tells how many segments there are", item_text(overview, "figures").startswith(f"{n[0]} segments"),
          item_text(overview, "figures"))
    table = overview.itemById("worst").multiFrame()
    table.refreshAttributes()
    rows = [[str(cell) for cell in row[:2]] for row in table.contents()]
    check_equal("the table has the ten worst segments in order", rows, [
        [str(rank), name] for rank, name in ask(
            path, "SELECT rank, segment_id FROM segments WHERE rank IS NOT NULL ORDER BY rank LIMIT 10")])
    size, frame = table.totalSize(), overview.itemById("worst").rect()
    check("the table has room", size.height() <= frame.height() and size.width() <= frame.width() + 0.5,
          (size, frame))
    if has_districts:
        check_atlas(path, by_name["Districts"], folder)
    return image


def check_atlas(path, layout, folder):
    atlas = layout.atlas()
    names = [row[0] for row in ask(path, "SELECT name FROM districts ORDER BY name")]
    check("the atlas is on", atlas.enabled() and atlas.updateFeatures() == len(names))
    atlas.beginRender()
    for i, name in enumerate(names):
        check(f"page {i + 1} is seeked", atlas.seekTo(i))
        layout.refresh()
        file = atlas.currentFilename()
        check(f"page {i + 1} can be a file", file and not set(file) & set('/\\:*?"<>|\n') and len(file) < 70, file)
        check_equal(f"page {i + 1} has its title", item_text(layout, "title").split(" · ")[0], atlas.nameForPage(i))
        table = layout.itemById("worst").multiFrame()
        table.refreshAttributes()
        rows = [str(row[1]) for row in table.contents()]
        want = [row[0] for row in ask(path, "SELECT segment_id FROM segments WHERE district = ? AND rank IS "
                                            "NOT NULL ORDER BY rank LIMIT 10", atlas.nameForPage(i))]
        check_equal(f"... and the worst segments of '{atlas.nameForPage(i)}'", rows or [""], want or [""])
    check_equal("all districts have a page", sorted(atlas.nameForPage(i) for i in range(len(names))), sorted(names))
    check_layout(layout, folder, "Districts")
    atlas.endRender()


def check_depth(path, layers):
    for name in ("segments", "inspections", "defect_lines", "repairs"):
        has_z = ask(path, "SELECT z FROM gpkg_geometry_columns WHERE table_name = ?", name)[0][0]
        if has_z:
            check(f"QGIS sees the depth of {name}", QgsWkbTypes.hasZ(layers[name].wkbType()))
            feature = next(f for f in layers[name].getFeatures() if QgsWkbTypes.hasZ(f.geometry().wkbType()))
            check(f"... of each vertex of {name}", all(v.z() == v.z() for v in feature.geometry().vertices()))


def check_queries(path):
    """What DB Manager does: SQL through the connection of the provider."""
    metadata = QgsProviderRegistry.instance().providerMetadata("ogr")
    connection = metadata.createConnection(path, {})
    for view in ("collapse_hazards", "trenchless_repairs"):
        want = ask(path, f"SELECT count(*) FROM {view}")[0][0]
        check_equal(f"SQL counts {view}", connection.executeSql(f"SELECT count(*) FROM {view}"), [[want]])
        layer = QgsVectorLayer(f"{path}|layername={view}", view, "ogr")
        check_equal(f"{view} has as many features", sum(1 for _ in layer.getFeatures()), want)
        ids = [feature.id() for feature in layer.getFeatures()]
        check_equal(f"{view} has features of their own", len(set(ids)), len(ids))
        if want == 0:
            continue
        first = next(layer.getFeatures())
        check_equal(f"a feature of {view} is found by its number",
                    [f.attributes() for f in layer.getFeatures([first.id()])], [first.attributes()])
        box = QgsRectangle(first.geometry().boundingBox()).buffered(0.01)
        check(f"{view} is searched by place", first.id() in [f.id() for f in layer.getFeatures(box)])
        layer.setSubsetString("\"district\" = 'no such'")
        check_equal(f"{view} can be filtered", sum(1 for _ in layer.getFeatures()), 0)
    for table in ("segments", "collapse_hazards", "district_codes", "defects"):
        if ask(path, "SELECT count(*) FROM gpkg_contents WHERE table_name = ?", table)[0][0]:
            check(f"{table} is listed", table in [t.tableName() for t in connection.tables("")])


def open_all(path, folder):
    project = open_project(path)
    layers = check_layers(path, project)
    check_relations(project)
    check_layouts(path, project, layers, folder)
    check_depth(path, layers)
    check_equal("QGIS has had nothing to say all along", messages, [])


# --- editing ---

def edited(path, table):
    layer = QgsVectorLayer(f"{path}|layername={table}", table, "ogr")
    layer.startEditing()
    return layer


def commit(layer, what):
    check(f"{what} is saved", layer.commitChanges(), layer.commitErrors())


def check_index(path, table, what):
    with sqlite3.connect(path) as db:
        check_equal(f"{what}: the index of {table} is whole",
                    db.execute(f"SELECT rtreecheck('rtree_{table}_geom')").fetchall(), [("ok",)])
        check_equal(f"{what}: the count of {table} is right",
                    db.execute("SELECT feature_count FROM gpkg_ogr_contents WHERE table_name = ?", (table,)).fetchall(),
                    db.execute(f"SELECT count(*) FROM {table}").fetchall())
        check_equal(f"{what}: each geometry of {table} is in the index",
                    db.execute(f"SELECT count(*) FROM rtree_{table}_geom").fetchall(),
                    db.execute(f"SELECT count(*) FROM {table} WHERE geom IS NOT NULL").fetchall())


def box_in_index(path, table, fid):
    return ask(path, f"SELECT minx, maxx, miny, maxy FROM rtree_{table}_geom WHERE id = ?", fid)


def covers(box, geometry):
    bounds = geometry.boundingBox()
    near = 1e-6 * max(abs(bounds.xMaximum()), abs(bounds.yMaximum()), 1)
    return all(abs(a - b) <= near for a, b in zip(
        box, (bounds.xMinimum(), bounds.xMaximum(), bounds.yMinimum(), bounds.yMaximum())))


def edit_table(path, table):
    layer = edited(path, table)
    feature = next(layer.getFeatures())
    fid, geometry = feature.id(), QgsGeometry(feature.geometry())
    geometry.translate(1000, 500)
    layer.changeGeometry(fid, geometry)
    commit(layer, f"a moved feature of {table}")
    check_index(path, table, "moved")
    box = box_in_index(path, table, fid)
    check(f"the index of {table} knows where it went", len(box) == 1 and covers(box[0], geometry), (box, geometry.asWkt()))

    layer = edited(path, table)
    new = QgsFeature(layer.fields())
    new.setGeometry(geometry)
    layer.addFeature(new)
    commit(layer, f"a new feature of {table}")
    check_index(path, table, "added")
    newest = ask(path, f"SELECT max(fid) FROM {table}")[0][0]
    check(f"the index of {table} knows the new one", len(box_in_index(path, table, newest)) == 1)

    layer = edited(path, table)
    layer.deleteFeature(newest)
    commit(layer, f"a deletion from {table}")
    check_index(path, table, "deleted")
    check_equal(f"the index of {table} forgot it", box_in_index(path, table, newest), [])

    layer = edited(path, table)
    layer.changeGeometry(fid, QgsGeometry())
    commit(layer, f"a feature of {table} without a place")
    check_index(path, table, "without a place")


def edit(path):
    for table in ("segments", "defects", "repairs", "districts"):
        edit_table(path, table)
    layer = edited(path, "segments")
    index = layer.fields().indexOf("priority_reason")
    feature = next(layer.getFeatures())
    layer.changeAttributeValue(feature.id(), index, "looked at by hand")
    commit(layer, "an attribute")
    check_equal("the attribute is there", ask(path, "SELECT priority_reason FROM segments WHERE fid = ?", feature.id()),
                [("looked at by hand",)])
    check_equal("QGIS has nothing to say", messages, [])
    del layer


def save(path):
    project = open_project(path)
    project.setTitle("Ours now")
    check("the project is saved", project.write(), project.error())


def main():
    what, path = sys.argv[1], os.path.abspath(sys.argv[2])
    app = QgsApplication([], False)
    app.initQgis()
    QgsApplication.messageLog().messageReceived.connect(
        lambda message, tag, level: message.startswith(OF_PLACES) or messages.append(f"{tag}: {message}"))
    if what == "open":
        open_all(path, os.path.abspath(sys.argv[3]))
    elif what == "query":
        check_queries(path)
    elif what == "edit":
        edit(path)
    else:
        save(path)
    status = finish()
    QgsProject.instance().clear()
    sys.stdout.flush()
    os._exit(status)  # QGIS 3.22 may fall over while Python takes it down


main()
