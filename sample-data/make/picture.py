#!/usr/bin/python3
"""Draws the pictures of the README with QGIS, offscreen: picture.py RESULT.gpkg FOLDER

A maintainer's tool; needs Debian's python3-qgis, and a font for Chinese (fonts-wqy-microhei). FOLDER/town.png
is a map with its legend in the styles that are in the file, as QGIS shows them to everybody;
FOLDER/print.png is the map Overview of the project in the file, as it leaves the printer.
"""
import os
import sys
from urllib.parse import quote

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from qgis.core import (  # noqa: E402
    QgsApplication, QgsExpressionContext, QgsExpressionContextUtils, QgsLayoutExporter,
    QgsMapRendererSequentialJob, QgsMapSettings, QgsProject, QgsRectangle, QgsVectorLayer)
from qgis.PyQt.QtCore import QRectF, QSize, Qt  # noqa: E402
from qgis.PyQt.QtGui import QColor, QFont, QImage, QPainter  # noqa: E402

DRAWN = ["collapse_hazards", "defects", "nodes", "defect_lines", "segments", "districts"]  # from the top
WIDTH, HEIGHT, LEGEND, DPI = 1400, 920, 236, 110


def open_layers(path):
    layers = {name: QgsVectorLayer(f"{path}|layername={name}", name, "ogr") for name in DRAWN}
    for name, layer in layers.items():
        if not layer.isValid():
            sys.exit(f"picture.py: no layer '{name}' in '{path}'")
    QgsProject.instance().addMapLayers(list(layers.values()))
    return layers


def draw_map(layers):
    settings = QgsMapSettings()
    settings.setLayers([layers[name] for name in DRAWN])
    settings.setDestinationCrs(layers["segments"].crs())
    settings.setOutputSize(QSize(WIDTH, HEIGHT - LEGEND))
    settings.setOutputDpi(DPI)
    settings.setBackgroundColor(QColor("white"))
    extent = QgsRectangle(layers["segments"].extent())
    extent.scale(1.06)
    settings.setExtent(extent)
    context = QgsExpressionContext()
    context.appendScope(QgsExpressionContextUtils.globalScope())
    context.appendScope(QgsExpressionContextUtils.projectScope(QgsProject.instance()))
    context.appendScope(QgsExpressionContextUtils.mapSettingsScope(settings))
    settings.setExpressionContext(context)
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    return job.renderedImage()


def draw_column(painter, left, title, items, step=24, top=HEIGHT - LEGEND + 18):
    painter.setPen(QColor("#282828"))
    painter.setFont(QFont("DejaVu Sans", 10, QFont.Bold))
    painter.drawText(left, top + 8, title)
    painter.setFont(QFont("DejaVu Sans", 10))
    for i, (symbol, label) in enumerate(items):
        y = top + 20 + i * step
        painter.drawImage(left, y, symbol.asImage(QSize(40, 22)))
        painter.drawText(QRectF(left + 50, y, 260, 22), Qt.AlignVCenter, label)


def legend(layer):
    return [(item.symbol().clone(), item.label()) for item in layer.renderer().legendSymbolItems()
            if item.symbol() is not None]


def draw_town(path, picture):
    layers = open_layers(path)
    map_image = draw_map(layers)
    image = QImage(WIDTH, HEIGHT, QImage.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.Antialiasing)
    painter.drawImage(0, 0, map_image)
    defects = legend(layers["defects"])
    severities = [item for item in defects if item[1][:1].isdigit()]
    kinds = [item for item in defects if item not in severities][1:]  # without what does not count
    draw_column(painter, 30, "Segments: repair priority", legend(layers["segments"]))
    draw_column(painter, 370, "Defects: kind", kinds[:8])
    draw_column(painter, 680, "", kinds[8:] + severities)
    draw_column(painter, 1010, "Districts: defects per km", legend(layers["districts"]))
    painter.end()
    image.save(picture)


def draw_print(path, picture):
    project = QgsProject.instance()
    if not project.read(f"geopackage:{quote(path)}?projectName={quote('Sewer condition')}"):
        sys.exit(f"picture.py: no project in '{path}': {project.error()}")
    layout = project.layoutManager().layoutByName("Overview")
    QgsLayoutExporter(layout).renderPageToImage(0, QSize(1600, 1131)).save(picture)


def main():
    if len(sys.argv) != 3:
        sys.exit("picture.py RESULT.gpkg FOLDER")
    app = QgsApplication([], False)
    app.initQgis()
    path, folder = os.path.abspath(sys.argv[1]), sys.argv[2]
    draw_town(path, os.path.join(folder, "town.png"))
    draw_print(path, os.path.join(folder, "print.png"))
    QgsProject.instance().clear()
    sys.stdout.flush()
    os._exit(0)  # QGIS 3.22 may fall over while Python takes it down


main()
