/** Always there, always in the same place: text size, language, more ways to see and reach, a person, and the two phone numbers (Y1-8, Y4-12a, SZ-193). */
import type { Language, TextSize } from '../../firmware/screen/messages.ts';
import { BigButton } from './big-button.tsx';
import type { View } from './frame.tsx';
import { LettersMark, PersonMark, PhoneMark } from './marks.tsx';

/** 政务服务便民热线, the same number everywhere in the country. */
export const HOTLINE = '12345';

const NEXT_SIZE: Readonly<Record<TextSize, TextSize>> = {
  standard: 'large',
  large: 'extraLarge',
  extraLarge: 'standard',
};
const OTHER_LANGUAGE: Readonly<Record<Language, Language>> = { zh: 'en', en: 'zh' };

interface HelpBarProps {
  readonly view: View;
  readonly sheetOpen: boolean;
  readonly toggleSheet: () => void;
}

export function HelpBar({ view: { screen, text, does }, sheetOpen, toggleSheet }: HelpBarProps) {
  const textSize = NEXT_SIZE[screen.settings.textSize];
  const language = OTHER_LANGUAGE[screen.settings.language];
  return (
    <footer class="bar">
      <div class="bar-buttons">
        <BigButton kind="quiet" does="setTextSize" onPress={() => does({ do: 'setTextSize', textSize })}>
          <LettersMark />
          {text.bar.nextSize[textSize]}
        </BigButton>
        <BigButton kind="quiet" does="setLanguage" onPress={() => does({ do: 'setLanguage', language })}>
          {text.bar.otherLanguage}
        </BigButton>
        <BigButton kind="quiet" does="looks" expanded={sheetOpen} onPress={toggleSheet}>
          {text.ways.looks.open}
        </BigButton>
        <BigButton
          kind="quiet"
          class={screen.helpOffered ? 'help offered' : 'help'}
          does="help"
          onPress={() => does({ do: 'help' })}
        >
          <PersonMark />
          {screen.helpOffered ? text.bar.helpOffered : text.bar.help}
        </BigButton>
      </div>
      <div class="phones">
        <p>
          <PhoneMark />
          {text.bar.hotline} <b>{HOTLINE}</b>
        </p>
        <p>
          {text.bar.hospital} <b>{screen.help.hospitalPhone}</b>
        </p>
      </div>
    </footer>
  );
}
