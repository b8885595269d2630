"""How fast QGIS opens and draws the project of a large result: a table on stdout.

    speed.py FILE FOLDER [ROUNDS]    pictures of the maps go into FOLDER

Each figure is the median of ROUNDS (3), after one that warms the caches: wall time, and for wholes the
processor time of all threads, which a busy machine stretches less.  A map is drawn as the
canvas draws it: all layers that are switched on, those outside of their scales left out, labels
placed.  Each layer is drawn alone as well; what is missing to the whole is the placing of labels
among each other.
"""
import os
import sqlite3
import statistics
import sys
import time
from urllib.parse import quote

from qgis.core import (
    QgsApplication, QgsExpressionContext, QgsExpressionContextUtils, QgsLayoutExporter,
    QgsMapRendererParallelJob, QgsMapSettings, QgsPointXY, QgsProject, QgsRectangle)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

SIZE, DPI = QSize(1600, 1000), 96
PIXEL_M = 0.0254 / DPI
SCALES = [50000, 30000, 20000, 15000, 12000, 8000, 4000, 2000, 500]


def seconds(do, rounds):
    """Wall and processor time, the medians; one round before warms up."""
    times = []
    for i in range(rounds + 1):
        wall, processor = time.monotonic(), time.process_time()
        do()
        times.append((time.monotonic() - wall, time.process_time() - processor))
    return tuple(statistics.median(kind) for kind in zip(*times[1:]))


def told(what, took, end="\n"):
    print(f"{what:<25} {took[0]:8.2f} s {took[1]:8.2f} s", end=end)


def map_settings(project, layers, centre, scale):
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setDestinationCrs(project.crs())
    settings.setOutputSize(SIZE)
    settings.setOutputDpi(DPI)
    settings.setBackgroundColor(QColor("white"))
    settings.setFlag(QgsMapSettings.UseRenderingOptimization)
    half_x, half_y = (n * PIXEL_M * scale / 2 for n in (SIZE.width(), SIZE.height()))
    settings.setExtent(QgsRectangle(centre.x() - half_x, centre.y() - half_y,
                                    centre.x() + half_x, centre.y() + half_y))
    context = QgsExpressionContext()
    context.appendScope(QgsExpressionContextUtils.globalScope())
    context.appendScope(QgsExpressionContextUtils.projectScope(project))
    context.appendScope(QgsExpressionContextUtils.mapSettingsScope(settings))
    settings.setExpressionContext(context)
    return settings


def draw(settings, picture=None):
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    for error in job.errors():
        print(f"speed.py: {error.layerID}: {error.message}", file=sys.stderr)
    if picture is not None:
        job.renderedImage().save(picture)


def measure_map(project, layers, name, centre, scale, folder, rounds):
    draw(map_settings(project, layers, centre, scale), os.path.join(folder, f"{scale:.0f}.png"))
    whole = seconds(lambda: draw(map_settings(project, layers, centre, scale)), rounds)
    real = map_settings(project, layers, centre, scale).scale()  # a hair beside what was asked for
    told(f"{name:<14} 1:{scale:,.0f}", whole, end="")
    shares = []
    for layer in layers:
        if layer.isInScaleRange(real):
            alone, _ = seconds(lambda: draw(map_settings(project, [layer], centre, scale)), rounds)
            shares.append((alone, layer.source().rsplit("|layername=", 1)[1]))
    print("   " + ", ".join(f"{table} {alone:.2f}" for alone, table in sorted(shares, reverse=True) if alone >= 0.005))


def main():
    path, folder = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    app = QgsApplication([], False)
    app.initQgis()
    project = QgsProject.instance()
    with sqlite3.connect(path) as db:
        name, = db.execute("SELECT name FROM qgis_projects").fetchone()
        n, = db.execute("SELECT count(*) FROM segments").fetchone()
        n_defects, = db.execute("SELECT count(*) FROM defects").fetchone()
    address = f"geopackage:{quote(path)}?projectName={quote(name)}"

    print(f"{n:,} segments, {n_defects:,} defects; {SIZE.width()} x {SIZE.height()} pixels at {DPI} dpi")
    print(f"{'':<25} {'wall':>10} {'processor':>10}   each layer alone, wall")
    told("opening the project", seconds(lambda: project.read(address), rounds))
    layers = [layer for layer in project.layerTreeRoot().checkedLayers() if layer.isSpatial()]
    segments, = project.mapLayersByName(next(
        layer.name() for layer in layers if layer.source().endswith("|layername=segments")))
    extent = segments.extent()
    full = max(extent.width() / SIZE.width(), extent.height() / SIZE.height()) * 1.04 / PIXEL_M
    measure_map(project, layers, "full extent", extent.center(), full, folder, rounds)
    # In the middle of a pipe near the middle: there is something to see at every scale.
    near = min(segments.getFeatures(QgsRectangle.fromCenterAndSize(extent.center(), extent.width() / 20, extent.height() / 20)),
               key=lambda f: f.geometry().boundingBox().center().sqrDist(extent.center()))
    centre = QgsPointXY(near.geometry().boundingBox().center())
    for scale in SCALES:
        if scale < full:
            measure_map(project, layers, "close up", centre, scale, folder, rounds)
    for layout in project.layoutManager().printLayouts():
        if layout.atlas().enabled():
            layout.atlas().beginRender()
            layout.atlas().first()
        settings = QgsLayoutExporter.ImageExportSettings()
        settings.dpi = 150
        picture = os.path.join(folder, layout.name() + ".png")
        told("printing " + layout.name(), seconds(lambda: QgsLayoutExporter(layout).exportToImage(picture, settings), 1))
    sys.stdout.flush()
    os._exit(0)  # QGIS 3.22 may fall over while Python takes it down


main()
