/** Bytes of a cabinet's board, and lines of the system's tools for GPIO and network. */
import { EventEmitter } from 'node:events';
import firmataIo from 'firmata-io';
import { FirmataGate, LONGEST_MESSAGE } from '../../../drivers/cabinet/firmata-gate.ts';
import { parseEdge, parseLevels } from '../../../drivers/cabinet/gpio-line.ts';
import { LineCutter } from '../../../drivers/line-tool.ts';
import { parseMonitorLine } from '../../../drivers/network/ip-monitor-line.ts';
import { parseSnapshot } from '../../../drivers/network/ip-snapshot.ts';
import { NetPicture } from '../../../drivers/network/net-picture.ts';
import { parseRecorderLine } from '../../../drivers/recorder/recorder-line.ts';
import { HostReader } from '../../../hardware-sim/devices/cabinet/firmata-wire.ts';
import { crcOf } from '../../../hardware-sim/devices/recorder/recorder-wire.ts';
import { bytesOf, cutUp, type FuzzTarget, mustHold, text } from '../target.ts';

const VERSION = Uint8Array.of(0xf9, 2, 5);
const FIRMWARE = Uint8Array.of(0xf0, 0x79, 2, 5, 0x53, 0, 0xf7);
const THREE_PINS = Uint8Array.of(0xf0, 0x6c, 0, 1, 1, 1, 0x7f, 0, 1, 0x0b, 1, 0x7f, 2, 10, 0x7f, 0xf7);
const MAPPING = Uint8Array.of(0xf0, 0x6a, 127, 127, 0, 0xf7);
const PIN_STATE = Uint8Array.of(0xf0, 0x6e, 1, 0x0b, 1, 0xf7);
const PORT = Uint8Array.of(0x90, 0x03, 0x00);

const joined = (...pieces: readonly Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(pieces));

const gate: FuzzTarget = {
  name: 'firmata-gate',
  promise: 'whatever a board sends, the real Firmata library behind the gate neither throws nor holds on to it',
  covers: ['drivers/cabinet/firmata-gate.ts'],
  seeds: [
    joined(VERSION, FIRMWARE, THREE_PINS, MAPPING, PIN_STATE, PORT),
    joined(THREE_PINS, Uint8Array.of(0xf0, 0x6e, 9, 0, 0, 0xf7)),
    Uint8Array.of(0xf0, 0x79, 0xf7),
    Uint8Array.of(0xf0, 0x71, 0x41, 0, 0xf7),
  ],
  words: [VERSION, FIRMWARE, THREE_PINS, MAPPING, PIN_STATE, PORT, Uint8Array.of(0xf0), Uint8Array.of(0xf7)],
  run: (bytes) => {
    const library = new EventEmitter();
    const client = new firmataIo.Firmata(Object.assign(library, { write: () => undefined }));
    clearTimeout(client.reportVersionTimeoutId);
    const cut = new FirmataGate();
    let told = 0;
    for (const piece of cutUp(bytes)) {
      for (const message of cut.push(piece)) {
        told += message.length;
        library.emit('data', message);
        mustHold((client as unknown as { buffer: unknown[] }).buffer.length === 0, 'the library keeps nothing');
      }
    }
    mustHold(told <= bytes.length, 'nothing comes out that did not go in');
    mustHold(client.pins.length <= LONGEST_MESSAGE && client.analogPins.length <= 128, 'pins are bounded');
    const whole = new FirmataGate().push(bytes);
    mustHold(whole.reduce((sum, { length }) => sum + length, 0) === told, 'the same messages however they arrive');
    // A message that was never ended is over when the next one begins.
    mustHold(cut.push(Uint8Array.of(0xf7, ...VERSION)).length === 1 || cut.push(VERSION).length === 1, 'it finds back');
  },
};

const host: FuzzTarget = {
  name: 'firmata-host',
  promise: 'whatever a host says, the virtual board reads it piece by piece as it reads it whole',
  covers: ['hardware-sim/devices/cabinet/firmata-wire.ts'],
  seeds: [
    Uint8Array.of(0xf9, 0xf0, 0x79, 0xf7, 0xf0, 0x6b, 0xf7, 0xf0, 0x69, 0xf7),
    Uint8Array.of(0xf4, 22, 0x0b, 0xd2, 1, 0x95, 1, 0, 0xf0, 0x6d, 40, 0xf7),
    Uint8Array.of(0xf0, 0x6f, 44, 0x7f, 1, 0xf7, 0xe5, 0x7f, 1, 0xf5, 36, 1, 0xff),
  ],
  run: (bytes) => {
    const pieces = new HostReader();
    const inPieces = cutUp(bytes).flatMap((piece) => pieces.read(piece));
    mustHold(JSON.stringify(inPieces) === JSON.stringify(new HostReader().read(bytes)), 'the same messages');
  },
};

const gpio: FuzzTarget = {
  name: 'gpio-line',
  promise: 'a line that gpiomon or gpioget does not print is no level',
  covers: ['drivers/cabinet/gpio-line.ts', 'drivers/line-tool.ts'],
  seeds: [
    bytesOf('event:  RISING EDGE offset: 3 timestamp: [    1151.814356387]\n'),
    bytesOf('event: FALLING EDGE offset: 17 timestamp: [1722306410.568556216]\n'),
    bytesOf('0 1 1\n'),
  ],
  words: ['event: ', 'RISING EDGE', ' offset: ', '\n'],
  run: (bytes) => {
    for (const line of new LineCutter(256).push(text(bytes))) {
      const edge = parseEdge(line);
      if (edge) mustHold(line.startsWith('event: ') && edge.offset <= 999, 'an edge is a line of gpiomon');
      parseLevels(line, 3);
    }
  },
};

const LINK =
  '[LINK]3: veth0@veth1: <NO-CARRIER,BROADCAST,MULTICAST,UP,M-DOWN> mtu 1500 \\    link/ether ce:d3:ce:d0:00:30 brd ff\n';
const ADDRESS = '[ADDR]3: veth0    inet 192.0.2.2/24 scope global veth0\\       valid_lft forever\n';

const monitor: FuzzTarget = {
  name: 'ip-monitor',
  promise: 'the picture of the network stays whole and bounded whatever the monitor prints',
  covers: ['drivers/network/ip-monitor-line.ts', 'drivers/network/net-picture.ts'],
  seeds: [
    bytesOf(LINK + ADDRESS),
    bytesOf(`${LINK}${LINK.replace('[LINK]', '[LINK]Deleted ')}`),
    bytesOf(`${LINK}${ADDRESS}${ADDRESS.replace('[ADDR]', '[ADDR]Deleted ')}`),
  ],
  words: ['[LINK]', '[ADDR]', 'Deleted ', 'inet6 ', '<UP,LOWER_UP>', '\\', '@', '\n'],
  run: (bytes) => {
    const picture = new NetPicture();
    let folds = 0;
    for (const line of new LineCutter(2_048).push(text(bytes))) if (picture.fold(parseMonitorLine(line))) folds += 1;
    mustHold(picture.interfaces.length <= folds, 'no interface without a line');
    mustHold(new Set(picture.interfaces.map(({ index }) => index)).size === picture.interfaces.length, 'each once');
    mustHold(
      picture.interfaces.every(({ name }) => name.length > 0 && name.length <= 15),
      'names of the kernel',
    );
  },
};

const snapshot: FuzzTarget = {
  name: 'ip-snapshot',
  promise: 'a picture of another shape is none, never half of one',
  covers: ['drivers/network/ip-snapshot.ts'],
  seeds: [
    bytesOf(
      '[{"ifindex":2,"ifname":"v0","flags":["UP","LOWER_UP"],"address":"02:00:00:00:00:01","addr_info":[{"local":"192.0.2.2","prefixlen":24}]}]\n[{"dst":"default","gateway":"192.0.2.1","dev":"v0","flags":[]}]\n[{"dst":"192.0.2.1","dev":"v0","lladdr":"02:00:00:00:00:02","state":["REACHABLE"]}]\n',
    ),
  ],
  words: ['[', ']', '{}', 'null', '\n', '"ifindex":', '"addr_info":'],
  run: (bytes) => {
    const picture = parseSnapshot(text(bytes));
    if (!picture) return;
    mustHold(
      picture.interfaces.every(({ name, addresses }) => name !== '' && Array.isArray(addresses)),
      'every interface has a name',
    );
  },
};

const recorder: FuzzTarget = {
  name: 'recorder-line',
  promise: 'a line of a recorder is whole and checked, or nothing',
  covers: ['drivers/recorder/recorder-line.ts'],
  seeds: [
    bytesOf('READY v=1 recorder=bench-nvr cams=entrance-1 *0000'),
    bytesOf('ACK seq=12 rec=1 at=1764379373123 *0000'),
    bytesOf('TIME id=1 at=1764379373123 *0000'),
    bytesOf('NAK seq=1 reason=full *0000'),
    bytesOf('STATE cam=entrance-1 rec=0 *0000'),
  ],
  words: ['READY ', 'ACK ', ' seq=', ' at=', ' *'],
  mend: (bytes) => {
    const [head = ''] = text(bytes).split(' *');
    return bytesOf(`${head} *${crcOf(head)}`);
  },
  run: (bytes) => {
    const said = parseRecorderLine(text(bytes));
    if (said?.says === 'ACK')
      mustHold(said.seq >= 0 && Number.isSafeInteger(said.recorderWallMs), 'numbers are numbers');
    if (said?.says === 'READY') mustHold(said.recorder.length <= 64 && said.cameras.length <= 256, 'names are bounded');
  },
};

export const ofCabinet: readonly FuzzTarget[] = [gate, host, gpio, monitor, snapshot, recorder];
