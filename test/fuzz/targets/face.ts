/** Bytes of a face module and of the insurance platform's face terminal. */
import { ModuleFramer, type ModuleHeard, moduleFrame } from '../../../drivers/face/module-frame.ts';
import { AnswerLines, LONGEST_ANSWER_LINE } from '../../../drivers/face/terminal-lines.ts';
import { bytesOf, cutUp, type FuzzTarget, mustHold } from '../target.ts';

const recognised = moduleFrame(0x00, Uint8Array.of(0x12, 0x00, 0x00, 0x07));
const faceNote = moduleFrame(0x01, Uint8Array.of(1, 0, 0, 180, 0, 120, 0, 164, 1, 144, 1, 0, 0, 0, 0, 0, 0));

/** Length and XOR of the first frame right again. */
function mendFrame(bytes: Uint8Array): Uint8Array {
  const from = bytes.findIndex((byte, at) => byte === 0xef && bytes[at + 1] === 0xaa);
  if (from < 0 || bytes.length < from + 7) return bytes;
  return Uint8Array.from([
    ...bytes.subarray(0, from),
    ...moduleFrame(bytes[from + 2] ?? 0, bytes.slice(from + 5, Math.min(bytes.length - 1, from + 5 + 1_024))),
  ]);
}

const meaning = (heard: readonly ModuleHeard[]): string =>
  JSON.stringify(
    heard
      .filter(({ kind }) => kind !== 'damaged')
      .map((one) => ('data' in one ? { ...one, data: Buffer.from(one.data).toString('hex') } : one)),
  );

const frames: FuzzTarget = {
  name: 'face-module-frame',
  promise: 'frames of a face module mean the same however the line is cut, and after any noise a whole one is read',
  covers: ['drivers/face/module-frame.ts'],
  seeds: [recognised, faceNote, Uint8Array.of(...faceNote, ...recognised), Uint8Array.of(0xef, 0xef, ...recognised)],
  words: [Uint8Array.of(0xef, 0xaa), Uint8Array.of(0x04, 0x00), Uint8Array.of(0x00), Uint8Array.of(0x01)],
  mend: mendFrame,
  run: (bytes) => {
    const whole = new ModuleFramer().push(bytes);
    const framer = new ModuleFramer();
    const cut = cutUp(bytes).flatMap((piece) => framer.push(piece));
    mustHold(meaning(whole) === meaning(cut), 'the same however it is cut');
    // What noise has begun may swallow as many bytes as it claims, and not one more.
    const after = Array.from({ length: 120 }, () => framer.push(recognised)).flat();
    mustHold(after.at(-1)?.kind === 'reply', 'a whole one is read after it');
  },
};

const auth = bytesOf('{"code":0,"message":"","transType":"cn.nhsa.ec.auth","data":{"authNo":"ano1","outBizNo":"a"}}\n');

const lines: FuzzTarget = {
  name: 'face-terminal-line',
  promise: 'whatever the platform’s terminal says, each line is an object or nothing, and the next one is read',
  covers: ['drivers/face/terminal-lines.ts'],
  seeds: [
    auth,
    bytesOf('{"code":-2,"message":"x","outBizNo":"a"}\n'),
    bytesOf('{"code":0,"data":"{\\"idNo\\":\\"9\\"}"}\n'),
  ],
  words: ['{', '}', '"data":', '"code":0', '\n', '[]', 'null', '\\"'],
  run: (bytes) => {
    const reader = new AnswerLines();
    const cut = cutUp(bytes).flatMap((piece) => reader.push(piece.slice()));
    mustHold(reader.held <= LONGEST_ANSWER_LINE, 'no more waits than the longest line');
    const whole = new AnswerLines().push(bytes.slice());
    mustHold(JSON.stringify(cut) === JSON.stringify(whole), 'the same however it is cut');
    for (const { data } of whole) {
      mustHold(data === undefined || (typeof data === 'object' && data !== null), 'data are an object or absent');
    }
    reader.push(Uint8Array.of(0x0a));
    mustHold(reader.push(auth.slice()).length === 1, 'the next one is read');
  },
};

export const ofFace: readonly FuzzTarget[] = [frames, lines];
