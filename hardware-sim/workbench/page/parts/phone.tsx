/** The phone of whoever stands there: 医保码, payment code, paying what is on the kiosk's screen. */
import type { PersonView, Snapshot } from '../../workbench-messages.ts';
import type { Ask } from '../hall-line.ts';
import { routes } from '../text/hall-words.ts';
import { type Words, yuan } from '../text/words.ts';
import { HandButton } from './hand-button.tsx';

interface PhoneProps {
  readonly snapshot: Snapshot;
  readonly ask: Ask;
}

export function Phone({ snapshot, ask }: PhoneProps) {
  const person = snapshot.people.find((one) => one.key === snapshot.person);
  if (!person) return null;
  const { payableFen } = snapshot;
  const [says, inEnglish] = phoneSays(person, payableFen);
  const route = routes[person.wallet.route];
  const calls = person.askedForPassword || payableFen !== undefined;
  return (
    <section class="phone">
      <div class="glass">
        <header>
          <b>{person.name}的手机</b>
          <span class="wallet">
            {route[0]} <b>¥{yuan(person.wallet.balanceFen)}</b>
          </span>
        </header>
        <p class={`says ${calls ? 'calls' : ''}`}>
          {says}
          <small lang="en">{inEnglish}</small>
        </p>
        <div class="hands two">
          <HandButton hand="showCode" ask={ask} look="main" can={person.hasECredential} />
          <HandButton
            hand="payByPhone"
            ask={ask}
            look={payableFen === undefined ? 'main' : 'calls'}
            can={payableFen !== undefined}
          />
          <HandButton hand="showPayCode" ask={ask} />
          <HandButton
            hand="typePassword"
            ask={ask}
            {...(person.askedForPassword ? { look: 'calls' as const } : {})}
            can={person.askedForPassword}
          />
        </div>
      </div>
    </section>
  );
}

function phoneSays(person: PersonView, payableFen: number | undefined): Words {
  if (person.askedForPassword) return ['支付需要密码', 'The wallet asks for its password'];
  if (payableFen !== undefined && payableFen > person.wallet.balanceFen) {
    return [`余额不足，要付 ¥${yuan(payableFen)}`, 'Not enough money in this wallet'];
  }
  if (payableFen !== undefined) return [`屏幕上有付款码：¥${yuan(payableFen)}`, 'A payment code is on the screen'];
  return ['可以出示医保码，或等屏幕上出现付款码', 'Show 医保码, or wait for a payment code'];
}
