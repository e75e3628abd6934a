/**
 * How the kiosk speaks: louder and softer in five steps, slower and faster, and the region's dialect (4.8).
 *
 * It lies over the screen as the other choices do, and says its own step in words.
 */
import type { VoiceSpeed, VoiceVolume } from '../../firmware/screen/messages.ts';
import { fill } from '../text/fill.ts';
import { BigButton } from './big-button.tsx';
import type { View } from './frame.tsx';
import { TickMark } from './marks.tsx';

const SPEEDS: readonly VoiceSpeed[] = [0.8, 1, 1.2];
const LOUDEST = 5;

export function VoiceSheet({ view, close }: { readonly view: View; readonly close: () => void }) {
  const { screen, text, does } = view;
  const { volume, speed, tongue, dialect } = screen.voice;
  const words = text.headset.voice;
  const turn = (by: 1 | -1) => (): void => does({ do: 'setVolume', volume: (volume + by) as VoiceVolume });
  return (
    <section class="sheet" aria-label={words.title}>
      <h2>{volume === 0 ? words.silent : fill(words.volume, { step: volume })}</h2>
      <div class="sheet-choices">
        <BigButton kind="quiet" does="softer" disabled={volume === 0} onPress={turn(-1)}>
          {words.softer}
        </BigButton>
        <BigButton kind="quiet" does="louder" disabled={volume === LOUDEST} onPress={turn(1)}>
          {words.louder}
        </BigButton>
        {SPEEDS.map((one) => (
          <BigButton
            key={one}
            kind="quiet"
            class={speed === one ? 'chosen' : ''}
            does={`setSpeed ${one}`}
            pressed={speed === one}
            onPress={() => does({ do: 'setSpeed', speed: one })}
          >
            {speed === one && <TickMark />}
            <span>{words.speeds[one]}</span>
          </BigButton>
        ))}
        {dialect && (
          <BigButton
            kind="quiet"
            class={tongue === dialect ? 'chosen' : ''}
            does="setTongue"
            pressed={tongue === dialect}
            onPress={() => does({ do: 'setTongue', tongue: tongue === dialect ? 'mandarin' : dialect })}
          >
            {tongue === dialect && <TickMark />}
            <span>{words.dialects[dialect]}</span>
          </BigButton>
        )}
        <BigButton kind="secondary" class="close" does="closeLooks" onPress={close}>
          {words.close}
        </BigButton>
      </div>
    </section>
  );
}
