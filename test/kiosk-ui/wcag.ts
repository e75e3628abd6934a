/** The contrast of two colours by WCAG 2, and how a colour looks to who sees no red, no green or no blue. */

export type Sight = 'usual' | 'protan' | 'deutan' | 'tritan';
type Rgb = readonly [number, number, number];

/** Machado, Oliveira and Fernandes (2009), severity 1.0, on linear light. */
const SIMULATED: Readonly<Record<Exclude<Sight, 'usual'>, readonly [Rgb, Rgb, Rgb]>> = {
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** `#rrggbb` */
export function contrast(one: string, other: string, sight: Sight = 'usual'): number {
  const [light, dark] = [luminance(one, sight), luminance(other, sight)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string, sight: Sight): number {
  const [red, green, blue] = seen(linear(color), sight);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function linear(color: string): Rgb {
  const part = (from: number): number => {
    const share = Number.parseInt(color.slice(from, from + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return [part(1), part(3), part(5)];
}

function seen(light: Rgb, sight: Sight): Rgb {
  if (sight === 'usual') return light;
  const rows = SIMULATED[sight].map((row) =>
    Math.min(
      1,
      Math.max(
        0,
        row.reduce((sum, share, at) => sum + share * (light[at] ?? 0), 0),
      ),
    ),
  );
  return [rows[0] ?? 0, rows[1] ?? 0, rows[2] ?? 0];
}
