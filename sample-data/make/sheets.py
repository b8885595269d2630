"""Writes small workbooks: xlsx and ods, always the same bytes for the same rows."""
import datetime
import zipfile
from xml.sax.saxutils import escape

_WHEN = (2024, 6, 30, 0, 0, 0)


def serial(date):
    """The number that Excel keeps for a day."""
    return (date - datetime.date(1899, 12, 30)).days


def _zip(path, members):
    with zipfile.ZipFile(path, "w") as file:
        for name, text in members:
            info = zipfile.ZipInfo(name, _WHEN)
            info.external_attr = 0o644 << 16
            # The type of an OpenDocument file must lie in it as it is, and first.
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            file.writestr(info, text)


_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DOC = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PKG = "http://schemas.openxmlformats.org/package/2006"


def write_xlsx(path, sheets):
    """sheets: (name, rows); a cell is a text, a number, a date or None."""
    n = range(1, len(sheets) + 1)
    members = [
        ("[Content_Types].xml", _HEAD + '<Types xmlns="%s/content-types">' % _PKG
         + '<Default Extension="rels" ContentType="application/'
           'vnd.openxmlformats-package.relationships+xml"/>'
         + '<Default Extension="xml" ContentType="application/xml"/>'
         + "".join('<Override PartName="/xl/%s.xml" ContentType="application/vnd.openxmlformats-'
                   'officedocument.spreadsheetml.%s+xml"/>' % part for part in
                   [("workbook", "sheet.main"), ("styles", "styles")]
                   + [("worksheets/sheet%d" % i, "worksheet") for i in n]) + "</Types>"),
        ("_rels/.rels", _HEAD + '<Relationships xmlns="%s/relationships">' % _PKG
         + '<Relationship Id="rId1" Type="%s/officeDocument" Target="xl/workbook.xml"/>' % _DOC
         + "</Relationships>"),
        ("xl/workbook.xml", _HEAD + '<workbook xmlns="%s" xmlns:r="%s"><sheets>' % (_MAIN, _DOC)
         + "".join('<sheet name="%s" sheetId="%d" r:id="rId%d"/>' % (escape(sheets[i - 1][0]), i, i)
                   for i in n) + "</sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", _HEAD + '<Relationships xmlns="%s/relationships">' % _PKG
         + "".join('<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>'
                   % (i, _DOC, i) for i in n)
         + '<Relationship Id="rId%d" Type="%s/styles" Target="styles.xml"/>' % (len(sheets) + 1, _DOC)
         + "</Relationships>"),
        # Two cell styles: plain, and number format 14, which is a date.
        ("xl/styles.xml", _HEAD + '<styleSheet xmlns="%s">' % _MAIN
         + '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
         + '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
         + '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
         + '<cellXfs count="2"><xf/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
         + "</styleSheet>"),
    ]
    for i, (_, rows) in enumerate(sheets, 1):
        members.append(("xl/worksheets/sheet%d.xml" % i, _HEAD
                        + '<worksheet xmlns="%s"><sheetData>' % _MAIN
                        + "".join('<row r="%d">%s</row>' % (r, "".join(
                            _xlsx_cell("%s%d" % (_column(c), r), value)
                            for c, value in enumerate(row))) for r, row in enumerate(rows, 1))
                        + "</sheetData></worksheet>"))
    _zip(path, members)


def _column(c):
    return (chr(64 + c // 26) if c >= 26 else "") + chr(65 + c % 26)


def _xlsx_cell(place, value):
    if value is None or value == "":
        return ""
    if isinstance(value, datetime.date):
        return '<c r="%s" s="1"><v>%d</v></c>' % (place, serial(value))
    if isinstance(value, (int, float)):
        return '<c r="%s"><v>%s</v></c>' % (place, value)
    return ('<c r="%s" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>'
            % (place, escape(value)))


def write_ods(path, sheets):
    spaces = " ".join('xmlns:%s="urn:oasis:names:tc:opendocument:xmlns:%s:1.0"' % s for s in (
        ("office", "office"), ("table", "table"), ("text", "text")))
    body = "".join('<table:table table:name="%s">%s</table:table>' % (escape(name), "".join(
        "<table:table-row>%s</table:table-row>" % "".join(map(_ods_cell, row)) for row in rows))
        for name, rows in sheets)
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    _zip(path, [
        ("mimetype", kind),
        ("content.xml", _HEAD + '<office:document-content %s office:version="1.2"><office:body>'
         '<office:spreadsheet>%s</office:spreadsheet></office:body></office:document-content>'
         % (spaces, body)),
        ("META-INF/manifest.xml", _HEAD + '<manifest:manifest manifest:version="1.2" xmlns:manifest='
         '"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
         'manifest:full-path="/" manifest:version="1.2" manifest:media-type="%s"/>'
         '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
         '</manifest:manifest>' % kind),
    ])


def _ods_cell(value):
    if value is None or value == "":
        return "<table:table-cell/>"
    if isinstance(value, datetime.date):
        return ('<table:table-cell office:value-type="date" office:date-value="%s"><text:p>%s'
                '</text:p></table:table-cell>' % (value, value))
    if isinstance(value, (int, float)):
        return ('<table:table-cell office:value-type="float" office:value="%s"><text:p>%s</text:p>'
                '</table:table-cell>' % (value, value))
    return ('<table:table-cell office:value-type="string"><text:p>%s</text:p></table:table-cell>'
            % escape(value))
