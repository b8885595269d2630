#!/usr/bin/env python3
"""Make the seeds of the target `wincan` out of the SQL in tests/formats/wincan_project.h:

    python3 tests/fuzz/seeds/make_wincan.py

plain.db3 is a project, logged.db3 one in write-ahead mode with its log behind its last page."""
import os
import re
import shutil
import sqlite3
import tempfile

here = os.path.dirname(os.path.abspath(__file__))
header = open(os.path.join(here, "../../formats/wincan_project.h"), encoding="utf-8").read()


def sql_of(name):
    body = re.search(name + r"\[\] =(.*?);\n", header, re.S).group(1)
    return "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', body)).replace("\\\\", "\\")


PLACES = """INSERT INTO PROJECT VALUES('EPSG:27700', NULL);
    INSERT INTO POINT VALUES('p1', 100, 200, 5, NULL);
    UPDATE NODE SET OBJ_Point_REF = 'p1' WHERE OBJ_PK = 'na';
    UPDATE NODE SET OBJ_Shape_WKT = 'POINT Z (110 200 3)' WHERE OBJ_PK = 'nb';
    UPDATE SECTION SET OBJ_Shape_WKT = 'LINESTRING (100 200, 105 203, 110 200)' WHERE OBJ_PK = 's1';
    INSERT INTO NODINSP(INS_PK, INS_Node_FK, INS_Key) VALUES('k1', 'na', 'x');
    INSERT INTO NODOBS(OBS_PK, OBS_Inspection_FK, OBS_Depth, OBS_OpCode) VALUES('p1', 'k1', 1.2, 'CC');"""


def make(path, mode):
    db = sqlite3.connect(path)
    db.executescript("PRAGMA page_size = 512; PRAGMA journal_mode = " + mode + ";")
    db.executescript(sql_of("wincan_schema").replace(" PRIMARY KEY", "") + sql_of("wincan_content"))
    db.executescript(PLACES)
    return db


with tempfile.TemporaryDirectory() as folder:
    plain, logged = os.path.join(folder, "plain.db3"), os.path.join(folder, "logged.db3")
    make(plain, "DELETE").close()
    db = make(logged, "WAL")
    db.executescript("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA wal_autocheckpoint = 0;")
    db.executescript("UPDATE SECOBS SET OBS_Memo = 'in the log' WHERE OBS_PK = 'o3';")
    shutil.copy(plain, os.path.join(here, "wincan/plain.db3"))
    with open(os.path.join(here, "wincan/logged.db3"), "wb") as out:
        for part in (logged, logged + "-wal"):
            with open(part, "rb") as file:
                out.write(file.read())
    db.close()
