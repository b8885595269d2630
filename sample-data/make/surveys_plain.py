"""Older inspections as one plain CSV: canonical headings, ids as two offices wrote them."""
import csv
import io

HEADINGS = ["inspection_id", "segment_id", "start_node", "finish_node", "direction", "date", "operator",
            "inspected_m", "chainage_m", "code", "grade", "clock_from", "clock_to", "continuous",
            "quant1", "quant2", "remark", "photo", "video"]


def _inspection(id, segment, start, finish, direction, date, length, observations=(), operator="QZ"):
    head = [id, segment, start, finish, direction, date, operator, length]
    if not observations:
        return [head + [""] * 11]
    return [head + list(o) + [""] * (11 - len(o)) for o in observations]


def rows():
    """observation: chainage, code, grade, clock from, clock to, continuous, quantities, remark ..."""
    one = _inspection
    return [HEADINGS] + [row for inspection in (
        # 南门街 in 2019: superseded by the inspections of 2024.
        one("P19-001", "NM-001", "HS201", "HS202", "D", "2019-04-08", 43.4, [(21.5, "PL", 1, 10, 11)]),
        one("P19-003", "NM-003", "HS203", "HS204", "D", "2019-04-08", 44.0,
            [(18.3, "PL", 2, 10, 2), (36.0, "SL", 1, 4)]),
        one("P19-006", "NM-006", "HS206", "HS207", "D", "2019-04-09", 38.5,
            [(9.6, "PL", 1, 10, 1), (14.0, "PL", 2, 9, 2)]),
        # 米市街 in 2021.
        one("P21-001", "MS-001", "HS301", "HS302", "D", "2021-11-02", 48.2),
        one("P21-002", "MS-002", "HS302", "HS303", "D", "2021-11-02", 52.0,
            [(5.0, "FS", 2, 9, 3, "A01"), (40.0, "FS", 2, 9, 3, "B01"), (44.4, "PL", 2, 12)]),
        one("P21-003", "MS–003", "", "", "D", "2021-11-02", 33.6, [(12.7, "CK", 2, 12)]),
        one("P21-004", "ms_4", "", "", "U", "2021-11-03", 35.5,
            [(3.3, "AJ", 2, 3), (30.2, "PL", 3, 10, 1)]),
        one("P21-005", "MS.005", "", "", "D", "2021-11-03", 34.2, [(17.1, "TJ", 2, 12)]),
        one("P21-006", "MS-6", "", "", "D", "2021-11-03", 36.6, [(8.2, "CJ", 2, 5, 7)]),
        # The id is MS-004, the manholes are those of MS-008: the manholes decide.
        one("P21-007", "MS-004", "HS308", "HS309", "D", "2021-11-04", 36.6, [(20.0, "SL", 4, 2, 5)]),
        # Nobody noted where it ended: one pipe at HS309 leads on and is about that long.
        one("P21-008", "", "HS309", "", "D", "2021-11-04", 43.2, [(25.5, "TL", 2, 4, 8)]),
        # A grade is missing; so is the photo on the disk.
        one("P21-009", "MS-010", "HS310", "HS112", "D", "2021-11-04", 37.2,
            [(11.0, "CK", "", 12, "", "", "", "", "grade not noted", "photos/P21-009_1.jpg")]),
        # From the next town: no such pipe here.
        one("P21-010", "LX-014", "LX0071", "LX0072", "D", "2021-11-05", 28.8,
            [(4.0, "PL", 2, 1), (19.0, "CK", 1, 12)]),
        # No pipe and no manhole at all.
        one("P21-011", "", "", "", "D", "2021-11-05", 15.0, [(2.0, "CJ", 1, 6)]),
        # Either pipe of the twin would do: nothing tells which.
        one("P21-012", "", "HS116", "HS117", "D", "2021-11-05", "", [(10.0, "FS", 1, 9, 3)]),
    ) for row in inspection]


def write(folder):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows())
    with open("%s/08-earlier-2019-2021.csv" % folder, "w", encoding="utf-8", newline="") as file:
        file.write(text.getvalue())
