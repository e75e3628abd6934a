/** What the hall sees and hears: pole display, second screen, voice. */
import { type BoardPage, BoardPages } from '../../../drivers/queue-display/board-pages.ts';
import { PageQueueDisplay } from '../../../drivers/queue-display/page-queue-display.ts';
import { VfdQueueDisplay } from '../../../drivers/queue-display/vfd-queue-display.ts';
import { SpokenVoice } from '../../../drivers/voice/spoken-voice.ts';
import { SimVfdDisplay } from '../../../hardware-sim/devices/queue-display/sim-vfd-display.ts';
import { SimLoudspeaker } from '../../../hardware-sim/devices/voice/sim-loudspeaker.ts';
import { busWith } from '../../support/bench-bus.ts';
import { toneOf } from '../../support/tone.ts';
import { type MakeSoaked, word } from './soaked-device.ts';

const poleDisplay: MakeSoaked = (clock) => {
  const twin = new SimVfdDisplay();
  const bus = busWith({ openByteLink: (_address, signal) => twin.openByteLink(signal) });
  const device = new VfdQueueDisplay({ id: 'pole-display', address: 'sim:vfd', bus, clock });
  let nth = 0;
  return {
    device,
    use: async () => {
      nth += 1;
      const number = `A${String(nth % 1_000).padStart(3, '0')}`;
      return word(await device.call({ number, place: 'Window 3' }, { timeoutMs: 5_000 }));
    },
    trouble: { unplug: () => twin.unplug(), powerCut: () => twin.cutPower(), hang: () => twin.hang() },
    mend: () => {
      twin.unplug();
      twin.plugIn();
      twin.powerUp();
    },
  };
};

/** A browser with the board's page: it draws a moment after it was told, unless its tab hangs. */
const secondScreen: MakeSoaked = (clock, stream) => {
  const pages = new BoardPages();
  const device = new PageQueueDisplay({ id: 'second-screen', clock, pages });
  let page: BoardPage | undefined;
  let frozen = false;
  const open = (): void => {
    const own = pages.attach((message) => {
      if (message.type !== 'view' || frozen) return;
      const { id } = message.view;
      clock.timer(20 + stream.below(200), () => own.hear({ type: 'drawn', viewId: id }));
    });
    page = own;
  };
  const shut = (): void => {
    page?.close();
    page = undefined;
  };
  open();
  let nth = 0;
  return {
    device,
    use: async () => {
      nth += 1;
      const number = `B${String(nth % 1_000).padStart(3, '0')}`;
      return word(await device.call({ number, place: '5号窗口' }, { timeoutMs: 5_000 }));
    },
    trouble: {
      closed: shut,
      frozen: () => {
        frozen = true;
      },
      reloaded: () => {
        shut();
        clock.timer(700, () => {
          if (!page) open();
        });
      },
    },
    mend: () => {
      frozen = false;
      shut();
      open();
    },
  };
};

const voice: MakeSoaked = (clock, stream) => {
  const loudspeaker = new SimLoudspeaker({ clock });
  const maker = { make: ({ text }: { readonly text: string }) => Promise.resolve(toneOf(text.length * 100)) };
  const device = new SpokenVoice({ id: 'voice', clock, maker, loudspeaker });
  return {
    device,
    use: async () => {
      const calls = Array.from({ length: 1 + stream.below(3) }, (_, at) =>
        device.say([{ language: 'zh', text: `请${at + 1}号到三号窗口` }], { timeoutMs: 8_000 }),
      );
      const [first] = await Promise.all(calls);
      // What was heard belongs to the hall, not to the memory that is measured.
      loudspeaker.heard.length = 0;
      return first ? word(first) : 'nothing';
    },
    trouble: {
      unplug: () => loudspeaker.unplug(),
      stuck: () => loudspeaker.stick(),
      turnedDown: () => loudspeaker.turnDown(true),
    },
    mend: () => {
      loudspeaker.free();
      loudspeaker.turnDown(false);
      loudspeaker.unplug();
      loudspeaker.plugIn();
    },
  };
};

export const hallDevices: Readonly<Record<string, MakeSoaked>> = { poleDisplay, secondScreen, voice };
