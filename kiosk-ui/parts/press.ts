/**
 * What counts as a touch (4.3): pressed and released inside the same target, and
 * not within 400 ms of the last one, so that a trembling hand acts once. A finger
 * may slide inside the target; a target that was replaced meanwhile does not act.
 */
const DOUBLE_TOUCH_MS = 400;

/** One for the whole page: the second tap of a double touch may land on the next screen. */
export class TouchGate {
  #lastMs = Number.NEGATIVE_INFINITY;

  /** `timeMs` is an event's own time stamp. */
  admits(timeMs: number): boolean {
    if (timeMs - this.#lastMs < DOUBLE_TOUCH_MS) return false;
    this.#lastMs = timeMs;
    return true;
  }
}

export const touchGate = new TouchGate();

export interface PressHandlers {
  onPointerDown(event: PointerEvent): void;
  onPointerUp(event: PointerEvent): void;
  onPointerCancel(event: PointerEvent): void;
  onClick(event: MouseEvent): void;
}

/** Handlers for one target. The pressed look is the `data-pressed` attribute. */
export function pressHandlers(act: () => void): PressHandlers {
  return {
    onPointerDown(event) {
      const target = event.currentTarget as HTMLElement;
      target.setPointerCapture(event.pointerId);
      target.dataset['pressed'] = String(event.pointerId);
    },
    onPointerUp(event) {
      const target = event.currentTarget as HTMLElement;
      const pressed = target.dataset['pressed'] === String(event.pointerId);
      delete target.dataset['pressed'];
      if (pressed && contains(target, event) && touchGate.admits(event.timeStamp)) act();
    },
    onPointerCancel(event) {
      delete (event.currentTarget as HTMLElement).dataset['pressed'];
    },
    // Keyboards and assistive devices click without a pointer.
    onClick(event) {
      if (event.detail === 0 && touchGate.admits(event.timeStamp)) act();
    },
  };
}

function contains(target: HTMLElement, { clientX, clientY }: PointerEvent): boolean {
  const { left, right, top, bottom } = target.getBoundingClientRect();
  return clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
}
