/** What can be watched beside the cabinet: the wires, or the parties' books. */
import { useState } from 'preact/hooks';
import type { LedgersView, PersonView, WireRow } from '../../workbench-messages.ts';
import { Ledgers } from './ledgers.tsx';
import { Wires } from './wires.tsx';

interface WatchProps {
  readonly rows: readonly WireRow[];
  readonly ledgers: LedgersView;
  readonly people: readonly PersonView[];
}

export function Watch({ rows, ledgers, people }: WatchProps) {
  const [tab, setTab] = useState<'wires' | 'ledgers'>('wires');
  const wrong = ledgers.violations.length;
  return (
    <section class="panel watch">
      <nav class="tabs">
        <button type="button" data-tab="wires" class={tab === 'wires' ? 'chosen' : ''} onClick={() => setTab('wires')}>
          线上 <small lang="en">Wires</small>
        </button>
        <button
          type="button"
          data-tab="ledgers"
          class={tab === 'ledgers' ? 'chosen' : ''}
          onClick={() => setTab('ledgers')}
        >
          各方账本 <small lang="en">Ledgers</small> {wrong > 0 && <b class="wrong">{wrong}</b>}
        </button>
      </nav>
      {tab === 'wires' ? <Wires rows={rows} /> : <Ledgers ledgers={ledgers} people={people} />}
    </section>
  );
}
