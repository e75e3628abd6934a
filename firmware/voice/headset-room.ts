/**
 * Whoever listens by a headset (耳机): what the page reads is made to speech here and played on the headset's own sound
 * device, and its five keys reach the page (product.md 4.8).
 *
 * One promise: nothing that the page reads is ever heard anywhere else. Without a plug in the socket, or a word from
 * the cabinet that there is one, nothing is made and what is being said stops at once.
 */
import type { Cabinet } from '../../drivers/cabinet/cabinet.ts';
import type { Sentence, Voice } from '../../drivers/voice/voice.ts';
import type { Unsubscribe } from '../ports.ts';
import type { ScreenHub } from '../screen/screen-hub.ts';
import type { HeadsetToPage, SpeakMessage } from '../screen/spoken-unit.ts';

export interface HeadsetRoomParts {
  readonly screen: Pick<ScreenHub, 'connect' | 'current' | 'voice' | 'onSpeak' | 'tell' | 'hears' | 'attended'>;
  readonly cabinet: Pick<Cabinet, 'status' | 'onCabinetEvent' | 'onKeyPressed'>;
  readonly voice: Pick<Voice, 'say'>;
}

/** The longest turn of a page takes 80 s at the slowest; more is a sound card that hangs, ms. */
const SAY_MS = 120_000;

/** Where there is a socket and a device behind it; a kiosk without them reads to nobody. Returns what ends it. */
export function headsetRoomOf(
  {
    cabinet,
    headset,
  }: { readonly cabinet: HeadsetRoomParts['cabinet'] | undefined; readonly headset: Voice | undefined },
  screen: HeadsetRoomParts['screen'],
): Unsubscribe {
  return cabinet && headset ? openHeadsetRoom({ screen, cabinet, voice: headset }) : () => undefined;
}

/** Returns what ends it. */
export function openHeadsetRoom({ screen, cabinet, voice }: HeadsetRoomParts): Unsubscribe {
  let saying: AbortController | undefined;
  let sayingOf = '';
  const silence = (): void => {
    saying?.abort();
    saying = undefined;
  };
  const look = (): void => {
    // A board that is away says nothing of the socket: then it counts as empty.
    const plugged = cabinet.status().enhancedAudioSensor === 'present';
    if (!plugged) silence();
    screen.hears({ headset: plugged });
  };
  const speak = ({ screenId, turn, parts }: SpeakMessage, answer: (message: HeadsetToPage) => void): void => {
    silence();
    const spoken = (heard: boolean): void => answer({ type: 'spoken', turn, heard });
    const { headset, volume, speed, tongue } = screen.voice;
    if (parts.length === 0) return;
    if (!headset || volume === 0 || screen.current?.id !== screenId) {
      spoken(false);
      return;
    }
    const mine = new AbortController();
    saying = mine;
    sayingOf = screenId;
    const manner = { speed, volume: volume / 6, tongue };
    const sentences = parts.map(({ language, text }): Sentence => ({ language, text, manner }));
    screen.attended();
    voice.say(sentences, { timeoutMs: SAY_MS, signal: mine.signal }).then(
      ({ done }) => {
        if (saying === mine) saying = undefined;
        if (mine.signal.aborted) return;
        screen.attended();
        spoken(done);
      },
      () => spoken(false),
    );
  };
  // A page that died mid-sentence must not be read on to whoever comes next.
  const watch = screen.connect((message) => {
    if (message.type === 'screen' && message.screen.id !== sayingOf) silence();
  });
  const stops = [
    () => watch.close(),
    screen.onSpeak(speak),
    cabinet.onCabinetEvent(({ changed }) => {
      if (changed.enhancedAudioSensor !== undefined) look();
    }),
    cabinet.onKeyPressed((key) => {
      if (!screen.voice.headset) return;
      screen.attended();
      screen.tell({ type: 'key', key });
    }),
  ];
  look();
  return () => {
    for (const stop of stops) stop();
    silence();
  };
}
