"""Photos of the collapse hazards, drawn: grey JPEGs of flat blocks, written by hand so that they are
the same bytes everywhere."""
import math
import os
import struct

PHOTOS = {  # name: what goes wrong in the pipe
    "HS203-HS204_20240513_01.jpg": "break",
    "HS107-HS108_20240604_02.jpg": "leak",
    "HS108-HS109_20240605_01.jpg": "leak",
    "HS110-HS111_20240605_01.jpg": "offset",
    "WS204-WS205_20230912_01.jpg": "deformed",
}
COLUMNS, ROWS = 96, 72  # blocks of 8 x 8

# Huffman codes of the DC differences by their size in bits (ITU T.81, table K.3).
LENGTHS = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0]
SIZES = list(range(12))


def codes():
    code, at, found = 0, 0, {}
    for length, n in enumerate(LENGTHS, 1):
        for _ in range(n):
            found[SIZES[at]] = (code, length)
            code, at = code + 1, at + 1
        code <<= 1
    return found


def bits_of(levels):
    """The scan: each block is its DC difference and an end of block (the one AC code: 0)."""
    table, before, out = codes(), 0, []
    for level in levels:
        difference, before = level - before, level
        size = abs(difference).bit_length()
        code, length = table[size]
        out.append(format(code, "0%db" % length))
        if size:
            out.append(format(difference if difference > 0 else difference + (1 << size) - 1, "0%db" % size))
        out.append("0")
    text = "".join(out)
    text += "1" * (-len(text) % 8)
    data = int(text, 2).to_bytes(len(text) // 8, "big")
    return data.replace(b"\xff", b"\xff\x00")


def segment(marker, data):
    return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data


def jpeg(levels):
    return (b"\xff\xd8"
            + segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0")
            + segment(0xDB, b"\0" + b"\x08" * 64)
            + segment(0xC0, struct.pack(">BHHB3B", 8, ROWS * 8, COLUMNS * 8, 1, 1, 0x11, 0))
            + segment(0xC4, b"\x00" + bytes(LENGTHS) + bytes(SIZES))
            + segment(0xC4, b"\x10" + bytes([1] + [0] * 15) + b"\0")
            + segment(0xDA, b"\1\1\0\0\x3f\0")
            + bits_of(levels) + b"\xff\xd9")


def shade(x, y, flaw):
    """How light it is at a place, 0 to 1: a pipe that the camera looks along, lit from the front."""
    if flaw == "deformed":
        x, y = x * 0.85 + 0.05 * math.sin(9 * y), y * 1.35
    if flaw == "offset" and math.hypot(x, y) < 0.55:
        x, y = x + 0.05, y - 0.16
    distance, angle = math.hypot(x, y), math.atan2(y, x)
    light = min(1.0, 0.08 + 0.75 * distance ** 1.3)
    if int(7 / (distance + 0.08)) % 3 == 0 and distance < 0.9:
        light *= 0.86  # joints
    if y > 0 and abs(x) < 0.18 * distance + 0.02:
        light = 0.35 + 0.1 * math.sin(30 * distance)  # water
    if flaw == "break" and distance > 0.25:
        crack = -2.0 + 0.16 * math.sin(14 * distance) + 0.07 * math.sin(41 * distance)
        if abs(angle - crack) < 0.09 or (0.45 < distance < 0.8 and -2.2 < angle < -1.5):
            light = 0.03
    if flaw == "leak" and distance > 0.3 and 0.1 < angle < 1.2:
        light = 0.92 - 0.25 * abs(math.sin(23 * angle + 3 * distance))
    return light


def write(folder):
    os.makedirs(folder, exist_ok=True)
    for name, flaw in PHOTOS.items():
        levels = [round(shade((c - COLUMNS / 2 + 0.5) / 36, (r - ROWS / 2 + 0.5) / 36, flaw) * 200) - 110
                  for r in range(ROWS) for c in range(COLUMNS)]
        with open(os.path.join(folder, name), "wb") as out:
            out.write(jpeg(levels))
