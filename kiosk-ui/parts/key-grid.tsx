/**
 * Keys to type with, in pages of as many as the hand can reach: one page where there is room, and a key that turns
 * to the next one where there is not.
 */
import { useState } from 'preact/hooks';
import { BigButton } from './big-button.tsx';
import type { View } from './frame.tsx';
import { BackMark } from './marks.tsx';

interface KeyGridProps {
  readonly view: View;
  readonly class?: string;
  /** Pages as they are where there is room for all of a page. */
  readonly pages: readonly (readonly string[])[];
  readonly onKey: (key: string) => void;
  /** Takes back the last key. Among low keys it is one of them, elsewhere it stands beside what was typed. */
  readonly back: { readonly word: string; readonly can: boolean; readonly act: () => void };
}

/** Low keys lie in two rows of seven, or three of eight where they may be smaller; two places are for turning and taking back. */
const LOW = { standard: 22, large: 12, extraLarge: 12 } as const;

export function KeyGrid({ view: { screen, layout }, pages, onKey, back, ...rest }: KeyGridProps) {
  const [turned, setTurned] = useState(0);
  const { reach, textSize } = screen.settings;
  const most = reach === 'low' && layout === 'portrait' ? LOW[textSize] : Number.POSITIVE_INFINITY;
  const all = pages.flatMap((page) => (page.length <= most ? [page] : cut(page, most)));
  const at = turned % all.length;
  const next = all[(at + 1) % all.length] ?? [];
  return (
    <div class={`keys ${rest.class ?? ''}`}>
      {all[at]?.map((key) => (
        <BigButton key={key} kind="quiet" does={`key ${key}`} onPress={() => onKey(key)}>
          {key.toUpperCase()}
        </BigButton>
      ))}
      {reach === 'low' && (
        <BigButton kind="quiet" class="turn" does="back" label={back.word} disabled={!back.can} onPress={back.act}>
          <BackMark />
        </BigButton>
      )}
      {all.length > 1 && (
        <BigButton kind="quiet" class="turn" does="turnKeys" onPress={() => setTurned(at + 1)}>
          {`${next[0] ?? ''}–${next.at(-1) ?? ''}`.toUpperCase()}
        </BigButton>
      )}
    </div>
  );
}

function cut(keys: readonly string[], most: number): readonly (readonly string[])[] {
  const count = Math.ceil(keys.length / most);
  const each = Math.ceil(keys.length / count);
  return Array.from({ length: count }, (_, page) => keys.slice(page * each, (page + 1) * each));
}
