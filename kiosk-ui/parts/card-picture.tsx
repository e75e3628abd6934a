/**
 * The card and its slot, moving the way the hand should: in, out, or turned over.
 * A picture says it before the sentence is read.
 */
interface CardPictureProps {
  readonly motion: 'insert' | 'remove' | 'turn';
}

export function CardPicture({ motion }: CardPictureProps) {
  if (motion === 'turn') return <TurningCard />;
  return (
    <svg class={`picture card-picture ${motion}`} viewBox="0 0 360 330" aria-hidden="true">
      <clipPath id={`below-slot-${motion}`}>
        <rect x="0" y="86" width="360" height="244" />
      </clipPath>
      <rect x="30" y="10" width="300" height="112" rx="22" fill="var(--device)" />
      <rect x="30" y="10" width="300" height="18" rx="9" fill="var(--device-edge)" />
      <rect x="84" y="76" width="192" height="14" rx="7" fill="var(--mouth)" />
      <rect class="slot-light" x="84" y="52" width="192" height="10" rx="5" fill="var(--slot-light)" />
      <g clip-path={`url(#below-slot-${motion})`}>
        <g class="moving">
          <Card x={104} y={96} />
        </g>
      </g>
      <g class="arrow">
        {motion === 'insert' ? (
          <path d="M318 292V190M296 214l22-26 22 26" />
        ) : (
          <path d="M318 178v104M296 260l22 26 22-26" />
        )}
      </g>
    </svg>
  );
}

/** Chip up and first. */
function Card({ x, y }: { readonly x: number; readonly y: number }) {
  return (
    <g transform={`translate(${x} ${y})`}>
      <rect width="152" height="216" rx="16" fill="var(--card)" stroke="var(--ink)" stroke-width="5" />
      <path d="M2 150q74-46 148 0v50q0 14-14 14H16q-14 0-14-14z" fill="var(--card-shade)" />
      <rect x="50" y="26" width="52" height="44" rx="8" fill="var(--chip)" stroke="var(--chip-line)" stroke-width="4" />
      <path d="M50 42h52M50 55h52M76 26v44" stroke="var(--chip-line)" stroke-width="3" />
      <circle cx="46" cy="142" r="17" fill="var(--ink)" />
      <path d="M16 192c0-20 12-30 30-30s30 10 30 30z" fill="var(--ink)" />
      <path d="M92 140h44M92 160h44M92 180h30" stroke="var(--ink)" stroke-width="7" stroke-linecap="round" />
    </g>
  );
}

function TurningCard() {
  return (
    <svg class="picture card-picture turn" viewBox="0 0 360 330" aria-hidden="true">
      <g class="turning">
        <Card x={104} y={57} />
      </g>
      <g class="arrow">
        <path d="M42 210a146 146 0 0 1 26-126M38 96l32-16 12 34" />
        <path d="M318 120a146 146 0 0 1-26 126M322 234l-32 16-12-34" />
      </g>
    </svg>
  );
}
