/** What a patient does, whichever way it comes in: a touch, a card, a code. */
import type { CardReaderEvent } from '../../drivers/card-reader/card-reader.ts';
import type { CodeKind, ScannerEvent } from '../../drivers/code-scanner/code-scanner.ts';
import type { Secret } from '../../drivers/secret.ts';
import type { Intent } from '../screen/messages.ts';

/** One thing that the patient did. */
export type Act =
  | { readonly kind: 'intent'; readonly intent: Intent }
  | { readonly kind: 'card'; readonly event: CardReaderEvent['event'] }
  /** At the identity-card reader. */
  | { readonly kind: 'idCard'; readonly event: CardReaderEvent['event'] }
  | { readonly kind: 'code'; readonly codeKind: CodeKind; readonly text: Secret<string> }
  | { readonly kind: 'codeRefused' };

/** What the scanner says, as an act. */
export function scanned(event: ScannerEvent): Act {
  return event.event === 'codeRead'
    ? { kind: 'code', codeKind: event.kind, text: event.text }
    : { kind: 'codeRefused' };
}

/** The plain acceptance: the one big button, or 不做了 on a page that only informs. */
export function confirmed(act: Act): true | undefined {
  return act.kind === 'intent' && (act.intent.do === 'confirm' || act.intent.do === 'cancel') ? true : undefined;
}
