/** Golden bytes: escpos.md section 5, "Answer framing" and "Samples to test". */
import { describe, expect, test } from 'vitest';
import {
  AnswerFramer,
  automaticStatusIn,
  obstacleIn,
  paperStateIn,
  WELL,
  withRealTimeStatus,
} from '../../../drivers/receipt-printer/status.ts';

function answers(...bytes: number[]): unknown[] {
  return [...new AnswerFramer().push(Uint8Array.from(bytes))];
}

describe('pushed statuses', () => {
  test.each([
    ['idle', [0x14, 0x00, 0x00, 0x0f], undefined, 'full'],
    ['paper low', [0x14, 0x00, 0x03, 0x0f], undefined, 'low'],
    ['out during a job', [0x1c, 0x00, 0x0f, 0x0f], 'paperOut', 'out'],
    ['cover open', [0x3c, 0x00, 0x00, 0x0f], 'coverOpen', 'full'],
    ['cutter jam', [0x1c, 0x08, 0x00, 0x0f], 'mediaJammed', 'jammed'],
    ['head hot', [0x1c, 0x40, 0x00, 0x0f], 'headHot', 'full'],
    ['unrecoverable', [0x1c, 0x20, 0x00, 0x0f], 'deviceNotReady', 'full'],
    ['offline by the feed button', [0x5c, 0x02, 0x00, 0x0f], 'deviceNotReady', 'full'],
  ] as const)('%s', (_name, bytes, obstacle, paper) => {
    const [answer] = new AnswerFramer().push(Uint8Array.from(bytes));
    expect(answer).toEqual({ kind: 'automaticStatus', bytes });
    const status = automaticStatusIn(bytes);
    expect({ obstacle: obstacleIn(status), paper: paperStateIn(status) }).toEqual({ obstacle, paper });
  });
});

describe('asked statuses', () => {
  test.each([
    [1, 0x1e, { offline: true }],
    [2, 0x16, { coverOpen: true }],
    [3, 0x1a, { jammed: true }],
    [3, 0x16, { jammed: true }],
    [3, 0x32, { broken: true }],
    [3, 0x52, { headHot: true }],
    [4, 0x12, {}],
    [4, 0x1e, { paperNearEnd: true }],
    [4, 0x72, { paperEnd: true }],
    [4, 0x7e, { paperEnd: true, paperNearEnd: true }],
  ] as const)('DLE EOT %i answered %i', (question, byte, told) => {
    expect(answers(byte)).toEqual([{ kind: 'realTimeStatus', byte }]);
    expect(withRealTimeStatus(WELL, question, byte)).toEqual({ ...WELL, ...told });
  });
});

describe('answers that share the pipe', () => {
  test('process id, cleared buffers, going offline and texts are told apart', () => {
    expect(
      answers(
        0x37,
        0x22,
        0x30,
        0x30,
        0x34,
        0x32,
        0x00,
        0x37,
        0x25,
        0x00,
        0x37,
        0x23,
        0x41,
        0x00,
        0x5f,
        0x45,
        0x50,
        0x00,
      ),
    ).toEqual([
      { kind: 'processId', id: '0042' },
      { kind: 'buffersCleared' },
      { kind: 'wentOffline' },
      { kind: 'text', text: 'EP' },
    ]);
  });

  test('flow control between any two bytes changes nothing', () => {
    expect(answers(0x14, 0x13, 0x00, 0x11, 0x03, 0x0f, 0x13)).toEqual([
      { kind: 'automaticStatus', bytes: [0x14, 0x00, 0x03, 0x0f] },
    ]);
  });

  test('an answer in pieces is one answer', () => {
    const framer = new AnswerFramer();
    expect(framer.push(Uint8Array.of(0x37, 0x22, 0x30))).toEqual([]);
    expect(framer.push(Uint8Array.of(0x30, 0x30, 0x31, 0x00))).toEqual([{ kind: 'processId', id: '0001' }]);
  });

  test('after a lost byte the next whole answer is understood', () => {
    expect(answers(0x14, 0x00, 0x12, 0x14, 0x00, 0x00, 0x0f)).toEqual([
      { kind: 'realTimeStatus', byte: 0x12 },
      { kind: 'automaticStatus', bytes: [0x14, 0x00, 0x00, 0x0f] },
    ]);
  });

  test('a block that never ends is dropped, and noise is dropped alone', () => {
    const endless = Array.from({ length: 100 }, () => 0x41);
    const [last] = answers(0x37, ...endless, 0x12).slice(-1);
    expect(last).toEqual({ kind: 'realTimeStatus', byte: 0x12 });
    expect(answers(0xff, 0x16)).toEqual([
      { kind: 'unknown', byte: 0xff },
      { kind: 'realTimeStatus', byte: 0x16 },
    ]);
  });
});
