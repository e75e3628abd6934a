/** The scanner's window and the codes that hands hold in front of it, beside the phone's own. */
import { useState } from 'preact/hooks';
import type { Ask } from '../hall-line.ts';
import { HandButton } from './hand-button.tsx';
import { Title } from './title.tsx';

const LONGEST_TEXT = 200;

export function CodeWindow({ ask }: { readonly ask: Ask }) {
  const [text, setText] = useState('https://example.com/');
  return (
    <section class="device">
      <Title words={['扫码窗', 'Code scanner']}>
        <small class="aside">医保码在手机上</small>
      </Title>
      <div class="device-row">
        <svg class="drawing scan-window" viewBox="0 0 84 60" aria-hidden="true">
          <rect x="2" y="4" width="80" height="52" rx="8" fill="#22313c" />
          <rect x="10" y="11" width="64" height="38" rx="4" fill="#0b151c" />
          <path d="M16 22v-6h8M68 22v-6h-8M16 38v6h8M68 38v6h-8" fill="none" stroke="#51707f" stroke-width="2.5" />
          <path class="beam" d="M15 30h54" />
        </svg>
        <div class="other-code">
          <input
            aria-label="别的码 another code"
            maxLength={LONGEST_TEXT}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
          <div class="hands three">
            <HandButton hand="showText" ask={ask} given={text} can={text !== ''} />
            <HandButton hand="showSameCode" ask={ask} words={['同一个码', 'Same again']} />
            <HandButton hand="showHugeCode" ask={ask} words={['超长码', '100 kB']} />
          </div>
        </div>
      </div>
    </section>
  );
}
