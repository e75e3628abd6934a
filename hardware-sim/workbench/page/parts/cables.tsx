/** What the cabinet hangs on: its plug, the hospital's network and the insurance line, each with who is at its end. */
import { useState } from 'preact/hooks';
import type { BillKind, Snapshot } from '../../workbench-messages.ts';
import type { Ask } from '../hall-line.ts';
import { billKinds } from '../text/hall-words.ts';
import type { Words } from '../text/words.ts';
import { yuan } from '../text/words.ts';
import { HandButton } from './hand-button.tsx';

interface CablesProps {
  readonly snapshot: Snapshot;
  readonly ask: Ask;
}

export function Cables({ snapshot, ask }: CablesProps) {
  const { cabinet } = snapshot;
  return (
    <section class="cables">
      <div class="end power">
        <Cable up={cabinet.powered} look="power" words={['电源', 'Power']} />
        {cabinet.powered ? (
          <HandButton hand="cutPower" ask={ask} look="breaks" />
        ) : (
          <HandButton hand="restorePower" ask={ask} look="mends" />
        )}
      </div>
      <div class="end">
        <Cable up={cabinet.hospitalLineUp} look="hospital" words={['院内网', 'Hospital LAN: HIS, payment']}>
          {cabinet.hospitalLineUp ? (
            <HandButton hand="cutHospitalLine" ask={ask} look="breaks" />
          ) : (
            <HandButton hand="restoreHospitalLine" ask={ask} look="mends" />
          )}
        </Cable>
        <Hospital snapshot={snapshot} ask={ask} />
      </div>
      <div class="end">
        <Cable up={cabinet.insuranceLineUp} look="insurance" words={['医保专线', 'Insurance line']}>
          {cabinet.insuranceLineUp ? (
            <HandButton hand="cutInsuranceLine" ask={ask} look="breaks" />
          ) : (
            <HandButton hand="restoreInsuranceLine" ask={ask} look="mends" />
          )}
        </Cable>
        <Centre snapshot={snapshot} ask={ask} />
      </div>
    </section>
  );
}

interface CableProps {
  readonly up: boolean;
  readonly look: 'power' | 'hospital' | 'insurance';
  readonly words: Words;
  readonly children?: preact.ComponentChildren;
}

function Cable({ up, look, words, children }: CableProps) {
  return (
    <div class={`cable ${look} ${up ? 'up' : 'cut'}`}>
      <svg viewBox="0 0 40 26" aria-hidden="true">
        <path class="wire" d={up ? 'M2 13h36' : 'M2 13h9M29 13h9'} />
        <path class="plug" d={up ? 'M13 7h14v12H13z' : 'M10 8h7v10h-7zM23 8h7v10h-7z'} />
      </svg>
      <span>
        {words[0]}
        <small lang="en">
          {words[1]}
          {!up && look !== 'power' && ' · cut'}
        </small>
      </span>
      {children}
    </div>
  );
}

function Hospital({ snapshot, ask }: CablesProps) {
  const [kind, setKind] = useState<BillKind>('example');
  const bill = snapshot.people.find((person) => person.key === snapshot.person)?.openBills[0];
  return (
    <div class="deeds">
      <span class="add">
        <select
          aria-label="单据 kind of bill"
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value as BillKind)}
        >
          {Object.entries(billKinds).map(([name, [zh, en]]) => (
            <option key={name} value={name}>
              {zh} · {en}
            </option>
          ))}
        </select>
        <button type="button" class="hand" data-hand="addBill" onClick={() => ask({ addBill: kind })}>
          <span>加一张单</span>
          <small lang="en">Add a bill</small>
        </button>
      </span>
      <HandButton hand="changeBill" ask={ask} given={bill?.billId ?? ''} can={bill !== undefined} />
      <HandButton hand="callNumber" ask={ask} />
      <HandButton hand="settleAtWindow" ask={ask} given={bill?.billId ?? ''} can={bill !== undefined} />
      <small class="on" lang="en">
        {bill ? `${bill.billId} ¥${yuan(bill.totalFen)}` : 'no open bill'}
      </small>
    </div>
  );
}

function Centre({ snapshot, ask }: CablesProps) {
  const [doctor] = snapshot.staff.doctors;
  const [department] = snapshot.staff.departments;
  return (
    <div class="deeds">
      <HandButton hand="suspendInstitution" ask={ask} look="breaks" />
      <HandButton hand="suspendDoctor" ask={ask} given={doctor?.code ?? ''} look="breaks" />
      <HandButton hand="suspendDepartment" ask={ask} given={department?.code ?? ''} look="breaks" />
      <HandButton hand="fileChronic" ask={ask} />
      <HandButton hand="answerOtherName" ask={ask} look="breaks" words={['返回他人姓名', 'Wrong name']} />
    </div>
  );
}
