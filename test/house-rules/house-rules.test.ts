/** The rules of the house that a machine can check: design.md sections 2 and 10, anchors.md 4. */
import { describe, expect, test } from 'vitest';
import { type ImportLine, importsOf, sourceFiles } from '../support/source-files.ts';

const rooms = ['bin', 'drivers', 'firmware', 'hardware-sim', 'kiosk-ui', 'provisioning'];
const files = sourceFiles(rooms);
const imports = files.flatMap(importsOf).filter((line) => rooms.some((room) => line.to.startsWith(`${room}/`)));
const roomOf = (path: string): string => path.split('/')[0] ?? '';

/** Whether one room may import a file of another (the one-way rule, with its named exceptions). */
function allowed(line: ImportLine): boolean {
  const from = roomOf(line.from);
  const to = roomOf(line.to);
  if (from === to || from === 'bin') return true;
  switch (from) {
    case 'firmware':
      return to === 'drivers';
    case 'kiosk-ui':
      return line.typeOnly && line.to === 'firmware/screen/messages.ts';
    case 'provisioning':
      return to === 'drivers' || /^firmware\/(config|audit|region)\//.test(line.to) || line.to === 'firmware/ports.ts';
    case 'hardware-sim':
      if (line.to === 'drivers/ports.ts' || line.to === 'firmware/ports.ts') return true;
      // Its page shows the firmware's screens by name; types leave nothing behind at run time.
      if (line.typeOnly && line.to === 'firmware/screen/messages.ts') return true;
      // The door builds the real kiosk on a simulated world and seeds a data folder with signed packs.
      if (line.from === 'hardware-sim/main.ts') return line.to === 'firmware/kiosk.ts' || to === 'provisioning';
      // The live hall seeds the data folder of a kiosk that runs beside it.
      if (line.from === 'hardware-sim/live-hall.ts') return to === 'provisioning';
      // Proofs run production's core on production's store, unchanged.
      if (line.to === 'firmware/world/sqlite-store.ts') return line.from.startsWith('hardware-sim/proof/');
      return /^hardware-sim\/(proof|bench)\//.test(line.from) && line.to.startsWith('firmware/settlement/');
    default:
      return false;
  }
}

describe('the one-way rule', () => {
  test('rooms import only what stands below them', () => {
    const wrong = imports.filter((line) => !allowed(line)).map((line) => `${line.from} → ${line.to}`);
    expect(wrong).toEqual([]);
  });

  test('there are imports to look at, and a forbidden one would be seen', () => {
    expect(imports.length).toBeGreaterThan(100);
    expect(allowed({ from: 'drivers/device.ts', to: 'firmware/money.ts', typeOnly: true })).toBe(false);
    expect(
      allowed({ from: 'hardware-sim/devices/x.ts', to: 'drivers/receipt-printer/encoder.ts', typeOnly: false }),
    ).toBe(false);
    expect(allowed({ from: 'kiosk-ui/main.tsx', to: 'firmware/screen/messages.ts', typeOnly: false })).toBe(false);
  });

  test('no production entry reaches the simulator', () => {
    const reached = new Set<string>();
    const queue = [
      'firmware/main.ts',
      'firmware/kiosk.ts',
      'drivers/device-host/device-host-child.ts',
      'drivers/face/face-engine-child.ts',
    ];
    for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
      if (reached.has(path)) continue;
      reached.add(path);
      queue.push(...imports.filter((line) => line.from === path && !line.typeOnly).map((line) => line.to));
    }
    expect(reached.size).toBeGreaterThan(30);
    expect([...reached].filter((path) => path.startsWith('hardware-sim/'))).toEqual([]);
  });

  test('native modules are imported by transports only', () => {
    const native = [
      'pcsclite',
      'serialport',
      '@serialport/bindings-cpp',
      'usb',
      'node-hid',
      'onnxruntime-node',
      'sharp',
    ];
    const wrong = files
      .flatMap(importsOf)
      .filter((line) => native.some((name) => line.to === name || line.to.startsWith(`${name}/`)))
      .filter((line) => !/-transport\.ts$/.test(line.from))
      .map((line) => `${line.from} → ${line.to}`);
    expect(wrong).toEqual([]);
  });
});

describe('files', () => {
  test('a file fits on about three screens', () => {
    const data = /\/text\/|\/wire-table|-table\.ts$|gallery\.ts$|insurance-platform\.ts$/;
    const long = files
      .map((file) => ({ path: file.path, lines: file.text.trimEnd().split('\n').length }))
      .filter((file) => file.lines > (data.test(file.path) ? 400 : 260))
      .map((file) => `${file.path}: ${file.lines} lines`);
    expect(long).toEqual([]);
  });

  test('every file says first what it is', () => {
    const silent = files
      .filter((file) => !/^(#![^\n]*\n)?(\/\/[^\n]*\n)*\/\*\*/.test(file.text))
      .map((file) => file.path);
    expect(silent).toEqual([]);
  });

  test('names say what a file is for', () => {
    const vague = /(^|\/|-)(utils?|helpers?|common|manager|base|impl|misc)(-|\.|\/)/;
    expect(files.map((file) => file.path).filter((path) => vague.test(path))).toEqual([]);
  });
});

describe('time and chance', () => {
  /** The only places where real time and real randomness come in. */
  const doors = [
    /^bin\//,
    /^firmware\/world\//,
    /^firmware\/main\.ts$/,
    /^drivers\/system-clock\.ts$/,
    /^hardware-sim\/main\.ts$/,
    /^hardware-sim\/world\/real-/,
    /^hardware-sim\/bench\//,
    // A mutant that never comes back is ended by the real clock.
    /^hardware-sim\/proof\/mutants\/run-mutants\.ts$/,
    /^kiosk-ui\/browser-time\.ts$/,
    /^kiosk-ui\/parts\//,
    /^hardware-sim\/workbench\/page\//,
  ];
  const banned = [
    /\bDate\.now\(/,
    /\bnew Date\(\s*\)/,
    /\b(?<!\.)set(?:Timeout|Interval)\(/,
    /\bperformance\.now\(/,
    /\bMath\.random\(/,
    /\brandomUUID\(/,
    /\brandomBytes\(/,
    /process\.hrtime/,
  ];

  test('raw time and raw randomness stay behind their ports', () => {
    const wrong = files
      .filter((file) => !doors.some((door) => door.test(file.path)))
      .flatMap((file) => {
        const code = file.text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/[^\n]*/g, '');
        return banned.filter((ban) => ban.test(code)).map((ban) => `${file.path}: ${ban.source}`);
      });
    expect(wrong).toEqual([]);
  });
});
