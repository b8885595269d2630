"""A partner firm's trial with robots on 学府路 and 兴业路, in ISYBAU XML of two editions."""
import isybau as i


def _pipe(net, segment, day, way, states, zero=2, seen=None, **more):
    pipe = net.pipes[segment]
    upper, lower = (node.id for node in pipe.ends())
    start, finish = (upper, lower) if way == "O" else (lower, upper)
    length = round(pipe.length(), 2)
    # Stations count from the inner wall of the manhole, lengths from centre to centre.
    last = round(length - (1.0 if zero == 2 else 0.0), 2)
    states = [i.state(0, "BCD", "XP", remark=start), *states]
    if seen is None:
        states.append(i.state(last, "BCE", "XP", remark=finish))
    return i.pipe(segment, pipe.street, day, "Schreiber", upper, lower, way, seen or length,
                  pipe.diameter(), "PP" if "HDPE" in pipe.material else "SB", states, zero)


def write(folder, net):
    _campus_2013(folder, net)
    _two_collectives_2017(folder, net)


def _campus_2013(folder, net):
    """Foul sewer of 学府路: with and against the flow, from both ends, and two manholes."""
    items = [
        _pipe(net, "XFW-001", "2023-06-12", "O", [
            i.state(8.4, "BCA", "A", "A", 150, "03"),
            i.state(12.0, "BAA", "A", q1=4, mark="A1", clock="12", to="00"),
            i.state(24.5, "BAA", "A", q1=4, mark="B1", clock="12", to="00")]),
        _pipe(net, "XFW-002", "2023-06-12", "U", [
            i.state(5.5, "BBC", "A", q1=8, clock="05", to="07"),
            i.state(19.3, "BAJ", "A", q1=25, clock="12", joint=1, photo="photos\\XFW-002_1.jpg")]),
        # Half from above, half from below: a root ball in the middle.
        _pipe(net, "XFW-003", "2023-06-13", "O", [
            i.state(16.2, "BBA", "B", q1=60, clock="00", photo="photos\\XFW-003_1.jpg"),
            i.state(16.2, "BDC", "B", end="GN", remark="Wurzeln, kein Durchkommen")], seen=16.2),
        _pipe(net, "XFW-003", "2023-06-13", "U", [
            i.state(7.0, "BAB", "B", "A", 3, "11", "01"),
            i.state(21.4, "BBA", "B", q1=60),
            i.state(21.5, "BDC", "B", end="GN")], seen=21.5),
        i.manhole("WS252", "学府路", "2023-06-12", "Schreiber", [
            i.node_state(0.0, "DDB", mark="A"), i.node_state(0.0, "DCA", "A", "J", "12"),
            i.node_state(0.9, "DAF", "B", "C", "04"), i.node_state(1.8, "DDB", mark="B")]),
        i.manhole("WS253", "学府路", "2023-06-12", "Schreiber", [
            i.node_state(0.3, "DBB", "A", "J", "06", 10), i.node_state(1.7, "DAQ", "A", "B")]),
    ]
    text = i.document("2013-02", "2023-06-20", "Robot trial, foul sewer of the campus", [
        ("ZUS01", 2, i.inspections("ZUS01", "学府路污水管", (10, "Kanalblick"), items))])
    i.save("%s/06-campus-2023-isybau2013.xml" % folder, text, "utf-8")


def _two_collectives_2017(folder, net):
    """Two collectives in one file; time codes lost their zeros in front."""
    storm = [
        _pipe(net, "XFY-001", "2023-06-14", "O", [
            i.state(11.1, "BAF", "B", "A", clock="05", to="07", time="10322")], zero=1),
        _pipe(net, "XFY-002", "2023-06-14", "O", [], zero=1),
        _pipe(net, "XFY-003", "2023-06-14", "U", [
            i.state(30.4, "BAC", "C", q1=300, clock="10", to="02", time="45107",
                    remark="Rohr eingebrochen", photo="photos\\XFY-003_1.jpg")], zero=1)]
    industry = [
        _pipe(net, "XYY-001", "2023-06-15", "O", [
            i.state(6.0, "BBC", "C", q1=15, clock="05", to="07", mark="A1"),
            i.state(18.0, "BBC", "C", q1=30, clock="05", to="07", mark="C1"),
            i.state(29.0, "BBC", "C", q1=30, clock="05", to="07", mark="B1")]),
        _pipe(net, "XYY-002", "2023-06-15", "O", [
            i.state(14.8, "BBF", "C", clock="03", joint=1, time="21544")]),
        _pipe(net, "XYY-003", "2023-06-15", "U", [
            i.state(20.0, "BAB", "C", "B", 5, "09", "03")])]
    text = i.document("2017-07", "2023-06-21", "Robot trial, storm sewers", [
        ("ZUS01", 2, i.inspections("ZUS01", "学府路雨水管", (10, "Kanalblick"), storm)),
        ("ZUS02", 2, i.inspections("ZUS02", "兴业路雨水管", (10, "Kanalblick"), industry))])
    i.save("%s/07-storm-2023-isybau2017.xml" % folder, text, "utf-8")
