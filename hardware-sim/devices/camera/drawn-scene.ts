/**
 * What the virtual camera looks at, drawn: a hall, a chip photo's wall, a phone or a print held up.
 */
export interface View {
  readonly width: number;
  readonly height: number;
  /** A plain wall instead of the hall. */
  readonly plain: boolean;
}

/** The whole picture: the hall, the heads in it, and as much light as there is. */
export function hallSvg(
  heads: readonly string[],
  light = 1,
  { width, height, plain }: View = { width: 640, height: 480, plain: false },
): string {
  const room = plain
    ? '<rect width="100%" height="100%" fill="#e9ecef"/>'
    : '<rect width="640" height="480" fill="url(#w)"/><rect x="40" y="60" width="120" height="180" fill="#a9b6ad"/><rect x="470" y="90" width="150" height="90" fill="#dfe6ea"/><path d="M 0 400 L 640 380 L 640 480 L 0 480 Z" fill="#77706a"/>';
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><defs><linearGradient id="w" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#cfd6d8"/><stop offset="1" stop-color="#8d979c"/></linearGradient></defs>${room}${heads.join('')}<rect width="100%" height="100%" fill="#000" opacity="${Math.max(0, 1 - light)}"/></svg>`;
}

/** The same head on the screen of a phone that somebody holds up. */
export function heldPhoneSvg(head: string): string {
  return hallSvg([
    '<rect x="205" y="40" width="230" height="400" rx="26" fill="#0b0c0e"/><rect x="217" y="72" width="206" height="336" fill="#dfe8f5"/>',
    `<clipPath id="screen"><rect x="217" y="72" width="206" height="336"/></clipPath><g clip-path="url(#screen)">${head}</g>`,
    '<path d="M 217 72 L 300 72 L 217 240 Z" fill="#ffffff" opacity="0.25"/><path d="M 190 480 L 200 300 Q 215 280 225 310 L 225 480 Z" fill="#c08a62"/>',
  ]);
}

/** The same head printed on paper with a white margin. */
export function heldPrintSvg(head: string): string {
  return hallSvg([
    '<rect x="170" y="30" width="300" height="420" fill="#f8f8f4"/><rect x="200" y="60" width="240" height="350" fill="#c9d2d8"/>',
    `<clipPath id="sheet"><rect x="200" y="60" width="240" height="350"/></clipPath><g clip-path="url(#sheet)">${head}</g>`,
    '<path d="M 150 480 L 170 400 Q 185 380 196 410 L 196 480 Z" fill="#c08a62"/>',
  ]);
}
