/** The virtual card slot behind the USB plug of a listed reader, with its hands and two cards. */
import { systemClock } from '../../../drivers/system-clock.ts';
import { SimCardSlot } from '../../../hardware-sim/devices/card-slot.ts';
import { issueCard, RARE_NAME_HOLDERS } from '../../../hardware-sim/devices/cards.ts';
import { serveHands } from '../bench-process.ts';
import { UsbCcidReader } from '../doors/usb-ccid-reader.ts';
import { UsbIpServer } from '../doors/usbip-server.ts';

const slot = new SimCardSlot({ clock: systemClock });
const reader = new UsbCcidReader(slot);
const door = await UsbIpServer.open(reader);

serveHands({
  insert: (holder: 'yan' | 'ji', face: 'right' | 'wrong' = 'right') =>
    slot.insert(issueCard(RARE_NAME_HOLDERS[holder]), { face }),
  remove: () => void slot.remove(),
  /** The next card command but so many tears the card out. */
  tearOffAt: (apdu: number) => slot.faults.tearOffAtApdu(apdu),
  unplug: () => {
    door.unplug();
    slot.unplug();
    return Date.now();
  },
  plugIn: () => {
    slot.plugIn();
    reader.powerUp();
    door.plugIn();
  },
});
