/** A target: the one filled primary button of a screen, or an outlined one that says the other thing. */
import type { ComponentChildren } from 'preact';
import { pressHandlers } from './press.ts';

export interface BigButtonProps {
  readonly kind: 'primary' | 'secondary' | 'quiet';
  readonly onPress: () => void;
  readonly children: ComponentChildren;
  readonly disabled?: boolean;
  readonly class?: string;
  /** For tests and staff tools: what this target does, independent of language. */
  readonly does: string;
}

export function BigButton({ kind, onPress, children, disabled, does, ...rest }: BigButtonProps) {
  return (
    <button
      type="button"
      class={`button ${kind} ${rest.class ?? ''}`}
      data-does={does}
      disabled={disabled ?? false}
      {...pressHandlers(onPress)}
    >
      {children}
    </button>
  );
}
