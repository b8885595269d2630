#!/usr/bin/env python3
"""Writes the seeds of the archive target: small, and the same in every run."""
import io
import pathlib
import tarfile
import zipfile

SHEET = "start_node,finish_node,chainage_m,code,grade\nA,B,1.0,PL,2\n"
MEMBERS = {"a.csv": SHEET, "b/c.csv": SHEET * 2, "../up.csv": SHEET, "b/note.txt": "nothing else"}

here = pathlib.Path(__file__).parent / "archive"
for name, method in (("packed.zip", zipfile.ZIP_DEFLATED), ("stored.zip", zipfile.ZIP_STORED)):
    with zipfile.ZipFile(here / name, "w", method) as archive:
        for member, text in MEMBERS.items():
            archive.writestr(zipfile.ZipInfo(member, (2024, 5, 1, 0, 0, 0)), text, method)
with tarfile.open(here / "plain.tar", "w", format=tarfile.USTAR_FORMAT) as archive:
    for member, text in MEMBERS.items():
        info = tarfile.TarInfo(member)
        info.size = len(text)
        archive.addfile(info, io.BytesIO(text.encode()))
    link = tarfile.TarInfo("link.csv")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    archive.addfile(link)
