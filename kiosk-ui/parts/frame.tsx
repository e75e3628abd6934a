/**
 * The frame of every screen: band, content, aside, actions, help bar (4.1).
 *
 * In portrait the aside stands under the content, in landscape on top of the
 * action column; places never change from screen to screen.
 */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Intent, Screen, ScreenBody, ScreenName } from '../../firmware/screen/messages.ts';
import { fill } from '../text/fill.ts';
import type { TextTable } from '../text/text-table.ts';
import type { Layout } from '../theme.ts';
import { CardPicture } from './card-picture.tsx';
import { Countdown } from './countdown.tsx';
import { HelpBar } from './help-bar.tsx';
import { LookSheet } from './look-sheet.tsx';
import { UpperLower } from './upper-lower.tsx';
import { WallClock } from './wall-clock.tsx';

/** What a screen is drawn from; `does` sends an intent of exactly this screen. */
export interface View {
  readonly screen: Screen;
  readonly text: TextTable;
  readonly layout: Layout;
  readonly does: (intent: Intent) => void;
}

export interface ScreenProps<Name extends ScreenName> extends View {
  readonly body: Extract<ScreenBody, { readonly name: Name }>;
}

interface FrameProps {
  readonly view: View;
  readonly class?: string;
  /** Replaces the journey's name in the band. */
  readonly band?: ComponentChildren;
  readonly children: ComponentChildren;
  readonly aside?: ComponentChildren;
  readonly actions?: ComponentChildren;
  /** `late`: only the last 20 s, so that nobody is hurried. */
  readonly countdown?: 'always' | 'late';
}

export function Frame({ view, band, children, aside, actions, countdown = 'late', ...rest }: FrameProps) {
  const { screen, text } = view;
  const [sheetOpen, setSheetOpen] = useState(false);
  const wide = !aside && !actions;
  return (
    <div class={`frame ${wide ? 'wide' : ''} ${sheetOpen ? 'sheeted' : ''} ${rest.class ?? ''}`} key={screen.id}>
      <header class={`band ${takesCard(screen.body) ? 'take-card' : ''}`}>
        {takesCard(screen.body) ? (
          <div class="band-text card-hint">
            <CardPicture motion="remove" />
            <p>{text.removeCard}</p>
          </div>
        ) : (
          <div class="band-text">
            {screen.actingFor ? <ActingHead view={view} /> : (band ?? <p class="band-title">{text.journey}</p>)}
          </div>
        )}
        {screen.deadline ? <Countdown deadline={screen.deadline} text={text} from={countdown} /> : <WallClock />}
      </header>
      <main class="content">
        <UpperLower>{children}</UpperLower>
      </main>
      <section class="side">
        {aside && <div class="aside">{aside}</div>}
        <div class="buttons">{actions}</div>
      </section>
      {sheetOpen && <LookSheet view={view} close={() => setSheetOpen(false)} />}
      <HelpBar view={view} sheetOpen={sheetOpen} toggleSheet={() => setSheetOpen(!sheetOpen)} />
    </div>
  );
}

function takesCard(body: ScreenBody): boolean {
  return 'removeCard' in body && body.removeCard && body.name !== 'S-TAKE-CARD';
}

/** 亲友代办: who does it for whom stands where the way's name stands, on every page (Y4-12b). */
function ActingHead({ view: { text, screen } }: { readonly view: View }) {
  const { maskedPatient: patient = '', maskedProxy: proxy = '' } = screen.actingFor ?? {};
  return <p class="band-title acting">{fill(text.affairs.proxy.head, { patient, proxy })}</p>;
}
