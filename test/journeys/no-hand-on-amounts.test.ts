/** No screen and no door edits an amount: whatever a page sends, what is charged is what the centre and the bill say. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Intent } from '../../firmware/screen/messages.ts';
import { readFromPage } from '../../firmware/screen/read-from-page.ts';
import { EXAMPLE_PAID, expectFree } from './endings.ts';
import type { Plan } from './patient.ts';
import { VirtualKiosk } from './virtual-kiosk.ts';

const SCREENS = ['S-BILL', 'S-SPLIT', 'S-PAY', 'S-CONFIRMING', 'S-DONE'] as const;

const amountNames = fc.constantFrom('amountFen', 'ownFen', 'totalFen', 'paidFen', 'fundFen', 'psn_cash_pay', 'setl_id');
const amounts = fc.oneof(fc.integer({ min: -100_000, max: 100_000 }), fc.constantFrom('0.01', '1e9', null, 0.1));
/** What the door lets in: the sum of a deposit. */
const exact = fc.record({ do: fc.constant('amount'), amountFen: fc.integer({ min: 1, max: 500 }).map((n) => n * 100) });
const padded = fc
  .tuple(
    fc.constantFrom('amount', 'pay', 'confirm', 'choose', 'useAccount', 'row', 'number', 'search', 'setAmount', ''),
    fc.dictionary(amountNames, amounts, { maxKeys: 3 }),
    fc.record({ method: fc.constantFrom('phone', 'cash', 'nothing'), id: fc.constantFrom('deposit', '0', '1') }),
  )
  .map(([verb, more, rest]) => ({ do: verb, ...rest, ...more }));

it('[Y4-2a, Y4-16] a page that forges intents with amounts at every screen changes no fen of what is claimed, charged or confirmed', async () => {
  const seen = { sent: 0, read: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(padded, exact), { minLength: 8, maxLength: 24 }),
      fc.integer(),
      async (forgeries, seed) => {
        const kiosk = new VirtualKiosk({ seed: Math.abs(seed % 1_000) });
        const left = [...forgeries];
        const forge = (its: VirtualKiosk): void => {
          for (const intent of left.splice(0, 5)) {
            seen.sent += 1;
            const screenId = its.patient.screen?.id ?? '';
            const message = readFromPage(JSON.stringify({ type: 'intent', screenId, intent }));
            // A page that has got past the door all the same.
            its.patient.touch(intent as unknown as Intent);
            if (message?.type !== 'intent') continue;
            seen.read += 1;
            // What goes past the door says nothing of money but the sum of a deposit, which no page here asks for.
            expect(Object.keys(message.intent).filter((name) => /fen|amt|pay|setl/i.test(name))).toEqual(
              message.intent.do === 'amount' ? ['amountFen'] : [],
            );
            its.patient.touch(message.intent);
          }
        };
        const usual = { 'S-BILL': 'confirm', 'S-PAY': 'payByPhone' } as const;
        const plan: Plan = Object.fromEntries(
          SCREENS.map((screen) => [
            screen,
            (its: VirtualKiosk) => {
              forge(its);
              if (its.patient.body?.name !== screen) return;
              if (screen === 'S-BILL') its.patient.touch({ do: 'confirm' });
              if (screen === 'S-SPLIT') its.patient.pay();
              if (screen === 'S-PAY') its.hand(usual['S-PAY']);
              if (screen === 'S-DONE') its.patient.touch({ do: 'confirm' });
            },
          ]),
        );
        await kiosk.visit(plan);
        expect(kiosk.books).toEqual(EXAMPLE_PAID);
        const [claim] = kiosk.hall.parties.ledger.liveClaims();
        expect(claim).toMatchObject({ totalFen: 55_740 });
        expectFree(kiosk);
      },
    ),
    { numRuns: 12 },
  );
  expect(seen.sent).toBeGreaterThan(100);
  expect(seen.read).toBeGreaterThan(10);
});
