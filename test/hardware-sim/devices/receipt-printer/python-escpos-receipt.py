"""The Chinese receipt of foreign-programs.ts, made by python-escpos.

No Debian or npm package has this library, so its bytes are kept in python-escpos-receipt.hex; this is how they
were made, by whoever has it (MIT licence, used as it is, nothing of it is here):

    python3 python-escpos-receipt.py > python-escpos-receipt.hex
    python3 python-escpos-receipt.py HOST PORT    asks the printer for its state, then prints
"""

import sys

from escpos.printer import Dummy, Network
from PIL import Image

TITLE = "医院收费票据"
ROWS = [
    "阿莫西林胶囊            2盒            12.50",
    "血常规(五分类)          1次            20.00",
    "合计                                   32.50",
]
QR_TEXT = "https://hospital.invalid/r/0417"


def chinese(printer, text):
    """The library knows no double-byte code page: users send such text past it."""
    printer._raw((text + "\n").encode("gb18030"))


def receipt(printer):
    printer.hw("INIT")
    printer.set(align="center", double_width=True, double_height=True)
    chinese(printer, TITLE)
    printer.set(align="left", normal_textsize=True)
    for row in ROWS:
        chinese(printer, row)
    printer.textln("Total 32.50")
    printer.barcode("201234567890", "EAN13", height=60, width=2, check=False)
    printer.qr(QR_TEXT, native=True, size=4)
    chequered = Image.new("1", (64, 16), 1)
    for y in range(16):
        for x in range(64):
            chequered.putpixel((x, y), (x // 8 + y // 8) % 2)
    printer.image(chequered, impl="bitImageRaster")
    printer.image(chequered, impl="bitImageColumn")
    printer.cashdraw(2)
    printer.cut()


if len(sys.argv) == 3:
    wired = Network(sys.argv[1], int(sys.argv[2]), timeout=5)
    print("online", wired.is_online(), "paper", wired.paper_status())
    receipt(wired)
    wired.close()
else:
    kept = Dummy(profile="default")
    receipt(kept)
    made = kept.output.hex()
    for at in range(0, len(made), 96):
        print(made[at : at + 96])
