"""Opens results as a person would and looks at everything that is seen: TAP on stdout.

    look.py TOWN.gpkg STREET.gpkg FOLDER GOLDEN    maps are drawn into FOLDER

CHAINAGE_UPDATE=1 writes the golden maps of the folder GOLDEN anew.
"""
import html
import os
import re
import sqlite3
import sys
import time

from qgis.core import (
    QgsApplication, QgsExpression, QgsExpressionContext, QgsExpressionContextUtils,
    QgsFeatureRequest,
    QgsMapRendererSequentialJob, QgsMapSettings, QgsProject, QgsRectangle, QgsRenderContext,
    QgsVectorLayer)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor, QImage
from qgis.PyQt.QtXml import QDomDocument

from tap import check, check_equal, finish
from wicked import NAMES, PHOTOS

messages = []  # what QGIS wrote into its log


# --- opening ---

DRAWN = ["collapse_hazards", "defects", "node_inspections", "nodes", "inventory", "trenchless_repairs",
         "repairs", "defect_lines", "inspections", "segments", "districts"]  # from the top


def ask(path, sql, *values):
    with sqlite3.connect(path) as db:
        return db.execute(sql, values).fetchall()


def open_layers(path):
    """All layers of a file by their names, in a project of their own."""
    QgsProject.instance().clear()
    names = [row[0] for row in ask(
        path, "SELECT table_name FROM gpkg_contents WHERE table_name <> 'layer_styles'")]
    layers = {name: QgsVectorLayer(f"{path}|layername={name}", name, "ogr") for name in names}
    QgsProject.instance().addMapLayers(list(layers.values()))
    return layers


def context_of(layer, feature=None, scale=500):
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    context.lastScope().setVariable("map_scale", scale)
    if feature is not None:
        context.setFeature(feature)
    return context


# --- every expression of a style ---

def symbol_expressions(symbol):
    for part in symbol.symbolLayers():
        properties = part.dataDefinedProperties()
        for key in properties.propertyKeys():
            if properties.isActive(key):
                yield properties.property(key).expressionString()
        if part.subSymbol() is not None:
            yield from symbol_expressions(part.subSymbol())


def rule_expressions(rule):
    if rule.filterExpression() and not rule.isElse():
        yield rule.filterExpression()
    for child in rule.children():
        yield from rule_expressions(child)


def expressions_of(layer):
    renderer = layer.renderer()
    if renderer is not None:
        for symbol in renderer.symbols(QgsRenderContext()):
            yield from symbol_expressions(symbol)
        if renderer.type() == "RuleRenderer":
            yield from rule_expressions(renderer.rootRule())
        elif hasattr(renderer, "classAttribute"):
            yield renderer.classAttribute()
        if renderer.orderByEnabled():
            yield renderer.orderBy().dump().rsplit(" ", 3)[0]
    if layer.labelsEnabled():
        yield layer.labeling().settings().fieldName
    yield from re.findall(r"\[%(.*?)%\]", layer.mapTipTemplate(), re.S)


def broken_expressions(layer):
    features = list(layer.getFeatures())[:60]
    for text in sorted(set(expressions_of(layer))):
        expression = QgsExpression(text)
        if expression.hasParserError():
            yield f"{expression.parserErrorString()}: {text}"
            continue
        columns = expression.referencedColumns()
        unknown = columns - {field.name() for field in layer.fields()} - {QgsFeatureRequest.ALL_ATTRIBUTES}
        if unknown:
            yield f"unknown {unknown}: {text}"
        for feature in features:
            expression.evaluate(context_of(layer, feature))
            if expression.hasEvalError():
                yield f"{expression.evalErrorString()}: {text}"
                break


def unseen_features(layer):
    """How many features no rule, category or range draws when one is near."""
    renderer = layer.renderer().clone()
    context = QgsRenderContext()
    context.setRendererScale(300)
    context.setExpressionContext(context_of(layer, scale=300))
    renderer.startRender(context, layer.fields())
    n = 0
    for feature in layer.getFeatures():
        context.expressionContext().setFeature(feature)
        n += not renderer.willRenderFeature(feature, context)
    renderer.stopRender(context)
    return n


def tip(layer, feature):
    return QgsExpression.replaceExpressionText(layer.mapTipTemplate(), context_of(layer, feature))


# --- the layers of a file ---

def check_layer(path, name, layer):
    check(f"{name} opens", layer.isValid(), layer.error().message())
    check_equal(f"{name} has its rows", layer.featureCount(),
                ask(path, f'SELECT count(*) FROM "{name}"')[0][0])
    titles = dict(ask(path, "SELECT column_name, title FROM gpkg_data_columns WHERE table_name = ? "
                            "AND title IS NOT NULL", name))
    aliases = {field.name(): field.alias() for field in layer.fields() if field.alias()}
    check_equal(f"{name} has the titles of its columns as aliases", aliases, titles)
    lists = {}
    for column, value, words in ask(
            path, "SELECT column_name, value, c.description FROM gpkg_data_columns d JOIN "
                  "gpkg_data_column_constraints c USING (constraint_name) WHERE table_name = ?", name):
        lists.setdefault(column, {})[words] = value
    got = {}
    for index, field in enumerate(layer.fields()):
        setup = layer.editorWidgetSetup(index)
        if setup.type() == "ValueMap":
            got[field.name()] = {k: v for pair in setup.config()["map"] for k, v in pair.items()}
    check_equal(f"{name} offers its value lists", got, lists)
    check(f"{name} tells how it was made",
          layer.metadata().title() != "" and len(layer.metadata().history()) > 5)
    if layer.isSpatial():
        check_look(path, name, layer)


def check_look(path, name, layer):
    check_equal(f"{name}: every expression works", list(broken_expressions(layer)), [])
    check_equal(f"{name}: every feature is drawn", unseen_features(layer), 0)
    check(f"{name} has a map tip", len(layer.mapTipTemplate()) > 100)
    check(f"{name}: a feature is called by its name", "fid" not in layer.displayExpression().lower(),
          layer.displayExpression())
    check(f"{name}: the legend is in words",
          all(item.label() for item in layer.renderer().legendSymbolItems()))
    for style, qml in ask(path, "SELECT styleName, styleQML FROM layer_styles WHERE f_table_name = ? "
                                "AND NOT useAsDefault", name):
        other = layer.clone()
        document = QDomDocument()
        document.setContent(qml)
        is_read, why = other.importNamedStyle(document)
        check(f"{name}: style '{style}' is read", is_read, why)
        check_equal(f"{name}: style '{style}': every expression works", list(broken_expressions(other)), [])
        check_equal(f"{name}: style '{style}': every feature is drawn", unseen_features(other), 0)


def legend(layer):
    return [item.label() for item in layer.renderer().legendSymbolItems()]


def check_town(path, layers):
    segments, defects = layers["segments"], layers["defects"]
    check_equal("segments are drawn by priority",
                (segments.renderer().type(), legend(segments)),
                ("categorizedSymbol", ["1 Emergency", "2 Urgent", "3 Soon", "4 Planned",
                                       "5 No work needed", "Inspected, not assessed", "Not inspected"]))
    check_equal("defects are drawn by rules", defects.renderer().type(), "RuleRenderer")
    for word in ("Crack, break or collapse", "Roots", "4 Failing", "May collapse",
                 "Superseded or seen twice"):
        check(f"the legend of defects says '{word}'", word in legend(defects))
    for word in ("Whole segment", "Spot repair", "Open trench", "Cured in place (CIPP)"):
        check(f"the legend of repairs says '{word}'", word in legend(layers["repairs"]))
    check("no trench among the trenchless", "Open trench" not in legend(layers["trenchless_repairs"]))
    label = segments.labeling().settings()
    check_equal("segments have labels from 1:2,000 on", (label.scaleVisibility, label.minimumScale),
                (True, 2000))
    label = defects.labeling().settings()
    check_equal("defects have labels from 1:500 on", (label.scaleVisibility, label.minimumScale),
                (True, 500))
    check("inventory is not drawn from afar",
          layers["inventory"].hasScaleBasedVisibility() and layers["inventory"].minimumScale() <= 1000)
    check_equal("forms have tabs", [tab.name() for tab in defects.editFormConfig().tabs()],
                ["Defect", "Place", "Photo and video", "Record"])
    setup = defects.editorWidgetSetup(defects.fields().indexOf("photo"))
    check_equal("photos open from the form", setup.type(), "ExternalResource")
    root = setup.config()["PropertyCollection"]["properties"]["propertyRootPath"]["expression"]
    check_equal("... relative to the file", QgsExpression(root).evaluate(context_of(defects)),
                os.path.dirname(path))
    hazard = next(layers["collapse_hazards"].getFeatures())
    text = tip(layers["collapse_hazards"], hazard)
    reason = ask(path, "SELECT priority_reason FROM segments WHERE segment_id = ?", hazard["segment_id"])
    for words in (hazard["code"] + ": " + hazard["name"], html.escape(reason[0][0]), "May collapse", "<img "):
        check(f"the tip of a hazard says '{words}'", words in text, text)


def check_street(layers):
    segments, defects = layers["segments"], layers["defects"]
    label = QgsExpression(segments.labeling().settings().fieldName)
    names = []
    for feature in segments.getFeatures():
        names.append(feature["segment_id"])
        words = label.evaluate(context_of(segments, feature))
        check("the label is the name as it is", words.startswith(feature["segment_id"] + " · "), words)
        text = tip(segments, feature)
        shown = html.escape(feature["segment_id"], quote=True).replace("&#x27;", "'")
        check("the tip of a segment shows the name, and no more", f"<b>{shown}</b>" in text, text)
        check("nothing of it is taken for HTML", "<script" not in text and "</b> " not in text, text)
    check_equal("all names are there", sorted(names), sorted(NAMES))
    districts = layers["districts"]
    label = QgsExpression(districts.labeling().settings().fieldName)
    for feature in districts.getFeatures():
        words = label.evaluate(context_of(districts, feature))
        check("a district's label has its name as it is", words.startswith(feature["name"]), words)
        text = tip(districts, feature)
        check("nothing of a district's name is taken for HTML", "<script" not in text and "</b> " not in text, text)
    check_equal("districts have their names", sorted(f["name"] for f in districts.getFeatures()), sorted(NAMES))
    hazard = next(layers["collapse_hazards"].getFeatures(), None)
    check("a segment of a wicked name may collapse", hazard is not None)
    label = QgsExpression(layers["collapse_hazards"].labeling().settings().fieldName)
    words = label.evaluate(context_of(layers["collapse_hazards"], hazard))
    check("... and its label has the name as it is", words.endswith(" · " + hazard["segment_id"]), words)
    for feature in sorted(defects.getFeatures(), key=lambda f: NAMES.index(f["segment_id"])):
        text = tip(defects, feature)
        photo = PHOTOS[NAMES.index(feature["segment_id"])]
        if "not there" in photo:
            check("a missing photo says so", "The photo is not there: E:\\dcim\\NOT THERE &lt;I&gt;.PNG" in text, text)
            continue
        check_equal(f"'{photo}' is found by its name", feature["photo"], "card/DCIM/" + photo)
        address = re.search(r'<img width="320" src="file://([^"]*)"', text)
        check(f"'{photo}' is shown", address is not None, text)
        if address is not None:
            shown = html.unescape(address.group(1))
            for code, letter in (("%3F", "?"), ("%23", "#"), ("%25", "%")):
                shown = shown.replace(code, letter)
            check(f"'{photo}' is there after the file moved", os.path.isfile(shown), shown)
    media = [(f["kind"], bool(f["exists"])) for f in layers["media"].getFeatures()]
    check_equal("media lists each, and whether it is there", sorted(media),
                [("photo", False)] + [("photo", True)] * (len(PHOTOS) - 1))


# --- pictures ---

def draw(layers, centre, scale, picture, size=QSize(1400, 900), names=DRAWN, has_labels=True):
    dpi = 110
    settings = QgsMapSettings()
    settings.setFlag(QgsMapSettings.DrawLabeling, has_labels)
    settings.setLayers([layers[name] for name in names if name in layers])
    settings.setDestinationCrs(layers["segments"].crs())
    settings.setOutputSize(size)
    settings.setOutputDpi(dpi)
    settings.setBackgroundColor(QColor("white"))
    half_x, half_y = (n / dpi * 0.0254 * scale / 2 for n in (size.width(), size.height()))
    settings.setExtent(QgsRectangle(centre.x() - half_x, centre.y() - half_y,
                                    centre.x() + half_x, centre.y() + half_y))
    context = QgsExpressionContext()
    context.appendScope(QgsExpressionContextUtils.globalScope())
    context.appendScope(QgsExpressionContextUtils.projectScope(QgsProject.instance()))
    context.appendScope(QgsExpressionContextUtils.mapSettingsScope(settings))
    settings.setExpressionContext(context)
    started = time.monotonic()
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    check_equal(f"{os.path.basename(picture)} is drawn without a complaint",
                [error.message for error in job.errors()], [])
    print(f"# drawn in {time.monotonic() - started:.2f} s at 1:{scale:.0f}")
    image = job.renderedImage()
    image.save(picture)
    return image


def share(image, colours):
    """The share of pixels, of every fourth in both directions, that have one of the colours."""
    found = [image.pixelColor(x, y).name() in colours
             for x in range(0, image.width(), 4) for y in range(0, image.height(), 4)]
    return sum(found) / len(found)


def check_pictures(path, layers, folder):
    extent = layers["segments"].extent()
    town = draw(layers, extent.center(), extent.width() / (1300 / 110 * 0.0254),
                os.path.join(folder, "town.png"))
    check("the town fills the map", share(town, {"#ffffff"}) < 0.6)
    for name, colour in (("urgent", "#d62a1e"), ("planned", "#5c9ecf"), ("hazard", "#ffd600")):
        check(f"the map of the town shows what is {name}", share(town, {colour}) > 0.00005, share(town, {colour}))
    hazard = next(layers["collapse_hazards"].getFeatures()).geometry().asPoint()
    close = draw(layers, hazard, 400, os.path.join(folder, "hazard.png"))
    check("the sign of a hazard is seen", share(close, {"#ffd600"}) > 0.0003, share(close, {"#ffd600"}))
    street = draw(layers, hazard, 1500, os.path.join(folder, "street.png"))
    check("a street shows its emergencies", share(street, {"#6e0000"}) > 0.0003, share(street, {"#6e0000"}))


# Letters differ from machine to machine: golden maps have no labels and no layer that writes digits.
WITHOUT_LETTERS = ["node_inspections", "nodes", "repairs", "defect_lines", "inspections", "segments", "districts"]
MOST_DIFFERENT = 0.01  # of the pixels: other versions of QGIS and Qt smooth lines in another way


def share_different(a, b):
    """The share of pixels, of every second in both directions, that look different to a person."""
    if a.size() != b.size():
        return 1
    n = n_different = 0
    for x in range(0, a.width(), 2):
        for y in range(0, a.height(), 2):
            one, other = a.pixelColor(x, y), b.pixelColor(x, y)
            n += 1
            n_different += max(abs(one.red() - other.red()), abs(one.green() - other.green()),
                               abs(one.blue() - other.blue())) > 48
    return n_different / n


def check_golden(layers, name, centre, scale, folder, golden):
    image = draw(layers, centre, scale, os.path.join(folder, f"golden-{name}.png"), QSize(700, 420), WITHOUT_LETTERS, False)
    path = os.path.join(golden, name + ".png")
    if os.environ.get("CHAINAGE_UPDATE"):
        image.save(path)
    differs = share_different(image, QImage(path))
    check(f"the map of the {name} is as the golden one", differs <= MOST_DIFFERENT, f"{differs:.2%} differ")
    print(f"# {differs:.3%} of the golden {name} differ")
    return image


def check_goldens(layers, folder, golden):
    extent = layers["segments"].extent()
    town = check_golden(layers, "town", extent.center(), extent.width() / (660 / 110 * 0.0254), folder, golden)
    hazard = next(layers["collapse_hazards"].getFeatures()).geometry().asPoint()
    check_golden(layers, "street", hazard, 1500, folder, golden)
    style, = ask(layers["segments"].source().split("|")[0], "SELECT styleQML FROM layer_styles WHERE "
                 "f_table_name = 'segments' AND styleName = 'Year of inspection'")
    other, document = dict(layers, segments=layers["segments"].clone()), QDomDocument()
    document.setContent(style[0])
    other["segments"].importNamedStyle(document)
    image = draw(other, extent.center(), extent.width() / (660 / 110 * 0.0254),
                 os.path.join(folder, "years.png"), QSize(700, 420), WITHOUT_LETTERS, False)
    differs = share_different(town, image)
    check("other colours of the segments are told apart", differs > MOST_DIFFERENT, f"{differs:.2%} differ")
    print(f"# {differs:.3%} differ where segments are coloured by year")


def main():
    town, street, folder, golden = (os.path.abspath(path) for path in sys.argv[1:])
    started = time.monotonic()
    app = QgsApplication([], False)
    app.initQgis()
    QgsApplication.messageLog().messageReceived.connect(
        lambda message, tag, level: messages.append(f"{tag}: {message}"))
    opened = time.monotonic()
    layers = open_layers(town)
    print(f"# QGIS starts in {opened - started:.2f} s and opens {len(layers)} layers in "
          f"{time.monotonic() - opened:.2f} s")
    for name, layer in sorted(layers.items()):
        check_layer(town, name, layer)
    check_town(town, layers)
    check_pictures(town, layers, folder)
    check_goldens(layers, folder, golden)
    layers = open_layers(street)
    for name in ("segments", "defects", "collapse_hazards", "districts"):
        check_look(street, name, layers[name])
    check_street(layers)
    check_equal("QGIS has nothing to say in its log", messages, [])
    status = finish()
    QgsProject.instance().clear()
    sys.stdout.flush()
    os._exit(status)  # QGIS 3.22 may fall over while Python takes it down


main()
