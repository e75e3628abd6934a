/**
 * Colours of the drawings: lighter, darker, mixed; `#rrggbb` in and out.
 */
function channels(colour: string): readonly number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}

function hex(values: readonly number[]): string {
  return `#${values
    .map((value) =>
      Math.min(255, Math.max(0, Math.round(value)))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

export function shade(colour: string, factor: number): string {
  return hex(channels(colour).map((value) => value * factor));
}

export function mix(colour: string, other: string, part: number): string {
  const second = channels(other);
  return hex(channels(colour).map((value, at) => value * (1 - part) + (second[at] ?? 0) * part));
}
