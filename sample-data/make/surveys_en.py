"""Inspections of the industrial estate in EN 13508-2 text, with the loose ends of real files."""

HEAD = ["AAA", "AAB", "AAD", "AAF", "AAJ", "AAK", "ABA", "ABC", "ABE", "ABF", "ABG", "ABH", "ABQ",
        "ACA", "ACB", "ACD"]


class _Writer:
    def __init__(self):
        self.lines = ["#A1=ISO-8859-1", "#A2=en", "#A3=;", "#A4=.", '#A5="', "#A6=2011"]

    def head(self, values, cut):
        """The header in two blocks, cut where the vendor of the day cut it."""
        items = list(zip(HEAD, values))
        blocks = [block for block in (items[:cut], items[cut:]) if block]
        for number, block in enumerate(blocks, 1):
            self.lines.append("#B%02d=%s" % (number, ";".join(code for code, _ in block)))
            self.lines.append(";".join(str(value) for _, value in block))

    def table(self, columns, rows):
        self.lines.append("#C=" + ";".join(columns))
        self.lines += [";".join(str(row.get(c, "")) for c in columns) for row in rows]

    def end(self):
        self.lines.append("#Z")


def _row(at, code, text="", **more):
    """code: 'BAB B A' is main code and characterisations; 'BABBA' stays glued."""
    main, *chars = code.split()
    row = {"I": at, "A": main, "F": text}
    row.update(zip("BC", chars))
    return {**row, **more}


PLAIN = list("IABCDEGHJKFMN")
SWAPPED = list("INABCDGHKFMJ")  # another order, and no second quantification


def _inspections():
    """segment, start is upstream, columns, rows, is closed by #Z."""
    return [
        ("XYW-001", True, PLAIN, [  # with the flow, nothing but connections
            _row("0.00", "BCD XP", D="WS101"), _row("0.00", "BDD A", D=5),
            _row("12.40", "BCA A A", "house connection", D=150, G="03"),
            _row("35.20", "BCE XP", D="WS102")]),
        ("XYW-002", True, PLAIN, [
            _row("0.00", "BCD XP", D="WS102"),
            _row("6.30", "BABBA", "glued code", D=2, G="12", M="photos/XYW-002_1.jpg", N="00:01:12"),
            _row("14.10", "BBC A", D=10, G="05", H="07", J="A1"),
            _row("25.80", "BBC A", D=10, G="05", H="07", J="B1"),
            _row("31.00", "BAJ B", D=12, G="12", K="A"),
            _row("37.10", "BCE XP", D="WS103")]),
        ("XYW-003", False, SWAPPED, [  # against the flow
            _row("0.00", "BCD XP", D="WS104"),
            _row("10.20", "BAC A", '"broken; pieces in place"', D=120, G="10", H="01", K="A",
                 M="photos/XYW-003_1.jpg", N="00:00:58"),
            _row("22.90", "BBA C", D=15, G="11", H="02"),
            _row("33.80", "BCE XP", D="WS103")]),
        ("XYW-004", True, SWAPPED, [  # given up
            _row("0.00", "BCD XP", D="WS104"),
            _row("13.70", "BBE C", "pallet in the pipe", D=40, G="04", H="08",
                 M="photos/XYW-004_1.jpg"),
            _row("13.70", "BDC B", "obstacle")]),
        ("XYW-005", True, PLAIN, [
            _row("0.00", "BCD XP", D="WS105"), _row("18.50", "BAA A", D=6),
            _row("20.00", "BAF C A", G="09", H="03", J="A1"),  # never closed
            _row("37.10", "BCE XP", D="WS106")]),
        ("XYW-006", True, PLAIN, [
            _row("0.00", "BCD XP", D="WS106"), _row("35.10", "BCE XP", D="WS107")]),
        # A file from the field ends like this: without #Z.
        ("XYW-007", False, SWAPPED, [
            _row("0.00", "BCD XP", D="WS108"), _row("20.30", "BAG", D=8, G="02"),
            _row("41.00", "BCE XP", D="WS107")]),
    ]


def write(folder, net):
    out, inspections = _Writer(), _inspections()
    for number, (segment, with_flow, columns, rows) in enumerate(inspections):
        pipe = net.pipes[segment]
        upper, lower = (node.id for node in pipe.ends())
        out.head([segment, upper if with_flow else lower, upper, lower, pipe.street,
                  "A" if with_flow else "B", "EN 13508-2:2003+A1:2011", "A", "A",
                  "2022-08-%02d" % (22 + number // 3), "%02d:%02d" % (9 + number % 3, 10 * number % 60),
                  "M. Novak", "%.2f" % pipe.length(), "A", pipe.diameter(), "AX"],
                 cut=(len(HEAD), 9, 12)[number % 3])
        out.table(columns, rows)
        if number == 2:
            out.end()
            _manhole(out)
        elif number < len(inspections) - 1:
            out.end()
    # Says ISO-8859-1, is UTF-8: the street names give it away.
    with open("%s/05-industry-2022-en13508.txt" % folder, "wb") as file:
        file.write(("\r\n".join(out.lines) + "\r\n").encode("utf-8"))


def _manhole(out):
    out.lines += ["#B01=CAA;CAJ;CBA;CBE;CBF;CBH", "WS104;兴业路;EN 13508-2:2003+A1:2011;B;2022-08-22;M. Novak"]
    out.table(list("IABCDEGHLFM"), [
        _row("0.00", "DDB", "cover frame level with the road", L="A"),
        _row("1.20", "DAF B A", G="03", H="06", L="C"),
        _row("1.80", "DCA A", D=300, G="12", L="J")])
    out.end()
