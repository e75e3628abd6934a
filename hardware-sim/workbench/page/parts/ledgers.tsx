/** The parties' own books side by side; what must never be so stands on top in red. */
import type { LedgersView, PersonView } from '../../workbench-messages.ts';
import { billStates, claimStates, orderStates } from '../text/hall-words.ts';
import { type Words, yuan } from '../text/words.ts';

interface LedgersProps {
  readonly ledgers: LedgersView;
  readonly people: readonly PersonView[];
}

export function Ledgers({ ledgers, people }: LedgersProps) {
  const nameOf = (key: string): string => people.find((person) => person.key === key)?.name ?? key;
  return (
    <div class="ledgers">
      {ledgers.violations.map((violation) => (
        <p class="violation" key={violation} lang="en">
          {violation}
        </p>
      ))}
      <h3>
        医保中心 <small lang="en">insurance: claims</small>
      </h3>
      <table>
        <thead>
          <tr>
            <Head words={['单', 'bill']} />
            <Head words={['总额', 'total']} />
            <Head words={['统筹', 'fund']} />
            <Head words={['个账', 'account']} />
            <Head words={['现金', 'cash']} />
            <Head words={['状态', 'state']} />
          </tr>
        </thead>
        <tbody>
          {[...ledgers.claims].reverse().map((claim) => (
            <tr key={claim.settlementId} class={claim.state}>
              <td title={claim.settlementId}>{claim.billId ?? '—'}</td>
              <td>{yuan(claim.totalFen)}</td>
              <td>{yuan(claim.fundFen)}</td>
              <td>{yuan(claim.accountFen)}</td>
              <td>{yuan(claim.cashFen)}</td>
              <State words={claimStates[claim.state]} />
            </tr>
          ))}
        </tbody>
      </table>
      <h3>
        支付 <small lang="en">payment: orders</small>
      </h3>
      <table>
        <thead>
          <tr>
            <Head words={['订单', 'order']} />
            <Head words={['金额', 'amount']} />
            <Head words={['已付', 'paid']} />
            <Head words={['已退', 'refunded']} />
            <Head words={['状态', 'state']} />
          </tr>
        </thead>
        <tbody>
          {[...ledgers.orders].reverse().map((order) => (
            <tr key={order.orderNumber} class={order.state}>
              <td title={order.orderNumber}>…{order.orderNumber.slice(-8)}</td>
              <td>{yuan(order.amountFen)}</td>
              <td>{yuan(order.paidFen)}</td>
              <td>{yuan(order.refundedFen)}</td>
              <State words={orderStates[order.state]} />
            </tr>
          ))}
        </tbody>
      </table>
      <h3>
        医院 <small lang="en">hospital: bills</small>
      </h3>
      <table>
        <thead>
          <tr>
            <Head words={['单', 'bill']} />
            <Head words={['病人', 'patient']} />
            <Head words={['总额', 'total']} />
            <Head words={['状态', 'state']} />
          </tr>
        </thead>
        <tbody>
          {[...ledgers.bills].reverse().map((bill) => (
            <tr key={bill.billId} class={bill.state}>
              <td>{bill.billId}</td>
              <td>{nameOf(bill.person)}</td>
              <td>{yuan(bill.totalFen)}</td>
              <State words={billStates[bill.state]} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Head({ words }: { readonly words: Words }) {
  return (
    <th>
      {words[0]} <small lang="en">{words[1]}</small>
    </th>
  );
}

function State({ words }: { readonly words: Words }) {
  return (
    <td class="state">
      {words[0]} <small lang="en">{words[1]}</small>
    </td>
  );
}
