/** The cabinet: the kiosk's own screen in its bezel, and the devices where hands reach them. */
import { useState } from 'preact/hooks';
import type { Snapshot } from '../../workbench-messages.ts';
import type { Ask } from '../hall-line.ts';
import { Bays } from './bays.tsx';
import { CodeWindow } from './code-window.tsx';
import { Printer } from './printer.tsx';
import { Reader } from './reader.tsx';

interface CabinetProps {
  readonly snapshot: Snapshot;
  readonly ask: Ask;
}

export function Cabinet({ snapshot, ask }: CabinetProps) {
  const [layout, setLayout] = useState<'portrait' | 'landscape'>('portrait');
  const [reloads, setReloads] = useState(0);
  const [shelf, setShelf] = useState<'front' | 'bays'>('front');
  const { cabinet, screenUrl } = snapshot;
  const otherLayout = layout === 'portrait' ? 'landscape' : 'portrait';
  return (
    <section class={`cabinet ${layout} ${cabinet.powered ? '' : 'dark'}`}>
      <div class="screen-side">
        <div class="bezel">
          {screenUrl ? (
            <iframe
              key={reloads}
              title="患者屏 · kiosk screen"
              src={screenUrl}
              sandbox="allow-scripts allow-same-origin"
            />
          ) : (
            <p class="no-screen">
              自助机尚未启动<small lang="en">The kiosk is not up yet</small>
            </p>
          )}
          {!cabinet.powered && (
            <p class="no-screen">
              已断电<small lang="en">No power</small>
            </p>
          )}
        </div>
        <nav class="screen-tools">
          <button type="button" data-tool="layout" onClick={() => setLayout(otherLayout)}>
            {layout === 'portrait' ? '横屏 Landscape' : '竖屏 Portrait'}
          </button>
          <button type="button" data-tool="reload" onClick={() => setReloads(reloads + 1)}>
            刷新 Reload
          </button>
          <button type="button" data-tool="shelf" onClick={() => setShelf(shelf === 'front' ? 'bays' : 'front')}>
            {shelf === 'front' ? '其余设备 More devices' : '常用设备 Front devices'}
          </button>
        </nav>
      </div>
      <div class="devices">
        {shelf === 'front' ? (
          <>
            <Reader snapshot={snapshot} ask={ask} />
            <CodeWindow ask={ask} />
            <Printer snapshot={snapshot} ask={ask} />
          </>
        ) : (
          <Bays bays={snapshot.bays} ask={ask} />
        )}
      </div>
    </section>
  );
}
