/** A QR code drawn as one SVG path: black on white with its quiet zone, whatever the theme. */
import { encodeQR } from 'qr';

/** Draws nothing for a text that no QR code can hold; the screen's number is there beside it. */
export function QrCode({ code }: { readonly code: string }) {
  const modules = modulesOf(code);
  if (!modules) return null;
  const side = modules.length;
  return (
    <svg
      class="qr"
      viewBox={`0 0 ${side} ${side}`}
      shape-rendering="crispEdges"
      aria-hidden="true"
      data-code-length={code.length}
    >
      <rect width={side} height={side} fill="#FFFFFF" />
      <path d={pathOf(modules)} fill="#000000" />
    </svg>
  );
}

/** Rows of modules, `true` = dark, with a border of four; `undefined` when no code can hold the text. */
export function modulesOf(code: string): readonly (readonly boolean[])[] | undefined {
  try {
    return encodeQR(code, 'raw', { ecc: 'medium', border: 4 });
  } catch {
    return undefined;
  }
}

/** Horizontal runs: `M x y h length v1 H x z`. */
export function pathOf(modules: readonly (readonly boolean[])[]): string {
  let path = '';
  modules.forEach((row, y) => {
    let start = -1;
    for (let x = 0; x <= row.length; x += 1) {
      if (row[x] && start < 0) start = x;
      if (!row[x] && start >= 0) {
        path += `M${start} ${y}h${x - start}v1H${start}z`;
        start = -1;
      }
    }
  });
  return path;
}
