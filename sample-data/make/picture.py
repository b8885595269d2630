#!/usr/bin/python3
"""Draws the picture of the README with QGIS, offscreen: picture.py RESULT.gpkg PICTURE.png

A maintainer's tool; needs Debian's python3-qgis. Streets are told by the pipes alone: segments by
priority, width by diameter; defects by grade; collapse hazards on top.
"""
import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from qgis.core import (  # noqa: E402
    QgsApplication, QgsCategorizedSymbolRenderer, QgsFillSymbol, QgsLineSymbol,
    QgsMapRendererParallelJob, QgsMapSettings, QgsMarkerSymbol, QgsPalLayerSettings,
    QgsProperty, QgsRendererCategory, QgsRuleBasedRenderer, QgsSingleSymbolRenderer, QgsSymbolLayer,
    QgsTextBufferSettings, QgsTextFormat, QgsVectorLayer, QgsVectorLayerSimpleLabeling)
from qgis.PyQt.QtCore import QRectF, QSize, Qt  # noqa: E402
from qgis.PyQt.QtGui import QColor, QFont, QImage, QPainter, QPen  # noqa: E402

# Colour-blind safe, dark is urgent.
PRIORITIES = [
    (1, "#7f0000", "1 emergency"), (2, "#d7301f", "2 urgent"), (3, "#fc8d59", "3 soon"),
    (4, "#74a9cf", "4 planned"), (5, "#a8ddb5", "5 none"), (None, "#b5b5b5", "not assessed"),
]


def open_layer(path, name):
    layer = QgsVectorLayer(f"{path}|layername={name}", name, "ogr")
    if not layer.isValid():
        sys.exit(f"picture.py: no layer '{name}' in '{path}'")
    return layer


def segments(path):
    layer = open_layer(path, "segments")
    categories = []
    for value, colour, label in PRIORITIES:
        symbol = QgsLineSymbol.createSimple({"color": colour, "width": "0.9", "capstyle": "round"})
        if value is None:
            symbol.setColor(QColor(colour))
            symbol.symbolLayer(0).setPenStyle(Qt.DashLine)
        symbol.symbolLayer(0).setDataDefinedProperty(
            QgsSymbolLayer.PropertyStrokeWidth,
            QgsProperty.fromExpression("0.5 + coalesce(diameter_mm, 300) / 1000.0"))
        categories.append(QgsRendererCategory("" if value is None else value, symbol, label))
    layer.setRenderer(QgsCategorizedSymbolRenderer("priority", categories))
    return layer


def defects(path):
    layer = open_layer(path, "defects")
    root = QgsRuleBasedRenderer.Rule(None)
    for rule, size, colour in [
            ("is_current and (grade <= 2 or grade is null)", "1.2", "#555555"), ("is_current and grade = 3", "1.8", "#fc8d59"),
            ("is_current and grade >= 4", "2.2", "#d7301f")]:
        symbol = QgsMarkerSymbol.createSimple(
            {"name": "circle", "color": colour, "size": size, "outline_color": "white",
             "outline_width": "0.2"})
        root.appendChild(QgsRuleBasedRenderer.Rule(symbol, filterExp=rule))
    layer.setRenderer(QgsRuleBasedRenderer(root))
    return layer


def hazards(path):
    layer = open_layer(path, "collapse_hazards")
    layer.setRenderer(QgsSingleSymbolRenderer(QgsMarkerSymbol.createSimple(
        {"name": "triangle", "color": "#ffd400", "size": "5", "outline_color": "#7f0000",
         "outline_width": "0.6"})))
    label = QgsPalLayerSettings()
    label.fieldName = "code || grade || '  ' || segment_id"
    label.isExpression = True
    form = QgsTextFormat()
    form.setFont(QFont("DejaVu Sans", 9, QFont.Bold))
    form.setSize(9)
    halo = QgsTextBufferSettings()
    halo.setEnabled(True)
    halo.setSize(0.8)
    form.setBuffer(halo)
    label.setFormat(form)
    label.dist = 2
    layer.setLabeling(QgsVectorLayerSimpleLabeling(label))
    layer.setLabelsEnabled(True)
    return layer


def districts(path):
    layer = open_layer(path, "districts")
    layer.setRenderer(QgsSingleSymbolRenderer(QgsFillSymbol.createSimple(
        {"color": "#f7f7f2", "outline_color": "#9a9a8a", "outline_width": "0.3"})))
    label = QgsPalLayerSettings()
    label.fieldName = "name"
    form = QgsTextFormat()
    form.setFont(QFont("Noto Sans CJK SC", 11))
    form.setSize(11)
    form.setColor(QColor("#77776a"))
    label.setFormat(form)
    layer.setLabeling(QgsVectorLayerSimpleLabeling(label))
    layer.setLabelsEnabled(True)
    return layer


def draw_legend(painter):
    left, top, step = 24, 24, 30
    painter.setPen(Qt.NoPen)
    painter.setBrush(QColor(255, 255, 255, 230))
    painter.drawRoundedRect(QRectF(left - 12, top - 12, 210, step * (len(PRIORITIES) + 2) + 16), 6, 6)
    painter.setFont(QFont("DejaVu Sans", 11, QFont.Bold))
    painter.setPen(QColor("#333333"))
    painter.drawText(left, top + 14, "Repair priority")
    painter.setFont(QFont("DejaVu Sans", 11))
    y = top + step + 4
    for value, colour, label in PRIORITIES:
        painter.setPen(QPen(QColor(colour), 5, Qt.DashLine if value is None else Qt.SolidLine))
        painter.drawLine(left, y + 6, left + 36, y + 6)
        painter.setPen(QColor("#333333"))
        painter.drawText(left + 50, y + 12, label)
        y += step
    painter.setPen(QPen(QColor("#7f0000"), 2))
    painter.setBrush(QColor("#ffd400"))
    from qgis.PyQt.QtCore import QPointF
    from qgis.PyQt.QtGui import QPolygonF
    painter.drawPolygon(QPolygonF([QPointF(left + 8, y + 16), QPointF(left + 28, y + 16),
                                   QPointF(left + 18, y - 2)]))
    painter.setPen(QColor("#333333"))
    painter.drawText(left + 50, y + 12, "collapse hazard")


def main():
    if len(sys.argv) != 3:
        sys.exit("picture.py RESULT.gpkg PICTURE.png")
    path, picture = sys.argv[1:]
    app = QgsApplication([], False)
    app.initQgis()
    layers = [hazards(path), defects(path), segments(path), districts(path)]
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setDestinationCrs(layers[0].crs())
    extent = layers[2].extent()
    extent.scale(1.12)
    settings.setExtent(extent)
    settings.setOutputSize(QSize(1400, 900))
    settings.setOutputDpi(110)
    settings.setBackgroundColor(QColor("white"))
    settings.setFlag(QgsMapSettings.Antialiasing, True)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage().convertToFormat(QImage.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.Antialiasing)
    draw_legend(painter)
    painter.end()
    image.save(picture)
    del layers
    app.exitQgis()


main()
