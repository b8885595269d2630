"""What an inspection is, before it is written in the manner of one format or another."""
import datetime
from dataclasses import dataclass, field

NAMES = {"PL": "破裂", "BX": "变形", "FS": "腐蚀", "CK": "错口", "QF": "起伏", "TJ": "脱节", "TL": "接口材料脱落",
         "AJ": "支管暗接", "CR": "异物穿入", "SL": "渗漏", "CJ": "沉积", "JG": "结垢", "ZW": "障碍物",
         "CQ": "残墙、坝根", "SG": "树根", "FZ": "浮渣", "YJ": "检查井", "RS": "入水", "ZZ": "中止", "BJ": "变径",
         "XF": "修复"}

WORDS = {  # what the crew writes beside code and grade
    "PL1": "管壁有细裂痕", "PL2": "管壁裂口，可见缝隙", "PL3": "管壁破碎，弧长未过60°", "PL4": "管道坍塌",
    "BX1": "管道轻微变形", "BX2": "管道变形约10%", "BX3": "管道变形约20%", "BX4": "管道变形超过25%",
    "FS1": "表面轻微剥落", "FS2": "表面剥落显露骨料", "FS3": "骨料完全显露",
    "CK1": "接口轻度错口", "CK2": "接口中度错口", "CK3": "接口重度错口", "CK4": "接口严重错口，可见土体",
    "QF1": "管底起伏", "QF2": "管底起伏，积水约三成", "TJ1": "接口处有少量泥土", "TJ2": "接口脱开不足2cm",
    "TJ3": "接口脱开约4cm", "TJ4": "接口脱开超过5cm", "TL1": "橡胶圈在上半部可见", "TL2": "橡胶圈脱落垂入水中",
    "AJ1": "支管未经检查井接入", "AJ2": "支管接入，伸入约15%", "AJ3": "支管接入，伸入超过20%",
    "CR1": "有线缆穿过", "CR2": "有小管穿过", "CR3": "有异物穿过，占断面三成以上",
    "SL1": "接口滴漏", "SL2": "接口线漏", "SL3": "涌漏，带泥沙", "SL4": "喷漏，带大量泥沙",
    "CJ1": "淤积约两成", "CJ2": "淤积约三成半", "CJ3": "淤积近半", "CJ4": "淤积过半", "JG1": "少量结垢",
    "JG2": "油脂结垢", "ZW1": "管底有砖块", "ZW2": "管内有木板", "ZW3": "管内有混凝土块", "ZW4": "建筑垃圾堵塞管道",
    "CQ1": "残留低坝", "CQ2": "残墙未拆", "SG1": "根须侵入", "SG2": "树根侵入", "SG3": "树根成团", "SG4": "树根堵塞管道",
    "FZ1": "少量浮渣", "FZ2": "水面浮渣过半", "FZ3": "浮渣布满水面"}


@dataclass
class Observation:
    at: float           # metres from where the camera came in; None when nobody wrote it down
    code: str           # PL
    grade: int = None
    clock: str = ""
    mark: str = ""      # KS01
    note: str = ""
    photo: str = ""

    def words(self):
        return self.note or WORDS.get("%s%s" % (self.code, self.grade or ""), "")


@dataclass
class Inspection:
    start: str
    finish: str
    direction: str      # D with the flow, U against it
    date: datetime.date
    diameter: str
    material: str
    length: float       # of the pipe, as the crew has it; None when unknown
    seen: float         # metres that the camera went; None when nobody wrote it down
    street: str
    system: str
    year: str
    operator: str
    observations: list = field(default_factory=list)
    segment: str = ""
    id: str = ""
    video: str = ""


def o(at, code, clock="", mark="", note=""):
    """o(12.3, "PL3", "0903"): the grade is the digit behind the code."""
    letters = code.rstrip("0123456789")
    return Observation(at, letters, int(code[len(letters):] or 0) or None, clock, mark, note)


def run(network, ids, day, operator, observations=(), way="D", seen=..., length=...):
    """An inspection of one pipe, or of several in a row given as `A..B`."""
    first, _, last = ids.partition("..")
    a, b = network.pipes[first], network.pipes[last or first]
    drawn = a.length() + (b.length() if last else 0.0)
    upper, lower = a.ends()[0].id, b.ends()[1].id
    start, finish = (upper, lower) if way == "D" else (lower, upper)
    full = round(drawn, 1)
    inspection = Inspection(
        start, finish, way, datetime.date.fromisoformat(day), a.size, a.material,
        full if length is ... else length, full if seen is ... else seen, a.street, a.system,
        a.year[:4], operator, list(observations), a.id)
    inspection.video = "%s-%s_%s" % (start, finish, day.replace("-", ""))
    for i, observation in enumerate(inspection.observations, 1):
        if observation.grade and observation.mark[:2] != "JS":
            observation.photo = "photos/%s_%02d.jpg" % (inspection.video, i)
    return inspection
