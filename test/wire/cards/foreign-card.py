"""A social-security card on a card emulator that was not written here.

vsmartcard's virtualsmartcard (Debian: vsmartcard-vpicc) does the whole of ISO 7816-4: the file system, SELECT,
READ RECORD, GET RESPONSE, the ATR. This file only fills its file system with the records of an invented person
(area 990000), given as JSON on standard input: {"port", "records": {"EF05": ["0110..."], "EF06": [...]}}.

Its handling of what it was not made for is its own: records that are asked for with a longer Le come with 6282,
answers to SELECT are announced with 61xx.
"""
import inspect
import json
import sys

# Debian 12 puts the module where no Python looks for it (python3-virtualsmartcard 3.3+dfsg-2).
sys.path.append('/usr/lib/python3/site-packages/virtualsmartcard')

# It asks for PyCrypto by its old name; Debian has its heir under a new one (python3-pycryptodome).
import Cryptodome  # noqa: E402

sys.modules.setdefault('Crypto', Cryptodome)

from virtualsmartcard import TLVutils, VirtualSmartcard  # noqa: E402
from virtualsmartcard.ConstantDefinitions import FDB  # noqa: E402
from virtualsmartcard.SmartcardFilesystem import DF, MF, Record, RecordStructureEF  # noqa: E402
from virtualsmartcard.SmartcardSAM import SAM  # noqa: E402

# Python 2 is left in one line of it: joining the bytes of a template raises, and every SELECT with an answer ends the
# emulator. The line is mended, the rest stays as it is.
mended = inspect.getsource(TLVutils.pack).replace('return b"".join(result)', 'return result')
exec(mended, TLVutils.__dict__)

SSSE = b'sx1.sh.' + bytes.fromhex('C9E7BBE1B1A3D5CF')
FILE_IDS = {'EF05': 0xEF05, 'EF06': 0xEF06}


def record_file(parent, file_id, short_id, records):
    kind = FDB['EFSTRUCTURE_LINEAR_FIXED_SIMPLETLV'] | FDB['SHAREABLEFILE']
    values = [bytes.fromhex(hexadecimal) for hexadecimal in records]
    return RecordStructureEF(parent, file_id, kind, shortfid=short_id, maxrecordsize=0xff,
                             records=[Record(value[0], value) for value in values])


def main():
    wanted = json.load(sys.stdin)
    master = MF()
    environment = DF(master, 0xDF01, dfname=SSSE)
    for short_id, (name, records) in enumerate(wanted['records'].items(), start=5):
        environment.append(record_file(environment, FILE_IDS[name], short_id, records))
    master.append(environment)

    class Generator:
        """Takes the place of the generator that would ask for a password and a file."""

        def __init__(self, _kind):
            pass

        def getCard(self):
            return master, SAM(b'123456', '990000', mf=master)

    VirtualSmartcard.CardGenerator = Generator
    VirtualSmartcard.VirtualICC(None, 'iso7816', '127.0.0.1', wanted['port'], logginglevel=50).run()


main()
