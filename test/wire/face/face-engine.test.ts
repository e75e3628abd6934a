/** The real models in their real child, on drawings of invented people. */
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { EngineProcess } from '../../../drivers/face/engine-process.ts';
import { type FaceFigures, UnreadablePictureError } from '../../../drivers/face/face-engine.ts';
import { usualFacePolicy } from '../../../drivers/face/face-policy.ts';
import { qualityOf } from '../../../drivers/face/face-quality.ts';
import { MODEL_MANIFEST_ID, MODELS } from '../../../drivers/face/model-table.ts';
import { modelFolder } from '../../../drivers/face/onnx-transport.ts';
import { LinkLostError } from '../../../drivers/ports.ts';
import { systemClock } from '../../../drivers/system-clock.ts';
import type { PersonId } from '../../../hardware-sim/devices/camera/invented-people-table.ts';
import {
  BOTH,
  chip,
  missingForFaces,
  runningEngine,
  scene,
  startedEngine,
  templateOf,
  within,
} from './engine-bench.ts';

const missing = missingForFaces();
const PEOPLE: readonly PersonId[] = ['jia', 'yi', 'bing', 'ding'];
const { quality } = usualFacePolicy;

describe.skipIf(missing !== undefined)(`the face engine${missing ? ` (${missing})` : ''}`, () => {
  let started: Promise<EngineProcess> | undefined;
  /** One child for all that only look. */
  const shared = (): Promise<EngineProcess> => {
    started ??= startedEngine();
    return started;
  };
  afterAll(async () => (await started)?.close());

  test('tells the invented people apart by their chip photos: every pair, as the usual policy has it', async () => {
    const engine = await shared();
    for (const person of PEOPLE) {
      const known = await templateOf(engine, chip(person));
      for (const other of PEOPLE) {
        for (const day of ['front', 'again'] as const) {
          const seen = await templateOf(engine, scene(`${other}-${day}`));
          const cosine = await engine.compare(known, seen, within(5_000));
          const pair = `${person}'s chip and ${other}-${day}: ${cosine.toFixed(3)}`;
          if (other === person) expect(cosine, pair).toBeGreaterThan(usualFacePolicy.acceptFrom);
          else expect(cosine, pair).toBeLessThan(usualFacePolicy.retryFrom);
        }
      }
    }
  });

  test('what is wrong with a picture is said in the right word', async () => {
    const engine = await shared();
    const word = async (name: Parameters<typeof scene>[0]) => {
      const { reading } = await engine.examine(scene(name), BOTH, within(30_000));
      return qualityOf(reading, quality);
    };
    expect(await word('hall')).toBe('noFace');
    expect(await word('covered')).toBe('noFace');
    expect(await word('two')).toBe('twoFaces');
    expect(await word('dim')).toBe('tooDark');
    for (const person of PEOPLE) {
      expect(await word(`${person}-front`)).toBe('good');
      expect(await word(`${person}-far`)).toBe('tooFar');
      expect(await word(`${person}-left`)).toBe('turnedAway');
      expect(await word(`${person}-right`)).toBe('turnedAway');
    }
  });

  test('a head turned to a side is measured on that side, and keeps being the same person', async () => {
    const engine = await shared();
    for (const person of PEOPLE) {
      const first = await templateOf(engine, scene(`${person}-front`));
      for (const [side, sign] of [
        ['left', -1],
        ['right', 1],
      ] as const) {
        const { reading, template } = await engine.examine(scene(`${person}-${side}`), BOTH, within(30_000));
        expect((reading.largest as FaceFigures).yawDegrees * sign).toBeGreaterThan(usualFacePolicy.turnedFrom);
        const cosine = await engine.compare(first, template as number, within(5_000));
        expect(cosine).toBeGreaterThan(usualFacePolicy.samePersonFrom);
      }
    }
  });

  test('what the passive filter is worth: it calls these drawings alive, on a phone and on paper too', async () => {
    // Kept as a test so that nobody reads "live" as more than it is: docs/face.md says the same.
    const engine = await shared();
    for (const name of ['jia-front', 'phone', 'print'] as const) {
      const { reading } = await engine.examine(scene(name), BOTH, within(30_000));
      expect(reading.largest?.live).toBeGreaterThan(usualFacePolicy.liveFrom);
    }
  });

  test('a decoded chip photo, three bytes a pixel, is read like its JPEG', async () => {
    const engine = await shared();
    const { default: sharp } = await import('sharp');
    const photo = chip('jia');
    const { data, info } = await sharp(photo.bytes).raw().toBuffer({ resolveWithObject: true });
    const raw = { encoding: 'rgb24', width: info.width, height: info.height, bytes: new Uint8Array(data) } as const;
    const [one, other] = [await templateOf(engine, raw), await templateOf(engine, chip('jia'))];
    expect(await engine.compare(one, other, within(5_000))).toBeGreaterThan(0.999);
  });

  test('bytes that are no picture are said so, and the engine goes on', async () => {
    const engine = await shared();
    const whole = scene('jia-front').bytes;
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 2), fc.uint8Array({ minLength: 1, maxLength: 40 }), async (at, noise) => {
        const broken = Uint8Array.from(whole);
        broken.set(noise.subarray(0, whole.length - at), at);
        const outcome = await engine.examine({ encoding: 'jpeg', bytes: broken }, BOTH, within(30_000)).then(
          ({ reading }) => reading.faces >= 0,
          (error: unknown) => error instanceof UnreadablePictureError && !/[^\x20-\x7e]/.test(error.message),
        );
        expect(outcome).toBe(true);
      }),
      { numRuns: 40 },
    );
    for (const bytes of [new Uint8Array(0), whole.slice(0, 500), new Uint8Array(100_000).fill(0xff)]) {
      await expect(engine.examine({ encoding: 'jpeg', bytes }, BOTH, within(30_000))).rejects.toThrow(
        UnreadablePictureError,
      );
    }
    // Good pictures, and none that a camera sends: the library would open them with another decoder.
    const { default: sharp } = await import('sharp');
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"/>');
    for (const bytes of [svg, await sharp(svg).png().toBuffer(), await sharp(svg).webp().toBuffer()]) {
      const other = { encoding: 'jpeg', bytes: Uint8Array.from(bytes) } as const;
      await expect(engine.examine(other, BOTH, within(30_000))).rejects.toThrow(UnreadablePictureError);
    }
    const lying = { encoding: 'rgb24', width: 60_000, height: 60_000, bytes: new Uint8Array(12) } as const;
    await expect(engine.examine(lying, BOTH, within(30_000))).rejects.toThrow(UnreadablePictureError);
    expect((await engine.examine(scene('yi-front'), BOTH, within(30_000))).reading.faces).toBe(1);
  });

  test('a forgotten template compares with nothing', async () => {
    const engine = await shared();
    const [one, other] = [await templateOf(engine, scene('jia-front')), await templateOf(engine, scene('yi-front'))];
    await engine.forget([one]);
    await expect(engine.compare(one, other, within(5_000))).rejects.toThrow('forgotten');
    await engine.forget('all');
    await expect(engine.compare(other, other, within(5_000))).rejects.toThrow('forgotten');
  });
});

describe.skipIf(missing !== undefined)(`the face engine as a process${missing ? ` (${missing})` : ''}`, () => {
  test('killed in the middle: every call ends as a lost link, and this process lives', async () => {
    const engine = await runningEngine();
    const lost = new Promise<Error>((resolve) => engine.onLost(resolve));
    const calls = [1, 2, 3].map(() => engine.examine(scene('jia-front'), BOTH, within(30_000)));
    const ends = Promise.allSettled(calls);
    process.kill(engine.processId as number, 'SIGSEGV');
    for (const end of await ends) expect(end).toMatchObject({ status: 'rejected', reason: expect.any(LinkLostError) });
    expect((await lost).message).toBe('the face engine ended (SIGSEGV)');
  });

  test('stopped dead: it is found hung by its heartbeat and killed', async () => {
    const engine = await runningEngine();
    const lost = new Promise<Error>((resolve) => engine.onLost(resolve));
    const call = engine.examine(scene('jia-front'), BOTH, within(60_000)).catch((error: unknown) => error);
    process.kill(engine.processId as number, 'SIGSTOP');
    expect((await lost).message).toBe('the face engine hangs');
    expect(await call).toBeInstanceOf(LinkLostError);
  });

  test('a call that is given up ends at once, and the next one is answered', async () => {
    const engine = await runningEngine();
    const controller = new AbortController();
    const call = engine.examine(scene('jia-front'), BOTH, controller.signal);
    controller.abort(new Error('given up'));
    await expect(call).rejects.toThrow('given up');
    expect((await engine.examine(scene('yi-front'), BOTH, within(30_000))).reading.faces).toBe(1);
  });

  test('it has no file open for writing, before and after it saw a face', async () => {
    const engine = await runningEngine();
    const writable = (): string[] => {
      const folder = `/proc/${engine.processId}/fd`;
      return readdirSync(folder)
        .filter((fd) =>
          /^flags:\s+0\d*[12]\d{0}$/m.test(readFileSync(`/proc/${engine.processId}/fdinfo/${fd}`, 'utf8')),
        )
        .map((fd) => readlinkSync(`${folder}/${fd}`))
        .filter((path) => path.startsWith('/') && !path.startsWith('/dev/'));
    };
    // Standard error is the kiosk's own, whatever that is here.
    const before = writable();
    await engine.examine(scene('jia-front'), BOTH, within(30_000));
    expect(writable()).toEqual(before);
    expect(before.filter((path) => path !== readlinkSync('/proc/self/fd/2'))).toEqual([]);
  });

  test('a model file that is not the pinned one is never run', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'yizhan-models-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    for (const { file } of Object.values(MODELS)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      cpSync(join(modelFolder(), file), join(folder, file));
    }
    const { file } = MODELS.liveness;
    const bytes = readFileSync(join(folder, file));
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    writeFileSync(join(folder, file), bytes);
    const engine = new EngineProcess({ clock: systemClock, modelFolder: folder });
    onTestFinished(() => engine.close());
    await expect(engine.started(within(60_000))).rejects.toThrow(
      "the face engine can't run: model/fr_liveness.onnx is not the pinned file",
    );
  });

  test('it says which weights it runs', async () => {
    const engine = new EngineProcess({ clock: systemClock });
    onTestFinished(() => engine.close());
    expect(await engine.started(within(60_000))).toBe(MODEL_MANIFEST_ID);
  });
});
