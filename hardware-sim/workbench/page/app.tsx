/** The whole bench: who is here, the cabinet with everything hands can reach, and what can be watched. */
import type { Ask, View } from './hall-line.ts';
import { Cabinet } from './parts/cabinet.tsx';
import { Cables } from './parts/cables.tsx';
import { Cashier } from './parts/cashier.tsx';
import { Head } from './parts/head.tsx';
import { PaperDesk } from './parts/paper-desk.tsx';
import { People } from './parts/people.tsx';
import { Phone } from './parts/phone.tsx';
import { Watch } from './parts/watch.tsx';

interface AppProps {
  readonly view: View;
  readonly ask: Ask;
  /** The hospital's cashier looks, not the hall. */
  readonly isCashier: boolean;
}

export function App({ view, ask, isCashier }: AppProps) {
  const { snapshot, rows, note, open } = view;
  if (!snapshot) {
    return (
      <main class="waiting">
        <p>正在连接模拟器…</p>
        <p lang="en">Looking for the simulator…</p>
      </main>
    );
  }
  if (isCashier) return <Cashier snapshot={snapshot} money={view.money} note={note} ask={ask} />;
  return (
    <main class="bench">
      <Head snapshot={snapshot} open={open} note={note} />
      <section class="left">
        <People snapshot={snapshot} ask={ask} />
        <Phone snapshot={snapshot} ask={ask} />
      </section>
      <section class="middle">
        <Cabinet snapshot={snapshot} ask={ask} />
        <Cables snapshot={snapshot} ask={ask} />
      </section>
      <section class="right">
        <PaperDesk paper={snapshot.paper} ask={ask} />
        <Watch rows={rows} ledgers={snapshot.ledgers} people={snapshot.people} />
      </section>
    </main>
  );
}
