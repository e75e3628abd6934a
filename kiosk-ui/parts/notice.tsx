/**
 * What happened, what to do, where a person is (Z-8.2.1.2): one shape for every
 * refusal, so that it is read the same way each time.
 */
import type { ComponentChildren } from 'preact';
import { fill, reasonText } from '../text/fill.ts';
import { spokenNumber } from '../text/spoken-number.ts';
import type { View } from './frame.tsx';
import { CrossMark, PersonMark, TickMark, TriangleMark } from './marks.tsx';
import { CounterPicture } from './scene-pictures.tsx';

interface NoticeProps {
  readonly view: View;
  readonly mark: 'attention' | 'failure';
  readonly heading: string;
  readonly reason: string;
  readonly children?: ComponentChildren;
}

export function Notice({ view: { text }, mark, heading, reason, children }: NoticeProps) {
  const { what, act } = reasonText(text, reason);
  return (
    <div class="notice">
      <CounterPicture />
      <div class={`notice-head ${mark}`}>
        {mark === 'attention' ? <TriangleMark /> : <CrossMark />}
        <p class="notice-heading">{heading}</p>
      </div>
      <h1>{what}</h1>
      {children}
      <p class="lead">{act}</p>
    </div>
  );
}

interface PlaceProps {
  readonly view: View;
  readonly staffCode?: string;
  readonly number?: string;
  /** After a refusal: care goes on whatever insurance says (N-16). */
  readonly care?: boolean;
}

/** Where a person is, and what to read out there. Stands aside of the story, in the same place on every screen. */
export function Place({ view: { text, screen }, staffCode = '', number = '', care = false }: PlaceProps) {
  return (
    <div class="place">
      <p class="place-label">
        <PersonMark />
        <span>{text.place}</span>
      </p>
      <p class="place-window">{screen.help.window}</p>
      {care && <p class="place-care">{text.refusal.care}</p>}
      {(staffCode !== '' || number !== '') && (
        <p class="staff-code">
          {staffCode !== '' && <span>{fill(text.staffCode, { code: staffCode })}</span>}
          {number !== '' && <span>{fill(text.number, { number: spokenNumber(number) })}</span>}
        </p>
      )}
    </div>
  );
}

/** Money is safe: a tick and the words. */
export function MoneyLine({ children }: { readonly children: ComponentChildren }) {
  return (
    <p class="money-line">
      <TickMark />
      <span>{children}</span>
    </p>
  );
}
