#!/usr/bin/env python3
"""Make the seed pacp/plain.db out of the SQL in tests/formats/pacp_tables.h:

    python3 tests/fuzz/seeds/make_pacp.py"""
import os
import re
import sqlite3

here = os.path.dirname(os.path.abspath(__file__))
header = open(os.path.join(here, "../../formats/pacp_tables.h"), encoding="utf-8").read()
path = os.path.join(here, "pacp/plain.db")


def sql_of(name):
    body = re.search(name + r"\[\] =(.*?);\n\n|" + name + r"\[\] =(.*)$", header, re.S)
    return "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', body.group(1) or body.group(2))).replace("\\\\", "\\")


if os.path.exists(path):
    os.unlink(path)
with sqlite3.connect(path) as db:
    db.executescript("PRAGMA page_size = 512;" + sql_of("pacp_schema") + sql_of("pacp_content"))
