"""Three small places beside the town, each with its network in another manner."""
import csv
import io
import math
import os

import isybau as i
import record_sheets as rs
import shapefile
import sheets
from record import Inspection, o
import datetime


def write(folder):
    for place, make in (("hamlet", _hamlet), ("village", _village), ("mill", _mill)):
        os.makedirs(os.path.join(folder, place), exist_ok=True)
        make(os.path.join(folder, place))


def _hamlet(folder):
    """Wiesengrund: ISYBAU master data in one file, inspections in another; UTM, zone in front."""
    crs, at = "ETRS89_UTM32", {}
    for n, (x, y) in {"S1": (0, 0), "S2": (38, 9), "S3": (74, 24), "S4": (110, 31), "S5": (148, 27),
                      "S6": (70, 66), "S7": (66, 104), "S8": (152, 68), "AL1": (186, 12)}.items():
        at[n] = (32548210.0 + x, 5801350.0 + y)
    pipes = [("S1", "S2", 0.0), ("S2", "S3", 1.8), ("S7", "S6", 0.0), ("S6", "S3", 0.0),
             ("S3", "S4", -1.5), ("S4", "S5", 0.0), ("S8", "S5", 1.2), ("S5", "AL1", 0.0)]
    bottoms = {"S1": 41.20, "S2": 41.02, "S7": 41.30, "S6": 41.05, "S3": 40.80, "S4": 40.60,
               "S8": 40.75, "S5": 40.41, "AL1": 40.20}
    objects = [i.node(n, 1974, "KM", at[n], bottoms[n] + 2.1, bottoms[n], crs,
                      2 if n == "AL1" else 0) for n in at]
    lengths = {}
    for number, (a, b, bend) in enumerate(pipes, 1):
        line = [at[a], at[b]]
        if bend:
            (x0, y0), (x1, y1) = line
            d = math.dist(*line)
            line.insert(1, ((x0 + x1) / 2 - (y1 - y0) / d * bend, (y0 + y1) / 2 + (x1 - x0) / d * bend))
        name = "1200%02d" % number
        lengths[name] = (a, b, sum(math.dist(p, q) for p, q in zip(line, line[1:])))
        objects.append(i.edge(name, 1974, "KM", a, b, (bottoms[a], bottoms[b]), lengths[name][2], "STZ"
                              if number < 5 else "B", 250 if number < 5 else 300, "Wiesenweg", line, crs))
    master = i.element("Stammdatenkollektiv", ("Kennung", "STA01"),
                       ("Beschreibung", "Mischwasserkanäle Wiesengrund"), objects)
    i.save(folder + "/network-isybau2017.xml",
           i.document("2017-07", "2024-02-01", "Netz Wiesengrund", [("STA01", 1, master)]),
           "iso-8859-1")

    def pipe(name, way, states, seen=None):
        a, b, length = lengths[name]
        states = [i.state(0, "BCD", "XP"), *states]
        if seen is None:
            states.append(i.state(length - 1.0, "BCE", "XP"))
        return i.pipe(name, "Wiesenweg", "2024-03-04", "Kröger", a, b, way, seen or length, 250, "STZ",
                      states)
    items = [
        pipe("120001", "O", [i.state(11.2, "BAB", "B", "A", 2, "12")]),
        pipe("120002", "O", [i.state(20.0, "BAJ", "B", q1=15, clock="12", joint=1)]),
        pipe("120003", "U", [i.state(7.7, "BBA", "A", q1=20, clock="11", to="01")]),
        pipe("120005", "O", [i.state(14.0, "BAC", "B", q1=200, clock="10", to="02"),
                             i.state(14.0, "BDC", "A", end="GN")], seen=14.0),
        pipe("120005", "U", [i.state(5.5, "BCA", "A", "A", 150, "09"),
                             i.state(21.5, "BDC", "A", end="GN")], seen=21.5),
        pipe("120008", "O", []),
        i.manhole("S3", "Wiesenweg", "2024-03-04", "Kröger", [
            i.node_state(0.2, "DBC", "A", "J", "06", 20), i.node_state(1.5, "DAF", "B", "D", "02")])]
    i.save(folder + "/inspections-isybau2017.xml",
           i.document("2017-07", "2024-03-12", "TV-Untersuchung Wiesengrund", [
               ("ZUS01", 2, i.inspections("ZUS01", "Wiesenweg", (10, "Kanalblick"), items))]),
           "iso-8859-1")


VILLAGE_COLUMNS = [
    ("序号", ".number"), ("管段起点编号", ".start"), ("管段终点编号", ".finish"), ("管径", ".size"),
    ("材质", ".material"), ("检测长度（m）", ".seen"), ("距离（m）", ".at"), ("缺陷名称", ".name"),
    ("缺陷等级", ".grade"), ("缺陷位置", ".clock"), ("备注", ".mark"), ("缺陷描述", ".words"),
    ("检测日期", ".serial"), ("管段类型", ".system"), ("检测方向", ".way")]


def _village(folder):
    """坪上村: no lines at all, only a sheet of wells beside the records; X is north there."""
    wells = {"Y1": (28402.518, 96120.377), "Y2": (28391.204, 96157.940), "Y3": (28377.660, 96191.125),
             "Y4": (28360.871, 96226.802), "Y5": (28344.090, 96262.553), "Y6": (28329.447, 96297.011),
             "Y3-1": (28412.735, 96204.590), "Y3-2": (28447.262, 96219.148)}

    def see(start, finish, way, observations=(), size="500", short=0.0):
        length = round(math.dist(wells[start], wells[finish]), 2)
        return Inspection(start, finish, way, datetime.date(2023, 3, 21), size, "砼", length,
                          round(length - short, 2), "坪上村村道", "YS", "2005", "罗敏", list(observations))
    records = [
        see("Y1", "Y2", "D"),
        see("Y2", "Y3", "D", [o(12.5, "CJ2", "0507"), o(30.2, "PL2", "1002")]),
        see("Y4", "Y3", "U", [o(8.8, "CK2", "12")]),
        see("Y4", "Y5", "D", [o(21.4, "PL4", "0903")], short=18.0),
        see("Y5", "Y6", "D", [o(5.0, "SL1", "04")]),
        see("Y3-2", "Y3-1", "D", [o(16.0, "FS2", "12")], "300"),
        see("Y3-1", "Y3", "D", [], "300")]
    table = [["井号", "X", "Y", "Z", "道路名称"]] + [
        [well, x, y, round(31.5 - 0.8 * k, 3), "坪上村村道"] for k, (well, (x, y)) in enumerate(wells.items())]
    sheets.write_xlsx(folder + "/records-and-wells.xlsx", [
        ("内窥记录表", rs.rows(records, VILLAGE_COLUMNS)), ("坐标表", table)])


PENNSYLVANIA_SOUTH_FEET = (
    'PROJCS["NAD_1983_StatePlane_Pennsylvania_South_FIPS_3702_Feet",GEOGCS["GCS_North_American_1983",'
    'DATUM["D_North_American_1983",SPHEROID["GRS_1980",6378137.0,298.257222101]],'
    'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],'
    'PROJECTION["Lambert_Conformal_Conic"],PARAMETER["False_Easting",1968500.0],'
    'PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",-77.75],'
    'PARAMETER["Standard_Parallel_1",39.93333333333333],'
    'PARAMETER["Standard_Parallel_2",40.96666666666667],'
    'PARAMETER["Latitude_Of_Origin",39.33333333333334],UNIT["Foot_US",0.3048006096012192]]')


def _mill(folder):
    """Mill Lane: lines in US survey feet, a log in feet, headings of a utility's own."""
    at = {"MH-A": (2615040.0, 318220.0), "MH-B": (2615231.5, 318214.0), "MH-C": (2615428.0, 318190.5),
          "MH-D": (2615590.2, 318102.0), "MH-E": (2615441.0, 318396.0)}
    pipes = [("P101", "MH-A", "MH-B", []), ("P102", "MH-B", "MH-C", [(2615330.0, 318207.0)]),
             ("P103", "MH-C", "MH-D", []), ("P104", "MH-E", "MH-C", [])]
    rows, length = [], {}
    for id, a, b, bends in pipes:
        line = [at[a], *bends, at[b]]
        length[id] = sum(math.dist(p, q) for p, q in zip(line, line[1:]))
        rows.append((line, [id, a, b, 8 if id != "P103" else 10, "VCP"]))
    shapefile.write(folder + "/pipes", shapefile.LINE, [
        ("FACILITYID", "C", 10, 0), ("FROMMH", "C", 10, 0), ("TOMH", "C", 10, 0), ("DIAMETER", "N", 6, 0),
        ("MATERIAL", "C", 10, 0)], rows, "ascii", cpg="UTF-8", prj=PENNSYLVANIA_SOUTH_FEET)
    out = io.StringIO()
    log = csv.writer(out, lineterminator="\r\n")
    log.writerow(["Pipe ID", "Start Manhole", "End Manhole", "Surveyed Length", "Pipe Diameter",
                  "Pipe Material", "Direction", "Date", "Distance", "Code", "Clock", "Grade", "Comment"])
    for id, a, b, way, seen, at_ft, code, clock, grade, comment in [
            ("P101", "MH-A", "MH-B", "Downstream", length["P101"], 62.0, "CK", "12:00", 2, "offset joint"),
            ("P101", "MH-A", "MH-B", "Downstream", length["P101"], 140.5, "SG", "11:00", 2, "roots at joint"),
            ("P102", "MH-C", "MH-B", "Upstream", length["P102"] * 1.03, 100.0, "PL", "10:00", 3, "broken"),
            ("P103", "MH-C", "MH-D", "Downstream", 88.0, 88.0, "ZW", "06:00", 3, "survey stopped"),
            ("P104", "MH-E", "MH-C", "Downstream", length["P104"], "", "", "", "", "")]:
        log.writerow([id, a, b, "%.1f" % seen, 8 if id != "P103" else 10, "VCP", way, "2022-10-05", at_ft,
                      code, clock, grade, comment])
    with open(folder + "/log.csv", "wb") as file:
        file.write(out.getvalue().encode("ascii"))
