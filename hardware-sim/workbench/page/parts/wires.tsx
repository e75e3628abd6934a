/** The wire log, newest first, by party; a row opens to the very bytes. */
import { useState } from 'preact/hooks';
import type { WireDetail, WireParty, WireRow } from '../../workbench-messages.ts';
import { openCalls, outcomes, parties, transactions } from '../text/hall-words.ts';
import { clockText, type Words } from '../text/words.ts';

const PARTIES = Object.keys(parties) as WireParty[];

export function Wires({ rows }: { readonly rows: readonly WireRow[] }) {
  const [only, setOnly] = useState<WireParty>();
  const [polls, setPolls] = useState(false);
  const [opened, setOpened] = useState<WireDetail>();
  const shown = rows.filter((row) => (polls || !row.poll) && (only === undefined || row.party === only)).reverse();
  const open = async (sequence: number): Promise<void> => {
    if (opened?.sequence === sequence) return setOpened(undefined);
    const response = await fetch(`/wire/${sequence}`);
    setOpened(response.ok ? ((await response.json()) as WireDetail) : { sequence, parts: [] });
  };
  return (
    <>
      <nav class="filters">
        {PARTIES.map((party) => (
          <button
            type="button"
            key={party}
            class={`party ${party} ${only === party ? 'chosen' : ''}`}
            title={parties[party][1]}
            onClick={() => setOnly(only === party ? undefined : party)}
          >
            {parties[party][0]}
          </button>
        ))}
        <label>
          <input type="checkbox" checked={polls} onChange={() => setPolls(!polls)} /> 轮询{' '}
          <small lang="en">polls</small>
        </label>
      </nav>
      {shown.length === 0 && (
        <p class="nothing">
          还没有往来<small lang="en">Nothing has gone over the wires yet</small>
        </p>
      )}
      <ol class="rows">
        {shown.map((row) => (
          <li key={row.sequence}>
            <button
              type="button"
              class={`row ${row.outcome ?? ''}`}
              data-party={row.party}
              onClick={() => void open(row.sequence)}
            >
              <Row row={row} />
            </button>
            {opened?.sequence === row.sequence && <Detail detail={opened} />}
          </li>
        ))}
      </ol>
    </>
  );
}

function Row({ row }: { readonly row: WireRow }) {
  const means = meaningOf(row);
  return (
    <>
      <time>{clockText(row.atMs)}</time>
      <b class={`party ${row.party}`}>{parties[row.party][0]}</b>
      <span class="what">
        {row.way !== 'exchange' && <i>{row.way === 'ask' ? '→' : '←'}</i>}
        {means ? (
          <>
            <b>{means[0]}</b>{' '}
            <small>{row.party === 'insurance' ? `${row.what} ${means[1]}` : `${means[1]} · ${row.what}`}</small>
          </>
        ) : (
          <b>{row.what}</b>
        )}
        {row.words !== '' && <span class="words">{row.words}</span>}
      </span>
      {row.outcome && <em title={outcomes[row.outcome][1]}>{outcomes[row.outcome][0]}</em>}
    </>
  );
}

function meaningOf(row: WireRow): Words | undefined {
  if (row.party === 'insurance')
    return transactions[row.what] ?? (/QrCode/.test(row.what) ? ['医保码解码', 'decode 医保码'] : undefined);
  if (row.party !== 'hospital' && row.party !== 'payment') return undefined;
  const call = row.what.replace(/ \/v\d+\//, ' /');
  return openCalls.find(([start, end]) => call.startsWith(start) && call.endsWith(end))?.[2];
}

function Detail({ detail }: { readonly detail: WireDetail }) {
  if (detail.parts.length === 0) return <p class="detail">太久了，已不保留 · too long ago</p>;
  return (
    <div class="detail">
      {detail.parts.map((part) => (
        <section key={part.title}>
          <h3>
            {part.title}
            {part.cut && ' · 已截短 cut'}
          </h3>
          <pre>{part.text}</pre>
        </section>
      ))}
    </div>
  );
}
