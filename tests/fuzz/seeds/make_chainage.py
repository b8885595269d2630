#!/usr/bin/env python3
"""Seeds for fuzz_chainage: the tables of a result that hold what was delivered, in pages of 512
bytes.  The names and columns are those of formats/gpkg/columns/.

    python3 tests/fuzz/seeds/make_chainage.py      (from the project's root)
"""
import pathlib
import re
import sqlite3

COLUMNS = pathlib.Path("formats/gpkg/columns")
SEEDS = pathlib.Path("tests/fuzz/seeds/chainage")
ROWS = {
    "runs": [{"program_version": "0.1.0", "n_segments": 1}],
    "source_files": [
        {"path": "a.csv", "format": "csv", "catalogue": "CJJ 181-2012", "scheme": "cjj181"},
        {"path": "b.txt", "format": "en13508", "catalogue": "EN 13508-2", "is_damaged": 1},
    ],
    "inspection_logs": [
        {"inspection_id": "I1", "file_number": 1, "object": "segment", "zero_point": "pipe_end"},
        {"inspection_id": "X1", "file_number": 2, "object": "segment", "is_abandoned": 0, "start_x": 1.5,
         "start_y": 2, "finish_x": 3, "finish_y": 4, "delivered_segment_ref": "S9"},
    ],
    "inspections": [{"inspection_id": "I1", "start_node": "A", "inspected_on": "2018-05-01", "inspected_m": 30.5}],
    "node_inspections": [{"inspection_id": "N1", "delivered_segment_ref": "B", "source_file": "c.csv"}],
    "defects": [
        {"defect_id": "I1#2", "inspection_id": "I1", "code": "PL", "delivered_code": "破裂", "grade": 4,
         "chainage_m": 12.5, "clock_from": 11, "continuous": "A01", "photo": "p/1.jpg", "video": "v.mp4"},
        {"inspection_id": "N1", "code": "DAB", "char1": "B", "quant1": 3, "delivered_grade": "2"},
    ],
    "inventory": [{"defect_id": "I1#1", "inspection_id": "I1", "code": "PL", "chainage_m": 20, "continuous": "B01"}],
    "unplaced": [
        {"inspection_id": "X1", "observation_id": "X1#1", "code": "BAB", "main_code": "BAB", "chainage": "3.5",
         "quant1": ">5", "kind": "structural", "delivered": "BAB;3.5", "delivered_segment_ref": "S8"},
        {"inspection_id": "X2", "delivered": "a head", "object": "node"},
    ],
    "media": [{"media_id": "I1#2/1", "kind": "photo", "path": "p/1.jpg", "delivered_path": "1.jpg"}],
    "measurements": [{"inspection_id": "I1", "kind": "slope", "value": -1.2, "unit": "%", "chainage_m": 5}],
}


def columns_of(table):
    text = (COLUMNS / f"{table}.def").read_text()
    return re.findall(r'^COLUMN\(\w+, +"(\w+)", +(\w+),', text, re.M)


def make(name, left_out=()):
    path = SEEDS / name
    path.unlink(missing_ok=True)
    db = sqlite3.connect(path)
    db.execute("PRAGMA page_size = 512")
    db.execute("PRAGMA application_id = 1196444487")
    for table, rows in ROWS.items():
        if table in left_out:
            continue
        listed = ", ".join(f'"{column}" {kind}' for column, kind in columns_of(table))
        db.execute(f'CREATE TABLE "{table}" (fid INTEGER PRIMARY KEY, {listed})')
        for row in rows:
            names = ", ".join(row)
            db.execute(f'INSERT INTO "{table}" ({names}) VALUES ({", ".join("?" * len(row))})', list(row.values()))
    db.commit()
    db.close()


SEEDS.mkdir(exist_ok=True)
make("whole.gpkg")
make("older.gpkg", ("inspection_logs", "measurements"))
