/**
 * What makes the page easier to see and to reach: colours, low keys, the left hand, the plain home, and prices.
 *
 * One touch away on every screen (4.3, 4.4, 4.9, 4.12). It lies over the screen below, which keeps what was typed;
 * a new screen closes it.
 */
import { useState } from 'preact/hooks';
import type { Contrast } from '../../firmware/screen/messages.ts';
import { BigButton } from './big-button.tsx';
import type { View } from './frame.tsx';
import { TickMark } from './marks.tsx';
import { VoiceSheet } from './voice-sheet.tsx';

const CONTRASTS: readonly Contrast[] = ['standard', 'dark', 'soft', 'mono'];

export function LookSheet({ view, close }: { readonly view: View; readonly close: () => void }) {
  const { screen, text, layout, does } = view;
  const { contrast, reach, hand, home } = screen.settings;
  const words = text.ways.looks;
  const [speaks, setSpeaks] = useState(false);
  if (speaks) return <VoiceSheet view={view} close={close} />;
  return (
    <section class="sheet" aria-label={words.title}>
      <h2>{words.title}</h2>
      <div class="sheet-choices">
        {CONTRASTS.map((one) => (
          <Choice
            key={one}
            does={`setContrast ${one}`}
            chosen={contrast === one}
            word={words.contrast[one]}
            onPress={() => does({ do: 'setContrast', contrast: one })}
          />
        ))}
        <Choice
          does="setReach"
          chosen={reach === 'low'}
          word={words.low}
          onPress={() => does({ do: 'setReach', reach: reach === 'low' ? 'usual' : 'low' })}
        />
        {layout === 'landscape' && (
          <Choice
            does="setHand"
            chosen={hand === 'left'}
            word={words.left}
            onPress={() => does({ do: 'setHand', hand: hand === 'left' ? 'right' : 'left' })}
          />
        )}
        {screen.body.name === 'S-HOME' && (
          <Choice
            does="setHome"
            chosen={home === 'care'}
            word={words.care}
            onPress={() => does({ do: 'setHome', home: home === 'care' ? 'usual' : 'care' })}
          />
        )}
        <BigButton kind="quiet" does="voice" onPress={() => setSpeaks(true)}>
          {text.headset.voice.open}
        </BigButton>
        {screen.prices && screen.body.name !== 'S-HOME' && (
          <BigButton kind="quiet" does="prices" onPress={() => does({ do: 'prices' })}>
            {text.bar.prices}
          </BigButton>
        )}
        <BigButton kind="secondary" class="close" does="closeLooks" onPress={close}>
          {words.close}
        </BigButton>
      </div>
    </section>
  );
}

interface ChoiceProps {
  readonly does: string;
  readonly chosen: boolean;
  readonly word: string;
  readonly onPress: () => void;
}

/** Chosen is a tick, a thicker border and a darker ground, never the colour alone. */
function Choice({ does, chosen, word, onPress }: ChoiceProps) {
  return (
    <BigButton kind="quiet" class={chosen ? 'chosen' : ''} does={does} pressed={chosen} onPress={onPress}>
      {chosen && <TickMark />}
      <span>{word}</span>
    </BigButton>
  );
}
