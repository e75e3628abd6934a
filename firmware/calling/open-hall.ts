/** The displays and the voice of a hall as the device map names them, and the door for the second screen's page. */
import type { Clock, DeviceBus } from '../../drivers/ports.ts';
import { BoardPages } from '../../drivers/queue-display/board-pages.ts';
import { openQueueDisplay } from '../../drivers/queue-display/open-queue-display.ts';
import { PageQueueDisplay } from '../../drivers/queue-display/page-queue-display.ts';
import type { QueueDisplay } from '../../drivers/queue-display/queue-display.ts';
import type { TextQueueDisplay } from '../../drivers/queue-display/text-queue-display.ts';
import { VfdQueueDisplay } from '../../drivers/queue-display/vfd-queue-display.ts';
import { aplayLoudspeaker } from '../../drivers/voice/aplay-transport.ts';
import { espeakMaker } from '../../drivers/voice/espeak-transport.ts';
import { PageLoudspeaker } from '../../drivers/voice/page-loudspeaker.ts';
import { SpokenVoice } from '../../drivers/voice/spoken-voice.ts';
import type { Voice } from '../../drivers/voice/voice.ts';
import type { DeviceMap } from '../config/device-map.ts';
import type { BoardDoor } from '../screen/screen-server.ts';

export interface HallDevices {
  readonly queueDisplay: TextQueueDisplay | undefined;
  readonly poleDisplay: TextQueueDisplay | undefined;
  readonly secondScreen: QueueDisplay | undefined;
  readonly voice: Voice | undefined;
}

/** `alsa:NAME`: the machine's sound card; anything else is the second screen's page. */
const ALSA = 'alsa:';

export function openHall(
  world: { readonly bus: DeviceBus; readonly clock: Clock },
  devices: Pick<DeviceMap, 'queueDisplay' | 'poleDisplay' | 'secondScreen' | 'voice'>,
): { readonly devices: HallDevices; readonly board: BoardDoor | undefined } {
  const { clock } = world;
  const pages = new BoardPages();
  const page = new PageLoudspeaker(pages);
  const { voice, secondScreen } = devices;
  const loudspeaker = voice?.address.startsWith(ALSA) ? aplayLoudspeaker(voice.address.slice(ALSA.length)) : page;
  return {
    devices: {
      queueDisplay: devices.queueDisplay && openQueueDisplay({ ...devices.queueDisplay, ...world }),
      poleDisplay: devices.poleDisplay && new VfdQueueDisplay({ ...devices.poleDisplay, ...world }),
      secondScreen: secondScreen && new PageQueueDisplay({ id: secondScreen.id, clock, pages }),
      voice: voice && new SpokenVoice({ id: voice.id, clock, maker: espeakMaker(), loudspeaker }),
    },
    board: secondScreen && { attach: (send) => pages.attach(send), clip: (id) => page.clip(id) },
  };
}
