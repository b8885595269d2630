"""ISYBAU XML, editions 2013 and 2017: master data and inspections, as little as a file needs."""
from xml.sax.saxutils import escape

SPACES = {"2013-02": "http://www.ofd-hannover.la/Identifikation",
          "2017-07": "http://www.bfr-abwasser.de"}


def element(name, *children):
    """An element over its children; a child is an element or a (name, value) pair, None is left out."""
    lines = ["<%s>" % name]
    for child in children:
        for one in child if isinstance(child, list) and child and isinstance(child[0], list) else [child]:
            if one is None or one == []:
                continue
            if isinstance(one, tuple):
                if one[1] is not None:
                    lines.append("  <%s>%s</%s>" % (one[0], escape(str(one[1])), one[0]))
            else:
                lines += ["  " + line for line in one]
    return lines + ["</%s>" % name]


def document(edition, date, remark, collectives):
    """collectives: (id, kind 1 master data or 2 inspections, element)."""
    body = element(
        "Identifikation", ("Version", edition),
        element("Admindaten", element("Verwaltung", ("Zustaendigkeit", 1))),
        element("Datenkollektive", ("Datenstatus", 1), ("Erstellungsdatum", date),
                ("Kommentar", remark),
                element("Kennungen", [element("Kollektiv", ("Kennung", id), ("Kollektivart", kind),
                                              ("Regelwerk", 5)) for id, kind, _ in collectives]),
                [collective for _, _, collective in collectives]))
    body[0] = '<Identifikation xmlns="%s">' % SPACES[edition]
    return "\n".join(['<?xml version="1.0" encoding="%s" standalone="yes"?>' % "{}", *body]) + "\n"


def save(path, text, encoding):
    with open(path, "wb") as file:
        file.write(text.replace("{}", encoding, 1).encode(encoding))


def inspections(id, description, order, items):
    """order: coding system, contractor; items: from pipe() and manhole()."""
    return element("Zustandsdatenkollektiv", ("Kennung", id), ("Beschreibung", description),
                   element("Auftraege", element(
                       "Auftrag", ("Auftragsbezeichnung", description), ("Auftragskennung", 1),
                       ("Inspektionszweck", 1), ("Kodiersystem", order[0]),
                       ("Auftragnehmer", order[1]))), items)


def _inspected(name, kind, street, day, how, body, operator, video=None):
    return element("InspizierteAbwassertechnischeAnlage", ("Objektbezeichnung", name),
                   ("Anlagentyp", kind), element("Lage", ("Strassenname", street)),
                   element("OptischeInspektion", ("Auftragskennung", 1), ("Inspektionsdatum", day),
                           ("Inspektionsverfahren", how), ("NameUntersucher", operator),
                           ("Uhrzeit", "10:15:00"), ("Wetter", 1), ("Reinigung", 1),
                           ("Videoablagereferenz", video), body))


def pipe(name, street, day, operator, upper, lower, direction, length, diameter, material, states,
         zero=2, video=None):
    """direction: O with the flow, U against it; zero: 1 manhole centre, 2 inner wall."""
    return _inspected(name, 1, street, day, 0, element(
        "Rohrleitung", ("Rohrleitungstyp", 1), ("Inspektionsrichtung", direction),
        ("BezugspunktLage", zero), ("Inspektionslaenge", "%.2f" % length),
        element("RGrunddaten", ("KnotenZulauf", upper), ("KnotenAblauf", lower), ("Profilart", 0),
                ("Profilbreite", diameter), ("Profilhoehe", diameter), ("Material", material)),
        element("Inspektionsdaten", states)), operator, video)


def manhole(name, street, day, operator, states):
    return _inspected(name, 3, street, day, 2, element(
        "Knoten", ("BezugspunktVertikal", 1), element("Inspektionsdaten", states)), operator)


def state(at, code, c1=None, c2=None, q1=None, clock=None, to=None, mark=None, photo=None,
          remark=None, time=None, joint=None, end=None):
    """One observation in a pipe; mark 'A1' opens and 'B1' closes a continuous one."""
    return element(
        "RZustand", ("Station", "%.2f" % at), ("Timecode", time), ("InspektionsKode", code),
        ("Charakterisierung1", c1), ("Charakterisierung2", c2), ("Verbindung", joint),
        ("Quantifizierung1Numerisch", q1), ("Streckenschaden", mark and mark[0]),
        ("StreckenschadenLfdNr", mark and mark[1:]), ("PositionVon", clock), ("PositionBis", to),
        ("GrundAbbruch", end), ("Fotodatei", photo), ("Kommentar", remark))


def node_state(height, code, c1=None, zone=None, clock=None, q1=None, mark=None, remark=None):
    return element(
        "KZustand", ("VertikaleLage", "%.2f" % height), ("InspektionsKode", code),
        ("Charakterisierung1", c1), ("Quantifizierung1Numerisch", q1), ("Streckenschaden", mark),
        ("Schachtbereich", zone), ("PositionVon", clock), ("Kommentar", remark))


def _point(at, height, attribute):
    return (("Rechtswert", "%.3f" % at[0]), ("Hochwert", "%.3f" % at[1]),
            ("Punkthoehe", "%.3f" % height), ("PunktattributAbwasser", attribute))


def node(id, year, use, at, cover, bottom, crs, kind=0):
    return element(
        "AbwassertechnischeAnlage", ("Objektbezeichnung", id), ("Objektart", 2), ("Status", 0),
        ("Baujahr", year), ("Entwaesserungsart", use),
        element("Knoten", ("KnotenTyp", kind), element("Schacht", ("SchachtFunktion", 1),
                ("Schachttiefe", "%.2f" % (cover - bottom)))),
        element("Geometrie", ("GeoObjektart", 1), ("GeoObjekttyp", "P"),
                element("Geometriedaten", element("Knoten",
                        element("Punkt", *_point(at, cover, "DMP")),
                        element("Punkt", *_point(at, bottom, "SMP")))), ("CRSLage", crs)))


def edge(id, year, use, upper, lower, inverts, length, material, diameter, street, vertices, crs):
    n = len(vertices) - 1
    heights = [inverts[0] + (inverts[1] - inverts[0]) * i / n for i in range(n + 1)]
    kinds = ["SMP" if i in (0, n) else "LHP" for i in range(n + 1)]
    points = [_point(v, h, k) for v, h, k in zip(vertices, heights, kinds)]
    return element(
        "AbwassertechnischeAnlage", ("Objektbezeichnung", id), ("Objektart", 1), ("Status", 0),
        ("Baujahr", year), ("Entwaesserungsart", use),
        element("Kante", ("KantenTyp", 0), ("KnotenZulauf", upper), ("KnotenZulaufTyp", 0),
                ("KnotenAblauf", lower), ("KnotenAblaufTyp", 0),
                ("SohlhoeheZulauf", "%.3f" % inverts[0]), ("SohlhoeheAblauf", "%.3f" % inverts[1]),
                ("Laenge", "%.2f" % length), ("Material", material),
                element("Profil", ("SonderprofilVorhanden", 0), ("Profilart", 0),
                        ("Profilbreite", diameter), ("Profilhoehe", diameter))),
        element("Lage", ("Strassenname", street)),
        element("Geometrie", ("GeoObjektart", 4), ("GeoObjekttyp", "L"),
                element("Geometriedaten", element("Kanten", [
                    element("Kante", element("Start", *a), element("Ende", *b))
                    for a, b in zip(points, points[1:])])), ("CRSLage", crs)))
