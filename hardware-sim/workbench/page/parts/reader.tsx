/** The card reader in the cabinet: its slot, the card in it, and what hands do with cards. */
import type { CabinetView, Snapshot } from '../../workbench-messages.ts';
import type { Ask } from '../hall-line.ts';
import { HandButton } from './hand-button.tsx';
import { Title } from './title.tsx';

interface ReaderProps {
  readonly snapshot: Snapshot;
  readonly ask: Ask;
}

export function Reader({ snapshot, ask }: ReaderProps) {
  const { reader } = snapshot.cabinet;
  const empty = !reader.card;
  const person = snapshot.people.find((one) => one.key === snapshot.person);
  const free = empty && person?.hasCard === true;
  const holder = snapshot.people.find((one) => one.key === reader.card?.holder)?.name;
  return (
    <section class="device">
      <Title words={['2 读卡器', 'Card reader']}>
        <Lamp reader={reader} />
      </Title>
      <div class="device-row">
        <Slot card={reader.card} holder={holder} />
        <div class="hands one">
          <HandButton hand="insertCard" ask={ask} look="main" can={free} />
          <HandButton hand="removeCard" ask={ask} look="main" can={!empty} />
        </div>
      </div>
      <div class="hands four">
        <HandButton hand="turnOverCard" ask={ask} can={!empty} />
        <HandButton hand="insertCardWrongWay" ask={ask} can={free} />
        <HandButton hand="insertBankCard" ask={ask} can={empty} />
        <HandButton hand="insertFirstGenerationCard" ask={ask} can={free} />
        <HandButton hand="insertThirdGenerationCard" ask={ask} can={free} />
        <HandButton hand="tearCardOff" ask={ask} look="breaks" />
        {reader.pluggedIn ? (
          <HandButton hand="unplugReader" ask={ask} look="breaks" />
        ) : (
          <HandButton hand="plugInReader" ask={ask} look="mends" />
        )}
      </div>
    </section>
  );
}

function Lamp({ reader }: { readonly reader: CabinetView['reader'] }) {
  const [look, zh, en] = !reader.pluggedIn
    ? (['red', '已拔线', 'unplugged'] as const)
    : reader.media === 'present'
      ? (['green', '有卡', 'card'] as const)
      : reader.media === 'mute'
        ? (['amber', '卡无应答', 'mute'] as const)
        : (['idle', '空', 'empty'] as const);
  return (
    <span class={`lamp ${look}`} data-lamp={en}>
      {zh} <small lang="en">{en}</small>
    </span>
  );
}

interface SlotProps {
  readonly card: CabinetView['reader']['card'];
  readonly holder: string | undefined;
}

/** Seen from the front: the card stands half in the slot, chip first, or with its back to you. */
function Slot({ card, holder }: SlotProps) {
  const bank = card?.label === 'card-bank';
  return (
    <svg
      class="drawing"
      viewBox="0 0 150 96"
      role="img"
      aria-label={card ? 'a card is in the slot' : 'the slot is empty'}
    >
      <rect x="4" y="2" width="142" height="36" rx="9" fill="#22313c" />
      <rect x="4" y="2" width="142" height="9" rx="4.5" fill="#3a4f5e" />
      <rect x="22" y="24" width="106" height="7" rx="3.5" fill="#05090c" />
      <circle class={card ? 'slot-light on' : 'slot-light'} cx="75" cy="17" r="3.2" />
      <clipPath id="below-slot">
        <rect x="0" y="28" width="150" height="68" />
      </clipPath>
      <g clip-path="url(#below-slot)">
        {card ? (
          <g class="card-in" key={`${card.label}${card.face}`}>
            <rect x="30" y="-2" width="90" height="92" rx="6" fill={bank ? '#d8c48a' : '#bfe0ef'} stroke="#2d6b88" />
            {card.face === 'right' ? (
              <Front holder={holder} bank={bank} />
            ) : (
              <g>
                <rect x="30" y="38" width="90" height="14" fill="#39434a" />
                <text x="75" y="72" class="card-word">
                  背面 back
                </text>
              </g>
            )}
          </g>
        ) : (
          <path class="card-ghost" d="M30 34v50q0 6 6 6h78q6 0 6-6V34M75 78V50M66 58l9-9 9 9" />
        )}
      </g>
    </svg>
  );
}

function Front({ holder, bank }: { readonly holder: string | undefined; readonly bank: boolean }) {
  return (
    <g>
      <path d="M31 66q44-20 88 0v18q0 5-6 5H37q-6 0-6-5z" fill={bank ? '#bfa45c' : '#8ec7df'} />
      <text x="75" y="48" class="card-word">
        {bank ? '银行卡' : '社会保障卡'}
      </text>
      <text x="75" y="63" class="card-word small">
        {holder ?? (bank ? 'bank card' : '')}
      </text>
    </g>
  );
}
