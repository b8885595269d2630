"""What the crews saw: the deliveries in CJJ 181 codes. Each says in a line what it is there for."""
import copy

import record_sheets as rs
import sheets
from record import o, run

OLD_TOWN_COLUMNS = [
    ("序号", ".number"), ("管段起点编号", ".start"), ("管段终点编号", ".finish"), ("管径", ".size"),
    ("材质", ".material"), ("管段长度（m）", ".length"), ("检测长度（m）", ".seen"), ("距离（m）", ".at"),
    ("缺陷名称", ".name"), ("缺陷等级", ".grade"), ("缺陷位置", ".clock"), ("照片编号", ".photo"), ("备注", ".mark"),
    ("道路名称", ".street"), ("缺陷描述", ".words"), ("项目名称", "云汀镇2024年排水管网检测项目"),
    ("天气", "晴"), ("检测员", ".operator"), ("检测日期", ".serial"), ("检测方法", "CCTV"),
    ("敷设年代", ".year"), ("管段类型", ".system"), ("录像文件", ".video"), ("检测方向", ".way")]

RIVERSIDE_COLUMNS = [
    ("序号", ".number"), ("录像文件", ".video"), ("起始井号", ".start"), ("终止井号", ".finish"),
    # Dragged down instead of copied: the year grows with every row.
    ("敷设年代", lambda number, i, _: int(i.year) + number - 1),
    ("管段类型", ".system"), ("管段材质", lambda n, i, _: i.material + " "), ("管段直径", ".size"),
    ("检测方向", ".way"), ("管段长度", ".length"), ("检测长度", ".seen"), ("检测地点", ".street"),
    ("检测日期", ".iso"), ("检测人员", ".operator"), ("距离(m)", ".at"), ("缺陷名称代码", ".coded_name"),
    ("等级", ".grade"), ("位置", ".clock"), ("管道内部状况描述", ".words"), ("照片序号或说明", ".photo"),
    ("备注", ".mark")]

NEW_TOWN_COLUMNS = [
    ("序号", ".number"), ("起始设施编号", ".start"), ("终止设施编号", ".finish"), ("管材", ".material"),
    ("管渠规格(mm)", ".size"), ("管类", ".system"), ("检测方向", ".way"), ("管段长度(m)", ".length"),
    ("检测长度(m)", ".seen"), ("缺陷距离(m)", ".at"), ("缺陷代码", ".code"), ("缺陷等级", ".grade"),
    ("缺陷位置", ".clock"), ("缺陷描述", ".words"), ("照片编号", ".photo"), ("道路名称", ".street"),
    ("检测日期", ".date"), ("检测员", ".operator"), ("备注", ".mark")]


def old_town(net):
    """南门街, 正街 and 文昌巷, May 2024."""
    def see(ids, day, observations=(), **more):
        return run(net, ids, "2024-05-%02d" % day, "周海明", observations, **more)
    return [
        see("NM-001", 13),                                                   # clean
        see("NM-002", 13, [o(6.4, "CK2", "12"), o(15.2, "SL1", "0210"), o(27.9, "PL2", "0902")],
            way="U"),                                                        # against the flow
        see("NM-003", 13, [o(18.2, "PL3", "1002"), o(18.6, "SL2", "1101"), o(19.0, "CK3", "12")]),
        see("NM-004", 13, [o(10.0, "PL2", "0903"), o(11.2, "TJ2", "12"), o(30.5, "CK1", "12")]),
        see("NM-005", 14, [o(8.0, "FS2", "0309", "KS01"), o(24.5, "FS2", "0309", "JS01"),
                           o(30.1, "SL1", "0507")]),                         # continuous
        see("NM-006", 14, [o(9.7, "PL2", "1001"), o(14.2, "PL4", "0804"),
                           o(14.2, "ZZ", note="管道坍塌，爬行器无法通过，中止检测")], seen=14.2),
        see("NM-007", 14, [o(5.0, "CJ3", "0507", "KS01"), o(19.0, "CJ3", "0507", "JS01"),
                           o(31.0, "SG4", "1002")]),                         # flow blocked
        see("NM-008", 14, [o(0.4, "RS", note="水位过高，镜头入水"), o(0.4, "ZZ", note="中止检测")],
            seen=0.4),
        see("NM-009", 14, seen=None),                                        # clean, length missing
        see("ZJ-001", 15, [o(3.1, "ZW2", "0507"), o(12.3, "CJ4", "0408"), o(26.0, "FS1", "0012")]),
        see("ZJ-002", 15, [o(11.5, "CR2", "0103"), o(22.4, "PL3", "1012")]),
        see("ZJ-003", 15, [o(2.0, "FS3", "0903", "KS01"), o(31.5, "FS3", "0903", "JS01"),
                           o(17.2, "PL2", "12")], way="U"),                  # brick, 800 x 600
        see("ZJ-004", 15, [o(9.5, "AJ3", "0203"), o(28.8, "JG2", "0408")]),
        see("ZJ-005", 15, [o(20.0, "CK2", "12")]),
        see("WC-001", 16, [o(4.5, "PL1", "11"), o(12.2, "PL2", "1202"), o(21.0, "PL3", "0902"),
                           o(33.3, "PL2", "1001")]),
        see("WC-002", 16),
        see("WC-003", 16, [o(15.9, "TL2", "0408"), o(25.1, "TJ1", "06")]),
        see("WC-004", 16, [o(5.2, "CK1", "12"), o(46.6, "PL2", "0901")], seen=47.1, length=47.0),
        see("WC-005", 17, [o(12.0, "CQ2", "0309")]),                         # left by the builders
        see("WC-006", 17, [o(7.0, "PL1", "10"), o(29.4, "SL1", "02")], way="U"),
        see("WC-007", 17, [o(10.1, "QF2", "0507"), o(33.0, "XF", note="点状修复处，完好")]),
    ]


def riverside(net):
    """The trunk sewer along 滨河路, June 2024."""
    def see(ids, day, observations=(), **more):
        return run(net, ids, "2024-06-%02d" % day, "韩立新", observations, **more)
    return [
        see("BH-001", 3),
        see("BH-003..BH-004", 3, [o(20.0, "CK1", "12"), o(42.7, "YJ", note="经过HS104"),
                                  o(60.3, "SL2", "0204"), o(80.1, "PL2", "1001")]),  # chain
        see("BH-005", 4, [o(10.0, "CJ2", "0507"), o(18.4, "ZW4", "0408"),
                          o(18.6, "ZZ", note="建筑垃圾堵塞，中止检测")], seen=18.6),
        see("BH-005", 4, [o(5.0, "CK2", "12"), o(28.5, "ZW4", "0408"),
                          o(28.7, "ZZ", note="建筑垃圾堵塞，中止检测")], seen=28.7, way="U"),
        see("BH-007", 4, [o(12.0, "CK2", "12"), o(22.0, "SL3", "0804")]),  # water and fine sand
        see("BH-008", 5, [o(30.5, "SL4", "0903")]),
        see("BH-009", 5, [o(11.0, "TJ3", "12"), o(11.4, "SL2", "0406")], way="U"),
        see("BH-010", 5, [o(20.3, "CK4", "12"), o(35.0, "CJ1", "0507")]),
        see("BH-011", 5),
        see("BH-012", 6, [o(3.0, "FS2", "1002", "KS01"), o(17.7, "PL1", "12")]),  # never closed
        see("BH-013", 6, [o(15.5, "PL2", "1101"), o(31.0, "BJ", note="管径变化")]),
        see("BH-016A", 6, [o(21.2, "FS2", "0903")]),   # two pipes between two manholes:
        see("BH-016B", 6, [o(40.4, "TJ1", "12")]),     # only the diameter tells them apart
        see("BH-017", 7, way="U"),
        see("BH-018", 7, [o(8.8, "FZ3", "0309"), o(30.0, "PL1", "03")]),  # scum never counts
        see("BH-021", 7, [o(14.0, "SL2", "0405"), o(26.3, "CK3", "12")]),
        see("BH-023", 10, [o(6.0, "FS3", "0903", "KS02"), o(22.0, "FS3", "0903", "JS02")]),
        see("BH-024", 10),
    ]


def new_town_foul(net):
    """Foul sewers of 云汀大道 and 桂香路, September 2023: ids as people type them."""
    def see(ids, day, observations=(), **more):
        return run(net, ids, "2023-09-%02d" % day, "陆思源", observations, **more)
    wide = str.maketrans("0123456789WS", "０１２３４５６７８９ＷＳ")
    out = [
        see("YTW-001", 11, [o(17.0, "BX1", "1202")]),
        see("YTW-002", 11, [o(22.4, "BX2", "1102"), o(31.3, "TL1", "11")]),
        see("YTW-003", 11, [o(9.9, "JG1", "0507")]),
        see("YTW-004", 12, [o(16.5, "BX4", "1001"), o(17.2, "PL3", "1101")]),
        see("YTW-005", 12),
        see("YTW-006", 12, [o(33.8, "CR3", "0204")], way="U"),
        see("YTW-007", 12, [o(10.2, "BX3", "1002"), o(24.0, "BX2", "1101"), o(38.1, "SL1", "04")]),
        see("GXW-001", 13),
        see("GXW-002", 13, [o(12.9, "CJ1", "0507")]),
        see("GXW-003", 13, [o(7.5, "SG2", "1002"), o(21.0, "SG3", "1003"), o(30.0, "TJ2", "12")]),
        see("GXW-004", 13, [o(20.7, "BX2", "12")], way="U"),
    ]
    out[1].start = out[1].start.translate(wide)          # ＷＳ２０２
    out[2].start, out[2].finish = "ws203", "ws204 "      # lower case, a blank behind
    out[9].start, out[9].finish = "WS0303", "WS0304"     # zeros in front
    return out


def new_town_storm(net):
    """Storm sewers of 云汀大道 and 桂香路, October 2023: what goes wrong in a log."""
    def see(ids, day, observations=(), **more):
        return run(net, ids, "2023-10-%02d" % day, "陆思源", observations, **more)
    return [
        see("YTY-001", 16, [o(11.0, "QT2", "12", note="其他：井壁涂料脱落")]),       # no such code
        see("YTY-002", 16, [o(36.9, "CK1", "12"), o(47.0, "PL2", "1001")], seen=35.7),  # beyond
        see("YTY-003", 16, [o(None, "SL1", "03"), o(-1.0, "CJ1", "06"), o(14.4, "TJ2", "12")]),
        see("YTY-004", 16, [o(5.5, "FZ1", "0309"), o(26.0, "ZW1", "06")]),
        see("YTY-005", 17, [o(21.0, "CJ2", "0507", "JS01"), o(27.5, "CJ1", "0507", "KS02"),
                            o(33.0, "CJ1", "0507", "JS02")]),                # an end without start
        see("YTY-007", 17, [o(19.9, "PL2", "12")]),                          # 1200 x 1000
        see("YTY-008", 17),
        see("YTY-009", 17, [o(13.3, "CK5", "12")], way="U"),                 # grades end at 4
        see("GXY-001", 18),
        see("GXY-002", 18, [o(18.2, "BX2", "1102"), o(19.5, "BX2", "1102")]),
        see("GXY-004", 18, [o(30.0, "ZW3", "0507")]),                        # drawn against the flow
    ]


def redelivered(net):
    """Three inspections of May once more, and one pipe seen again after it was pumped dry."""
    again = [copy.deepcopy(i) for i in old_town(net) if i.segment in ("NM-003", "NM-005", "ZJ-001")]
    return again + [run(net, "NM-008", "2024-06-20", "丁㛃", [
        o(9.0, "TJ2", "12"), o(22.2, "SL2", "0305"), o(23.4, "SL1", "0708")])]


def write(folder, net):
    def save(name, data):
        with open("%s/%s" % (folder, name), "wb") as file:
            file.write(data)
    save("01-oldtown-2024-gbk.csv", rs.csv_bytes(rs.rows(old_town(net), OLD_TOWN_COLUMNS), "gbk"))
    save("02-riverside-2024-utf8bom.csv",
         rs.csv_bytes(rs.rows(riverside(net), RIVERSIDE_COLUMNS), "utf-8-sig"))
    sheets.write_xlsx("%s/03-newtown-foul-2023.xlsx" % folder, [
        ("检测记录", rs.rows(new_town_foul(net), NEW_TOWN_COLUMNS))])
    sheets.write_ods("%s/04-newtown-storm-2023.ods" % folder, [
        ("检测记录", rs.rows(new_town_storm(net), NEW_TOWN_COLUMNS))])
    # One operator's name is in GB18030 only: four bytes that GBK does not know.
    save("09-redelivery-2024-gb18030.csv",
         rs.csv_bytes(rs.rows(redelivered(net), OLD_TOWN_COLUMNS), "gb18030"))
