/** A panel's title in both languages, with room for what belongs beside it. */
import type { ComponentChildren } from 'preact';
import type { Words } from '../text/words.ts';

interface TitleProps {
  readonly words: Words;
  readonly children?: ComponentChildren;
}

export function Title({ words, children }: TitleProps) {
  return (
    <header class="title">
      <h2>
        {words[0]} <small lang="en">{words[1]}</small>
      </h2>
      {children}
    </header>
  );
}
