/** The invented people, to choose who stands in front of the kiosk. */
import type { PersonView, Snapshot } from '../../workbench-messages.ts';
import type { Ask } from '../hall-line.ts';
import { insuranceKinds } from '../text/hall-words.ts';
import { yuan } from '../text/words.ts';
import { Title } from './title.tsx';

interface PeopleProps {
  readonly snapshot: Snapshot;
  readonly ask: Ask;
}

export function People({ snapshot, ask }: PeopleProps) {
  return (
    <section class="panel people">
      <Title words={['1 谁来看病', 'Who is here?']}>
        <span class="aside">
          待缴 <small lang="en">open bills</small>
        </span>
      </Title>
      <ul>
        {snapshot.people.map((person) => (
          <li key={person.key}>
            <Person person={person} chosen={person.key === snapshot.person} ask={ask} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Person({ person, chosen, ask }: { readonly person: PersonView; readonly chosen: boolean; readonly ask: Ask }) {
  const billsFen = person.openBills.reduce((sum, bill) => sum + bill.totalFen, 0);
  const held = person.openBills.some((bill) => bill.heldBy);
  return (
    <button
      type="button"
      class={`person ${chosen ? 'chosen' : ''}`}
      data-person={person.key}
      aria-pressed={chosen}
      onClick={() => ask({ person: person.key })}
    >
      <i class={`face ${person.sex}`}>{person.name.slice(0, 1)}</i>
      <span class="who">
        <b>
          {person.name} <small>{person.born.slice(0, 4)}</small>
          {!person.hasECredential && <em class="mark off">无医保码</em>}
        </b>
        <span class="marks">
          {person.insurances.map((row) => (
            <Insurance key={row.kind} row={row} />
          ))}
        </span>
      </span>
      <span class={`bills ${person.openBills.length === 0 ? 'none' : ''}`}>
        {person.openBills.length === 0 ? '—' : yuan(billsFen)}
        <small>
          {person.openBills.length > 1 && `${person.openBills.length} 张`}
          {held && ' 办理中'}
        </small>
      </span>
    </button>
  );
}

function Insurance({ row }: { readonly row: PersonView['insurances'][number] }) {
  const [zh, en] = insuranceKinds[row.kind];
  const state = row.status === 'paused' ? '停保' : row.status === 'ended' ? '终止' : '';
  return (
    <em
      class={`mark ${row.kind} ${state === '' ? '' : 'off'}`}
      title={`${en}, ${row.status}${row.offSite ? ', insured elsewhere' : ''}; account ${yuan(row.balanceFen)}`}
    >
      {zh}
      {state}
      {row.offSite && '·异地'}
      {row.balanceFen > 0 && ` ${yuan(row.balanceFen)}`}
    </em>
  );
}
