"""CJJ 181 record sheets as contractors fill them in, each with headings of its own."""
import csv
import io

from record import NAMES
import sheets

SYSTEMS = {"HS": "雨污合流", "YS": "雨水", "WS": "污水"}
WAYS = {"D": "顺流", "U": "逆流"}


def rows(inspections, columns, clean="无异常"):
    """A heading row, and a row per observation; a clean pipe has one row that says so."""
    out, number = [[heading for heading, _ in columns]], 0
    for inspection in inspections:
        for observation in inspection.observations or [None]:
            number += 1
            out.append([_cell(what, number, inspection, observation, clean) for _, what in columns])
    return out


def _cell(what, number, i, o, clean):
    if callable(what):
        return what(number, i, o)
    if not what.startswith("."):
        return what
    if what in (".at", ".code", ".name", ".coded_name", ".grade", ".clock", ".photo", ".words",
                ".mark"):
        return _observation_cell(what, o, clean)
    return {
        ".number": number, ".start": i.start, ".finish": i.finish, ".size": _number(i.diameter),
        ".material": i.material, ".length": i.length, ".seen": i.seen, ".street": i.street,
        ".date": i.date, ".serial": sheets.serial(i.date), ".iso": i.date.isoformat(),
        ".operator": i.operator, ".way": WAYS[i.direction], ".system": SYSTEMS[i.system],
        ".year": _number(i.year), ".video": i.video + ".mp4", ".segment": i.segment,
    }[what]


def _observation_cell(what, o, clean):
    if o is None:
        return {".at": 0, ".code": clean, ".name": clean, ".coded_name": clean, ".grade": 0}.get(what)
    name = NAMES.get(o.code, o.code)
    # A spreadsheet takes 0507 for a number and drops the zero in front.
    clock = _number(o.clock)
    return {".at": o.at, ".code": o.code, ".name": name, ".coded_name": "(%s)%s" % (o.code, name),
            ".grade": o.grade, ".clock": clock, ".photo": o.photo, ".words": o.words(),
            ".mark": o.mark}[what]


def _number(text):
    return int(text) if text.isdigit() else text


def csv_bytes(table, encoding):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    for row in table:
        writer.writerow(["" if cell is None else cell for cell in row])
    return text.getvalue().encode(encoding)
