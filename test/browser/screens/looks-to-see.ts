/** Which looks are drawn: all of them for the matrix, one in turn for the thin slice of `npm test`. */
import { LOOKS } from '../../../firmware/screen/looks.ts';
import type { ScreenBody, ScreenSettings } from '../../../firmware/screen/messages.ts';
import { BEFORE_PAYING } from '../../../firmware/screen/offered-intents.ts';
import { gallery, type Sample, sampleHelp } from '../../../kiosk-ui/gallery.ts';
import { type Layout, sizes } from '../../../kiosk-ui/theme.ts';
import type { Rules } from '../page-checks.ts';
import type { Drawing } from './draw-and-measure.ts';

/** What 4.2 to 4.4 and 4.9 ask of one look. */
export function rulesFor({ textSize, reach }: ScreenSettings, layout: Layout): Rules {
  return {
    target: textSize === 'standard' ? 88 : 120,
    primary: { width: 480, height: reach === 'low' && textSize === 'standard' ? 88 : 120 },
    gap: 24,
    edge: 40,
    smallestLetter: 30,
    bodyLetter: sizes[textSize].body,
    lowFrom: reach === 'low' ? (layout === 'portrait' ? 'everything' : 'actions') : 'nothing',
  };
}

/** The left hand changes only a wide screen; the plain home only the home. */
export function everyLook(layout: Layout, body: ScreenBody): readonly ScreenSettings[] {
  const hands = layout === 'landscape' ? LOOKS.hand : (['right'] as const);
  const homes = body.name === 'S-HOME' ? LOOKS.home : (['usual'] as const);
  const all: ScreenSettings[] = [];
  for (const home of homes)
    for (const language of LOOKS.language)
      for (const textSize of LOOKS.textSize)
        for (const reach of LOOKS.reach)
          for (const hand of hands)
            for (const contrast of LOOKS.contrast) {
              // Colours move nothing: the mirrored layouts are drawn in two of them.
              const mirrored = hand === 'left' || home === 'care';
              if (mirrored && contrast !== 'standard' && contrast !== 'dark') continue;
              all.push({ language, textSize, contrast, reach, hand, home });
            }
  return all;
}

/**
 * Looks for the costly ruler: each pair of words of two looks is met, over the samples of a gallery, and each sample
 * meets each contrast once.
 */
export function inPairs(all: readonly ScreenSettings[], sampleIndex: number): ReadonlySet<ScreenSettings> {
  const chosen = new Set<ScreenSettings>();
  LOOKS.contrast.forEach((contrast, turn) => {
    const wanted = all.filter((look) => look.contrast === contrast);
    // A step that is prime to the number of looks goes through all of them.
    const look = wanted[(sampleIndex * 7 + turn * 11) % wanted.length];
    if (look) chosen.add(look);
  });
  return chosen;
}

export interface Wanted {
  readonly layout: Layout;
  /** `undefined`: all of the gallery. */
  readonly names: readonly string[] | undefined;
}

export function samplesOf({ names }: Pick<Wanted, 'names'>): readonly Sample[] {
  return gallery.filter(({ body }) => !names || names.includes(body.name));
}

export function drawingOf(
  { title, body, deadline }: Sample,
  layout: Layout,
  looks: readonly ScreenSettings[],
  withAxe: ReadonlySet<ScreenSettings> = new Set(),
): Drawing {
  return {
    title,
    body,
    deadline,
    prices: BEFORE_PAYING.has(body.name),
    help: sampleHelp,
    looks: looks.map((settings) => ({ settings, rules: rulesFor(settings, layout), axe: withAxe.has(settings) })),
    sheet: false,
  };
}
