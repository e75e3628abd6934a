/**
 * The page as it is listened to: one unit after the other in the order of the DOM, each with what it says and is.
 *
 * Reads only what can be seen. One promise: no word on the glass is left out, and none is said twice.
 */
import type { Language } from '../../firmware/screen/messages.ts';

export interface ReadableUnit {
  readonly element: Element;
  readonly kind: 'heading' | 'text' | 'button';
  /** Words as they stand there, parts of a row joined by commas. */
  readonly text: string;
  /** Only of a button. */
  readonly state: ButtonState;
  /** A clock or a count-down: said when it is come to, and no news. */
  readonly quiet: boolean;
  /** Where an element says its own. */
  readonly language: Language | undefined;
}

export interface ButtonState {
  readonly disabled: boolean;
  /** A choice that is on or off; `undefined` for what is no choice. */
  readonly pressed: boolean | undefined;
}

/** Said in one breath, whatever stands in them. */
const WHOLE = 'button, h1, h2, h3, p, li, .amount-row, .big-amount, .next-step, .pick, .way, .legal';
const QUIET = '.clock, .countdown, .seconds-left';
const NO_STATE: ButtonState = { disabled: false, pressed: undefined };

export function readableUnits(root: Element): readonly ReadableUnit[] {
  const units: ReadableUnit[] = [];
  collect(root, units);
  return units;
}

function collect(element: Element, units: ReadableUnit[]): void {
  if (isHidden(element)) return;
  if (element.matches(WHOLE) || hasOwnWords(element)) {
    const unit = unitOf(element);
    // Lines to write on and other signs say nothing.
    if (/[\p{L}\p{N}]/u.test(unit.text)) units.push(unit);
    return;
  }
  for (const child of element.children) collect(child, units);
}

function unitOf(element: Element): ReadableUnit {
  const button = element instanceof HTMLButtonElement ? element : undefined;
  const pressed = element.getAttribute('aria-pressed') ?? element.getAttribute('aria-expanded');
  const lang = element.closest('[lang]');
  return {
    element,
    kind: button ? 'button' : /^H[1-6]$/.test(element.tagName) ? 'heading' : 'text',
    text: element.getAttribute('aria-label') ?? wordsIn(element),
    state: button
      ? { disabled: button.disabled, pressed: pressed === null ? undefined : pressed === 'true' }
      : NO_STATE,
    quiet: element.closest(QUIET) !== null,
    language:
      lang && lang !== document.documentElement ? (lang.getAttribute('lang') === 'en' ? 'en' : 'zh') : undefined,
  };
}

/** Inline pieces run on; blocks and cells of a row are set apart by a comma. */
function wordsIn(element: Element): string {
  const pieces: string[] = [''];
  const walk = (node: Node): void => {
    if (node instanceof Text) {
      pieces[pieces.length - 1] += node.data;
      return;
    }
    if (!(node instanceof Element) || isHidden(node)) return;
    const apart = !getComputedStyle(node).display.startsWith('inline');
    if (apart) pieces.push('');
    node.childNodes.forEach(walk);
    if (apart) pieces.push('');
  };
  element.childNodes.forEach(walk);
  return pieces
    .map((piece) => piece.replace(/\s+/g, ' ').trim())
    .filter((piece) => piece !== '')
    .join('，');
}

function hasOwnWords(element: Element): boolean {
  return [...element.childNodes].some((node) => node instanceof Text && node.data.trim() !== '');
}

function isHidden(element: Element): boolean {
  if (element.getAttribute('aria-hidden') === 'true') return true;
  // A box of its own is not needed to be seen: `contents` hands its children on.
  if (getComputedStyle(element).display === 'contents') return false;
  return !element.checkVisibility({ visibilityProperty: true });
}
