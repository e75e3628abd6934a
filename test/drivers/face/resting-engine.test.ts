import { expect, onTestFinished, test } from 'vitest';
import { RestingEngine } from '../../../drivers/face/resting-engine.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { ScriptedEngine } from './scripted-engine.ts';

const BOTH = { template: true, liveness: true };
const never = new AbortController().signal;
const picture = () => ({ encoding: 'jpeg', bytes: new Uint8Array(4) }) as const;

function onBench() {
  const clock = new ManualClock();
  const started: ScriptedEngine[] = [];
  const closed: ScriptedEngine[] = [];
  let broken = false;
  const engine = new RestingEngine({
    clock,
    restAfterMs: 60_000,
    start: () => {
      const made = new ScriptedEngine();
      made.broken = broken;
      const close = made.close.bind(made);
      made.close = () => {
        closed.push(made);
        return close();
      };
      started.push(made);
      return made;
    },
  });
  const losses: string[] = [];
  engine.onLost((error) => losses.push(error.message));
  onTestFinished(() => engine.close());
  const breakIt = (): void => {
    broken = true;
  };
  return { clock, engine, started, closed, losses, breakIt };
}

test('left alone it rests, and the next look starts it again: whoever uses it sees one engine', async () => {
  const { clock, engine, started, closed, losses } = onBench();
  expect(await engine.started(never)).toBe('scripted-1');
  await clock.pass(59_000);
  expect([engine.resting, closed.length]).toEqual([false, 0]);
  await clock.pass(2_000);
  expect([engine.resting, closed.length]).toEqual([true, 1]);
  expect((await engine.examine(picture(), BOTH, never)).reading.faces).toBe(1);
  expect([started.length, losses]).toEqual([2, []]);
});

test('looks keep it awake, and who prepares it has it loaded before the first look', async () => {
  const { clock, engine, started } = onBench();
  await engine.started(never);
  for (let look = 0; look < 5; look += 1) {
    await clock.pass(50_000);
    await engine.examine(picture(), BOTH, never);
  }
  expect(started).toHaveLength(1);
  await clock.pass(61_000);
  expect(engine.resting).toBe(true);
  engine.prepare();
  expect(engine.resting).toBe(false);
  await engine.examine(picture(), BOTH, never);
  expect(started).toHaveLength(2);
});

test('resting, it has forgotten every template, and says so', async () => {
  const { clock, engine, started } = onBench();
  await engine.started(never);
  const { template } = await engine.examine(picture(), BOTH, never);
  await clock.pass(61_000);
  expect(started[0]?.templates.size).toBe(0);
  await expect(engine.compare(template as number, template as number, never)).rejects.toThrow('forgotten');
  await expect(engine.forget('all')).resolves.toBeUndefined();
});

test('an end that nobody ordered is a loss, told once; its own resting is none', async () => {
  const { clock, engine, started, losses } = onBench();
  await engine.started(never);
  started[0]?.crash();
  await clock.drain();
  expect(losses).toEqual(['the engine ended (SIGSEGV)']);
  await expect(engine.examine(picture(), BOTH, never)).rejects.toThrow('SIGSEGV');
});

test('a start that fails after a rest ends the look with a lost link', async () => {
  const { clock, engine, breakIt } = onBench();
  await engine.started(never);
  await clock.pass(61_000);
  breakIt();
  await expect(engine.examine(picture(), BOTH, never)).rejects.toThrow('no engine here');
});

test('who gives up while it is being loaded is told at once, and nothing was looked at', async () => {
  const { clock, engine, started } = onBench();
  await engine.started(never);
  await clock.pass(61_000);
  const gaveUp = new AbortController();
  const look = engine.examine(picture(), BOTH, gaveUp.signal);
  gaveUp.abort(new Error('given up'));
  await expect(look).rejects.toThrow('given up');
  expect(started.at(-1)?.pictures).toEqual([]);
});

test('closed, it leaves no timer behind', async () => {
  const { clock, engine } = onBench();
  await engine.started(never);
  await engine.close();
  expect(clock.waiting).toBe(0);
});
