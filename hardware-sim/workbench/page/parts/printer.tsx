/** The receipt printer: paper rolls out of its mouth as the head burns it, the cover swings, hands feed and tear. */
import type { CabinetView, PaperView, SheetView, Snapshot } from '../../workbench-messages.ts';
import type { Ask } from '../hall-line.ts';
import { HandButton } from './hand-button.tsx';
import { Title } from './title.tsx';

interface PrinterProps {
  readonly snapshot: Snapshot;
  readonly ask: Ask;
}

export function Printer({ snapshot, ask }: PrinterProps) {
  const { printer, powered } = snapshot.cabinet;
  const { atHead, outlet } = snapshot.paper;
  const something = atHead !== undefined || outlet.length > 0;
  return (
    <section class="device printer-device">
      <Title words={['凭条打印机', 'Receipt printer']}>
        <Lamp printer={printer} powered={powered} />
      </Title>
      <div class="device-row grows">
        <Mouth printer={printer} powered={powered} paper={snapshot.paper} />
        <div class="hands one">
          <HandButton hand="tearPaper" ask={ask} look={outlet.length > 0 ? 'calls' : 'main'} can={something} />
          <HandButton hand="pullHalf" ask={ask} can={outlet.length > 0} />
          <HandButton hand="loadPaper" ask={ask} {...(printer.paper === 'full' ? {} : { look: 'mends' as const })} />
          <HandButton hand="takePaperOut" ask={ask} look="breaks" can={printer.paper !== 'out'} />
          {printer.coverOpen ? (
            <HandButton hand="closeCover" ask={ask} look="mends" />
          ) : (
            <HandButton hand="openCover" ask={ask} look="breaks" />
          )}
          {printer.pluggedIn ? (
            <HandButton hand="unplugPrinter" ask={ask} look="breaks" />
          ) : (
            <HandButton hand="plugInPrinter" ask={ask} look="mends" />
          )}
        </div>
      </div>
    </section>
  );
}

interface LampProps {
  readonly printer: CabinetView['printer'];
  readonly powered: boolean;
}

function Lamp({ printer, powered }: LampProps) {
  const [look, zh, en] = !powered
    ? (['red', '无电', 'no power'] as const)
    : !printer.pluggedIn
      ? (['red', '已拔线', 'unplugged'] as const)
      : printer.coverOpen
        ? (['red', '机盖开', 'cover open'] as const)
        : printer.paper === 'out'
          ? (['red', '缺纸', 'no paper'] as const)
          : printer.faults.length > 0
            ? (['red', '故障', 'fault'] as const)
            : printer.printing
              ? (['green', '打印中', 'printing'] as const)
              : printer.paper === 'low'
                ? (['amber', '纸将尽', 'paper low'] as const)
                : (['idle', '就绪', 'ready'] as const);
  return (
    <span class={`lamp ${look}`} data-lamp={en}>
      {zh} <small lang="en">{en}</small>
      <small class="roll">{(printer.paperMm / 1000).toFixed(1)} m</small>
    </span>
  );
}

/** Paper comes up out of the mouth, its newest line at the edge; a cut slip stands loose in it. */
function Mouth({ printer, powered, paper }: LampProps & { readonly paper: PaperView }) {
  const loose = paper.outlet.at(-1);
  const shown = paper.atHead ?? loose;
  return (
    <div class={`mouth ${printer.coverOpen ? 'open' : ''}`}>
      <div class="air">{shown && <Strip sheet={shown} loose={shown === loose} />}</div>
      <svg class="drawing" viewBox="0 0 170 74" aria-hidden="true">
        <rect x="2" y="8" width="166" height="64" rx="9" fill="#2b3b46" />
        <g class="cover">
          <path d="M8 10h154q4 0 4 5v20H4V15q0-5 4-5z" fill="#40566a" />
          <rect x="70" y="24" width="30" height="5" rx="2.5" fill="#22313c" />
        </g>
        <rect x="14" y="2" width="142" height="9" rx="4.5" fill="#05090c" />
        <circle cx="75" cy="54" r="12" fill={printer.paper === 'out' ? '#2b3b46' : '#f4f1e8'} stroke="#6d8594" />
        <circle cx="75" cy="54" r="4" fill="#6d8594" />
        <circle class={!powered ? 'led off' : printer.printing ? 'led busy' : 'led'} cx="150" cy="54" r="4" />
      </svg>
    </div>
  );
}

function Strip({ sheet, loose }: { readonly sheet: SheetView; readonly loose: boolean }) {
  return (
    <img
      key={sheet.id}
      class={loose ? 'strip loose' : 'strip'}
      src={`/paper/${sheet.id}.svg?v=${sheet.version}`}
      alt={loose ? '出纸口里的凭条 slip in the outlet' : '正在出的纸 paper at the head'}
    />
  );
}
