/** The hospital cashier's page: a number, one plain sentence, the books beside each other, the story, and open cases. */
import { useState } from 'preact/hooks';
import type { CashierView, Snapshot, ToldMoney } from '../../workbench-messages.ts';
import type { Ask, Note } from '../hall-line.ts';
import { moneyWords, cashierWords as say } from '../text/cashier-words.ts';
import { clockText, type Words, yuan } from '../text/words.ts';
import { CloseCase } from './close-case.tsx';

interface CashierProps {
  readonly snapshot: Snapshot;
  readonly money: CashierView | undefined;
  readonly note: Note | undefined;
  readonly ask: Ask;
}

export function Cashier({ snapshot, money, note, ask }: CashierProps) {
  const [typed, type] = useState('');
  const find = (number: string): void => ask({ findMoney: number });
  return (
    <main class="cashier">
      <header>
        <h1>
          <Two words={say.title} />
        </h1>
        <a href="#bench">
          <Two words={say.back} />
        </a>
      </header>
      <section class="look">
        <form
          class="number"
          onSubmit={(event) => {
            event.preventDefault();
            find(typed);
          }}
        >
          <label for="number">
            <Two words={say.ask} />
          </label>
          <input
            id="number"
            autocomplete="off"
            spellcheck={false}
            value={typed}
            onInput={(event) => type(event.currentTarget.value)}
          />
          <button type="submit" disabled={typed.trim() === ''}>
            <Two words={say.find} />
          </button>
          <p class="hint">
            <Two words={say.hint} />
          </p>
        </form>
        {money && <Found money={money} />}
        {money?.kiosk && <Story money={money} />}
        {money?.kiosk?.isOpenCase && <CloseCase key={money.kiosk.number} story={money.kiosk} note={note} ask={ask} />}
      </section>
      <Open list={snapshot.openMoney} find={find} />
    </main>
  );
}

function Found({ money: { number, kiosk, hospital, parties } }: { readonly money: CashierView }) {
  if (!number || !parties) {
    return (
      <p class="answer none" role="status">
        <Two words={number ? say.unknown : say.noNumber} />
      </p>
    );
  }
  const told = hospital && (moneyWords[hospital.word] ?? ([hospital.word, hospital.word] as const));
  const amount = hospital?.amountFen === undefined ? '' : ` ${yuan(hospital.amountFen)}`;
  const agree = !kiosk || doAgree(kiosk, parties);
  const sentence: Words = kiosk ? kiosk.now : [`${told?.[0] ?? ''}${amount}`, `${told?.[1] ?? ''}${amount}`];
  return (
    <div class="answer" role="status" data-agree={agree}>
      <p class="sum">
        <Two words={sentence} />
      </p>
      <p class="which">
        {groups(number)} {kiosk && <Two words={kiosk.title} />} {kiosk?.caseNumber && <b>{groups(kiosk.caseNumber)}</b>}
      </p>
      <dl>
        <dt>
          <Two words={say.kioskSays} />
        </dt>
        <dd>{kiosk ? span(kiosk) : <Two words={say.notHere} />}</dd>
        <dt>
          <Two words={say.partiesSay} />
        </dt>
        <dd>
          <Two words={say.paid} /> {yuan(parties.paidFen)} · <Two words={say.refunded} /> {yuan(parties.refundedFen)} ·{' '}
          <Two words={say.claims} /> {parties.claims}
        </dd>
        <dt>
          <Two words={say.hospitalSays} />
        </dt>
        <dd>
          {told ? <Two words={told} /> : <Two words={say.notTold} />} {amount}
        </dd>
      </dl>
      <p class={agree ? 'agree' : 'differ'}>
        <Two words={agree ? say.agree : say.differ} />
      </p>
    </div>
  );
}

/** What the ledgers hold lies within what the kiosk says; money of earlier settlements stands under their own numbers. */
function doAgree(
  { takenFen, claims, owedFen }: NonNullable<CashierView['kiosk']>,
  parties: NonNullable<CashierView['parties']>,
): boolean {
  const netFen = parties.paidFen - parties.refundedFen;
  const isOwn = takenFen.least >= 0 && owedFen === 0;
  const money = !isOwn || (netFen >= takenFen.least && netFen <= takenFen.most);
  return money && parties.claims >= claims.least && parties.claims <= claims.most;
}

function span({ takenFen: { least, most } }: NonNullable<CashierView['kiosk']>) {
  const words: Words = least < 0 ? say.refunded : say.paid;
  const text = least === most ? yuan(Math.abs(most)) : `${yuan(least)} … ${yuan(most)}`;
  return (
    <>
      <Two words={words} /> {text}
    </>
  );
}

function Story({ money: { kiosk } }: { readonly money: CashierView }) {
  return (
    <section class="story">
      <h2>
        <Two words={say.story} />
      </h2>
      <ol>
        {kiosk?.lines.map(({ atMs, text, answer }, place) => (
          <li key={`${atMs} ${place}`}>
            <time>{clockText(atMs).slice(0, 8)}</time>
            <span>
              <Two words={text} />
            </span>
            {answer && (
              <span class="came">
                <Two words={answer} />
              </span>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

interface OpenProps {
  readonly list: readonly ToldMoney[];
  readonly find: (number: string) => void;
}

function Open({ list, find }: OpenProps) {
  return (
    <aside class="open">
      <h2>
        <Two words={say.open} /> <b>{list.length}</b>
      </h2>
      {list.length === 0 && (
        <p>
          <Two words={say.none} />
        </p>
      )}
      <ul>
        {list.map(({ settlementNumber, word, amountFen, caseNumber }) => (
          <li key={settlementNumber}>
            <button type="button" data-open={settlementNumber} onClick={() => find(settlementNumber)}>
              <b>{groups(settlementNumber)}</b>
              <Two words={moneyWords[word] ?? [word, word]} />
              {amountFen !== undefined && ` ${yuan(amountFen)}`}
              {caseNumber && <span class="case">{groups(caseNumber)}</span>}
            </button>
          </li>
        ))}
      </ul>
    </aside>
  );
}

export function Two({ words }: { readonly words: Words }) {
  return (
    <>
      {words[0]} <small lang="en">{words[1]}</small>
    </>
  );
}

/** `set_cuxmysf9h2jd` as the slip prints it: CUXM YSF9 H2JD; a case keeps its word. */
function groups(number: string): string {
  const [prefix = '', word = ''] = number.split('_');
  const text = (word.match(/.{1,4}/g) ?? []).join(' ').toUpperCase();
  return prefix === 'case' ? `案件 ${text}` : text;
}
