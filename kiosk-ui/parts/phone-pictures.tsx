/** Phones: one that shows its code to the scanner window, one that scans the kiosk's code. */

export function ShowCodePicture() {
  return (
    <svg class="picture show-code" viewBox="0 0 360 330" aria-hidden="true">
      <path class="beam" d="M110 244L62 96h236l-48 148z" fill="var(--beam)" />
      <rect x="40" y="236" width="280" height="84" rx="22" fill="var(--device)" />
      <rect x="100" y="236" width="160" height="26" rx="8" fill="var(--mouth)" />
      <rect x="112" y="242" width="136" height="10" rx="5" fill="var(--laser)" />
      <g class="moving">
        <rect x="102" y="6" width="156" height="196" rx="24" fill="var(--dark-ink)" />
        <rect x="114" y="22" width="132" height="164" rx="10" fill="var(--paper)" />
        <SmallCode x={130} y={38} size={100} />
        <path d="M140 160h80" stroke="var(--ink)" stroke-width="9" stroke-linecap="round" />
      </g>
    </svg>
  );
}

export function ScanPicture() {
  return (
    <svg class="picture scan" viewBox="0 0 360 330" aria-hidden="true">
      <rect x="20" y="20" width="190" height="190" rx="18" fill="var(--paper)" stroke="var(--ink)" stroke-width="6" />
      <SmallCode x={42} y={42} size={146} />
      <g class="moving">
        <rect x="176" y="120" width="150" height="200" rx="24" fill="var(--dark-ink)" />
        <rect x="188" y="136" width="126" height="168" rx="10" fill="var(--disc)" />
        <path
          d="M206 186v-26h26M296 186v-26h-26M206 250v26h26M296 250v26h-26"
          fill="none"
          stroke="var(--ink)"
          stroke-width="8"
          stroke-linecap="round"
        />
        <path d="M206 218h90" stroke="var(--good)" stroke-width="8" stroke-linecap="round" />
      </g>
    </svg>
  );
}

/** Looks like a code and is none. */
function SmallCode({ x, y, size }: { readonly x: number; readonly y: number; readonly size: number }) {
  return (
    <g transform={`translate(${x} ${y}) scale(${size / 9})`} fill="var(--dark-ink)">
      <path d="M0 0h3v3H0zM6 0h3v3H6zM0 6h3v3H0z" />
      <path d="M1 1h1v1H1zM7 1h1v1H7zM1 7h1v1H1z" fill="var(--paper)" />
      <path d="M4 0h1v2H4zM4 3h2v1H4zM0 4h2v1H0zM3 5h2v2H3zM6 4h1v2H6zM8 4h1v1H8zM6 7h1v2H6zM8 6h1v3H8zM4 8h1v1H4z" />
    </g>
  );
}
