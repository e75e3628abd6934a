/** What stands under a refusal: the slip, the queue number, and what can still be done here. */
import type { ScreenBody } from '../../firmware/screen/messages.ts';
import { fill } from '../text/fill.ts';
import { BigButton } from './big-button.tsx';
import type { View } from './frame.tsx';
import { MoneyLine, Place } from './notice.tsx';

type RefusalBody = Extract<ScreenBody, { readonly name: 'S-STOP' | 'S-HELD' }>;

interface RefusalProps {
  readonly view: View;
  readonly body: RefusalBody;
}

/** The frame's look when more than one answer is offered: wide enough for all of them at every size. */
export function waysOn(offers: readonly string[] = []): string {
  return offers.length === 0 ? '' : 'ways-on';
}

export function RefusalPlace({ view, body }: RefusalProps) {
  return <Place view={view} staffCode={body.staffCode} number={body.slip?.number ?? ''} care />;
}

/** The plain acceptance stays the big button: going without insurance is never the easy way (SZ-231). */
export function RefusalActions({ view: { text, does }, body }: RefusalProps) {
  const { offers } = text.refusal;
  const offered = body.offers ?? [];
  return (
    <>
      <BigButton kind="primary" does="confirm" onPress={() => does({ do: 'confirm' })}>
        {text.ok}
      </BigButton>
      {offered.includes('ticket') && (
        <BigButton kind="secondary" does="takeTicket" onPress={() => does({ do: 'takeTicket' })}>
          {offers.ticket}
        </BigButton>
      )}
      {offered.includes('park') && (
        <BigButton kind="secondary" does="park" onPress={() => does({ do: 'park' })}>
          {offers.park}
        </BigButton>
      )}
      {offered.includes('ownExpense') && (
        <BigButton kind="secondary" does="ownExpense" onPress={() => does({ do: 'ownExpense' })}>
          {offers.ownExpense}
        </BigButton>
      )}
    </>
  );
}

export function RefusalLines({ view: { text }, body }: RefusalProps) {
  const paper = body.slip?.paper ?? 'none';
  return (
    <>
      {body.knownMinutesAgo !== undefined && (
        <p>{fill(text.refusal.knownAgo, { minutes: String(body.knownMinutesAgo) })}</p>
      )}
      {body.ticket !== undefined && <MoneyLine>{fill(text.refusal.ticket, { ticket: body.ticket })}</MoneyLine>}
      {paper !== 'none' && <p>{text.refusal.slip[paper]}</p>}
    </>
  );
}
