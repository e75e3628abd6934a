/**
 * Sizes of everything that is read or touched (4.2, 4.3), and its colours (4.4), as CSS variables.
 *
 * Written for the reference panel (21.5 in, 4.03 px/mm) and scaled to the real
 * one, so letters keep their millimetres; no letter falls below 30 px.
 */
import type { Contrast, ScreenSettings, TextSize } from '../firmware/screen/messages.ts';
import { palettes } from './palettes-table.ts';

export const REFERENCE_PX_PER_MM = 4.03;
const SMALLEST_LETTER_PX = 30;

interface Sizes {
  readonly small: number;
  readonly body: number;
  readonly button: number;
  readonly title: number;
  /** The one sentence of a picture screen; a title that may be larger. */
  readonly hero: number;
  readonly amount: number;
  /** Least height and width of anything that is touched. */
  readonly target: number;
  readonly primary: number;
}

/** px on the reference panel; body is 8.9, 11.9 and 14.9 mm. */
export const sizes: Readonly<Record<TextSize, Sizes>> = {
  standard: { small: 30, body: 36, button: 40, title: 52, hero: 68, amount: 72, target: 92, primary: 140 },
  large: { small: 40, body: 48, button: 52, title: 68, hero: 80, amount: 96, target: 120, primary: 144 },
  extraLarge: { small: 52, body: 60, button: 64, title: 80, hero: 84, amount: 120, target: 120, primary: 152 },
};

/** The look before the firmware has said one. */
export const undressed: ScreenSettings = {
  language: 'zh',
  textSize: 'standard',
  contrast: 'standard',
  reach: 'usual',
  hand: 'right',
  home: 'usual',
};

export type Layout = 'portrait' | 'landscape';

export const stageSize: Readonly<Record<Layout, { readonly width: number; readonly height: number }>> = {
  portrait: { width: 1080, height: 1920 },
  landscape: { width: 1920, height: 1080 },
};

/** CSS variables for one text size on a panel of the given density. */
export function cssVariables(textSize: TextSize, pxPerMm: number): Readonly<Record<string, string>> {
  const scale = pxPerMm / REFERENCE_PX_PER_MM;
  const { small, body, button, title, hero, amount, target, primary } = sizes[textSize];
  const low = sizes[textSize === 'extraLarge' ? 'large' : textSize];
  const letter = (px: number): string => `${Math.max(SMALLEST_LETTER_PX, Math.round(px * scale))}px`;
  const touch = (px: number): string => `${Math.max(px, Math.round(px * scale))}px`;
  return {
    '--small': letter(small),
    '--body': letter(body),
    '--button': letter(button),
    '--title': letter(title),
    '--hero': letter(hero),
    '--amount': letter(amount),
    '--target': touch(target),
    '--primary': touch(primary),
    // 低位: where room is scarce, 大字 is the largest.
    '--low-small': letter(low.small),
    '--low-body': letter(low.body),
    '--low-button': letter(low.button),
    '--low-title': letter(low.title),
    '--low-amount': letter(low.amount),
  };
}

/** CSS variables for one contrast mode. */
export function paints(contrast: Contrast): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(palettes[contrast]).map(([paint, color]) => [`--${paint}`, color]));
}
