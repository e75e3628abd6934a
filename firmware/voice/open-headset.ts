/** The headset as the device map names it: a voice of its own, on a sound device of its own. */
import type { Clock } from '../../drivers/ports.ts';
import { aplayLoudspeaker } from '../../drivers/voice/aplay-transport.ts';
import { espeakMaker } from '../../drivers/voice/espeak-transport.ts';
import { SpokenVoice } from '../../drivers/voice/spoken-voice.ts';
import type { Loudspeaker, SpeechMaker, Voice } from '../../drivers/voice/voice.ts';

export interface HeadsetSpeech {
  readonly maker: SpeechMaker;
  readonly loudspeaker: Loudspeaker;
}

const ALSA = 'alsa:';

export function openHeadset(
  { id, address }: { readonly id: string; readonly address: string },
  clock: Clock,
  speech?: HeadsetSpeech,
): Voice {
  const { maker, loudspeaker } = speech ?? {
    maker: espeakMaker(),
    loudspeaker: aplayLoudspeaker(address.slice(ALSA.length)),
  };
  return new SpokenVoice({ id, clock, maker, loudspeaker });
}
