/** A target: the one filled primary button of a screen, or an outlined one that says the other thing. */
import type { ComponentChildren } from 'preact';
import { pressHandlers } from './press.ts';

export interface BigButtonProps {
  readonly kind: 'primary' | 'secondary' | 'quiet';
  readonly onPress: () => void;
  readonly children: ComponentChildren;
  readonly disabled?: boolean;
  /** What a button says that shows a sign only. */
  readonly label?: string;
  /** A choice that is on or off. */
  readonly pressed?: boolean;
  /** Opens something that is open now, or is not. */
  readonly expanded?: boolean;
  readonly class?: string;
  /** For tests and staff tools: what this target does, independent of language. */
  readonly does: string;
}

export function BigButton({
  kind,
  onPress,
  children,
  disabled,
  label,
  pressed,
  expanded,
  does,
  ...rest
}: BigButtonProps) {
  return (
    <button
      type="button"
      class={`button ${kind} ${rest.class ?? ''}`}
      data-does={does}
      disabled={disabled ?? false}
      aria-label={label}
      aria-pressed={pressed}
      aria-expanded={expanded}
      {...pressHandlers(onPress)}
    >
      {children}
    </button>
  );
}
