/** One screen in, one component out; a screen name that has no component does not compile. */
import type { Intent, Screen } from '../firmware/screen/messages.ts';
import type { View as LinkView } from './connection.ts';
import type { View } from './parts/frame.tsx';
import { Bill } from './screens/bill.tsx';
import { Busy } from './screens/busy.tsx';
import { Category } from './screens/category.tsx';
import { Choose } from './screens/choose.tsx';
import { Complaint } from './screens/complaint.tsx';
import { Confirming } from './screens/confirming.tsx';
import { Consent } from './screens/consent.tsx';
import { DayList } from './screens/day-list.tsx';
import { Deposit } from './screens/deposit.tsx';
import { Done } from './screens/done.tsx';
import { Face } from './screens/face.tsx';
import { FaceAsk } from './screens/face-ask.tsx';
import { Guide } from './screens/guide.tsx';
import { Guides } from './screens/guides.tsx';
import { Held } from './screens/held.tsx';
import { Help } from './screens/help.tsx';
import { Home } from './screens/home.tsx';
import { IdHelp } from './screens/id-help.tsx';
import { Injury } from './screens/injury.tsx';
import { Menu } from './screens/menu.tsx';
import { Money } from './screens/money.tsx';
import { MoneyAsk } from './screens/money-ask.tsx';
import { NoLine } from './screens/no-line.tsx';
import { NoPaper } from './screens/no-paper.tsx';
import { NotSettled } from './screens/not-settled.tsx';
import { Out } from './screens/out.tsx';
import { OwnExpense } from './screens/own-expense.tsx';
import { PaperWarn } from './screens/paper-warn.tsx';
import { PaperPage, Papers } from './screens/papers.tsx';
import { Parked } from './screens/parked.tsx';
import { Pay } from './screens/pay.tsx';
import { Price } from './screens/price.tsx';
import { PriceItem } from './screens/price-item.tsx';
import { PriceList } from './screens/price-list.tsx';
import { Rate } from './screens/rate.tsx';
import { Records } from './screens/records.tsx';
import { Recover } from './screens/recover.tsx';
import { Refund } from './screens/refund.tsx';
import { RefundLines } from './screens/refund-lines.tsx';
import { Remind } from './screens/remind.tsx';
import { Reprint } from './screens/reprint.tsx';
import { Result } from './screens/result.tsx';
import { Split } from './screens/split.tsx';
import { Staff } from './screens/staff.tsx';
import { Stay } from './screens/stay.tsx';
import { StillThere } from './screens/still-there.tsx';
import { Stop } from './screens/stop.tsx';
import { TakeCard } from './screens/take-card.tsx';
import { Ticket } from './screens/ticket.tsx';
import { TypeNumber } from './screens/type-number.tsx';
import { Who } from './screens/who.tsx';
import { tables } from './text/fill.ts';
import type { Layout } from './theme.ts';

interface AppProps {
  readonly view: LinkView;
  readonly send: (screenId: string, intent: Intent) => void;
  readonly layout: Layout;
}

export function App({ view, send, layout }: AppProps) {
  if (view.kind !== 'screen') return <NoLine {...view} />;
  const { screen } = view;
  return (
    <Body
      // A new screen is a new tree: a finger that was down on the old one presses nothing on the new one.
      key={screen.id}
      screen={screen}
      text={tables[screen.settings.language]}
      layout={layout}
      does={(intent) => send(screen.id, intent)}
    />
  );
}

function Body(view: View & { readonly screen: Screen }) {
  const { body } = view.screen;
  switch (body.name) {
    case 'S-HOME':
      return <Home {...view} body={body} />;
    case 'S-ID-HELP':
      return <IdHelp {...view} body={body} />;
    case 'S-BUSY':
      return <Busy {...view} body={body} />;
    case 'S-FACE-ASK':
      return <FaceAsk {...view} body={body} />;
    case 'S-FACE':
      return <Face {...view} body={body} />;
    case 'S-WHO':
      return <Who {...view} body={body} />;
    case 'S-BILL':
      return <Bill {...view} body={body} />;
    case 'S-CONSENT':
      return <Consent {...view} body={body} />;
    case 'S-PAPER-WARN':
      return <PaperWarn {...view} body={body} />;
    case 'S-SPLIT':
      return <Split {...view} body={body} />;
    case 'S-PAY':
      return <Pay {...view} body={body} />;
    case 'S-CONFIRMING':
      return <Confirming {...view} body={body} />;
    case 'S-RECOVER':
      return <Recover {...view} body={body} />;
    case 'S-DONE':
      return <Done {...view} body={body} />;
    case 'S-NOPAPER':
      return <NoPaper {...view} body={body} />;
    case 'S-STOP':
      return <Stop {...view} body={body} />;
    case 'S-HELD':
      return <Held {...view} body={body} />;
    case 'S-OWN-EXPENSE':
      return <OwnExpense {...view} body={body} />;
    case 'S-PARKED':
      return <Parked {...view} body={body} />;
    case 'S-INJURY':
      return <Injury {...view} body={body} />;
    case 'S-CATEGORY':
      return <Category {...view} body={body} />;
    case 'S-REMIND':
      return <Remind {...view} body={body} />;
    case 'S-MONEY-ASK':
      return <MoneyAsk {...view} body={body} />;
    case 'S-MONEY':
      return <Money {...view} body={body} />;
    case 'S-PRICE':
      return <Price {...view} body={body} />;
    case 'S-PRICE-ITEM':
      return <PriceItem {...view} body={body} />;
    case 'S-PRICE-LIST':
      return <PriceList {...view} body={body} />;
    case 'S-NOT-SETTLED':
      return <NotSettled {...view} body={body} />;
    case 'S-TAKE-CARD':
      return <TakeCard {...view} body={body} />;
    case 'S-STILL-THERE':
      return <StillThere {...view} body={body} />;
    case 'S-HELP':
      return <Help {...view} body={body} />;
    case 'S-OUT':
      return <Out {...view} body={body} />;
    case 'S-MENU':
      return <Menu {...view} body={body} />;
    case 'S-CHOOSE':
      return <Choose {...view} body={body} />;
    case 'S-STAY':
      return <Stay {...view} body={body} />;
    case 'S-DEPOSIT':
      return <Deposit {...view} body={body} />;
    case 'S-RATE':
      return <Rate {...view} body={body} />;
    case 'S-TICKET':
      return <Ticket {...view} body={body} />;
    case 'S-REFUND-LINES':
      return <RefundLines {...view} body={body} />;
    case 'S-REFUND':
      return <Refund {...view} body={body} />;
    case 'S-DAY-LIST':
      return <DayList {...view} body={body} />;
    case 'S-RECORDS':
      return <Records {...view} body={body} />;
    case 'S-GUIDES':
      return <Guides {...view} body={body} />;
    case 'S-STAFF':
      return <Staff {...view} body={body} key={body.step} />;
    case 'S-TYPE':
      return <TypeNumber {...view} body={body} key={body.of} />;
    case 'S-PAPERS':
      return <Papers {...view} body={body} />;
    case 'S-PAPER':
      return <PaperPage {...view} body={body} />;
    case 'S-GUIDE':
      return <Guide {...view} body={body} />;
    case 'S-COMPLAINT':
      return <Complaint {...view} body={body} />;
    case 'S-REPRINT':
      return <Reprint {...view} body={body} />;
    case 'S-RESULT':
      return <Result {...view} body={body} />;
  }
}
