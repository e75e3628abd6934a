/** Signs whose shape says it before the colour does: tick, triangle, cross, and the small ones of the help bar. */

export function TickMark() {
  return (
    <svg class="mark success" viewBox="0 0 48 48" aria-hidden="true">
      <circle cx="24" cy="24" r="22" fill="currentColor" />
      <path
        d="M13 25l8 8 15-17"
        fill="none"
        stroke="var(--on-mark)"
        stroke-width="5"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}

export function TriangleMark() {
  return (
    <svg class="mark warning" viewBox="0 0 48 48" aria-hidden="true">
      <path d="M24 4L46 43H2z" fill="currentColor" stroke="currentColor" stroke-width="3" stroke-linejoin="round" />
      <path d="M24 17v13" stroke="var(--on-mark)" stroke-width="5" stroke-linecap="round" />
      <circle cx="24" cy="37" r="3" fill="var(--on-mark)" />
    </svg>
  );
}

export function CrossMark() {
  return (
    <svg class="mark danger" viewBox="0 0 48 48" aria-hidden="true">
      <path d="M15 2h18l13 13v18L33 46H15L2 33V15z" fill="currentColor" />
      <path d="M16 16l16 16M32 16L16 32" stroke="var(--on-mark)" stroke-width="5" stroke-linecap="round" />
    </svg>
  );
}

export function PersonMark() {
  return (
    <svg class="mark" viewBox="0 0 48 48" aria-hidden="true">
      <circle cx="24" cy="15" r="10" fill="currentColor" />
      <path d="M5 45c0-11 8-17 19-17s19 6 19 17z" fill="currentColor" />
    </svg>
  );
}

export function PhoneMark() {
  return (
    <svg class="mark" viewBox="0 0 48 48" aria-hidden="true">
      <path d="M14 5l7 10-4 6c3 5 5 7 10 10l6-4 10 7c0 6-4 9-9 9C19 43 5 29 5 14c0-5 3-9 9-9z" fill="currentColor" />
    </svg>
  );
}

export function LettersMark() {
  return (
    <svg class="mark letters" viewBox="0 0 56 48" aria-hidden="true">
      <path
        d="M3 42L13 18l10 24M7 34h12"
        fill="none"
        stroke="currentColor"
        stroke-width="4"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
      <path
        d="M23 42L38 6l15 36M29 30h18"
        fill="none"
        stroke="currentColor"
        stroke-width="5"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}

/** The last letter is taken back. */
export function BackMark() {
  return (
    <svg class="mark" viewBox="0 0 56 48" aria-hidden="true">
      <path
        d="M20 8h32v32H20L4 24zM28 17l14 14M42 17L28 31"
        fill="none"
        stroke="currentColor"
        stroke-width="4"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}

/** Five mouths from very unhappy to very happy; the word under it says the same. */
export function FaceMark({ stars }: { readonly stars: 1 | 2 | 3 | 4 | 5 }) {
  const bend = (stars - 3) * 5;
  return (
    <svg class="face" viewBox="0 0 48 48" aria-hidden="true">
      <circle cx="24" cy="24" r="21" fill="var(--ground)" stroke="currentColor" stroke-width="4" />
      <circle cx="17" cy="19" r="3" fill="currentColor" />
      <circle cx="31" cy="19" r="3" fill="currentColor" />
      <path
        d={`M14 ${32 - bend / 2}Q24 ${32 + bend} 34 ${32 - bend / 2}`}
        fill="none"
        stroke="currentColor"
        stroke-width="4"
        stroke-linecap="round"
      />
    </svg>
  );
}
