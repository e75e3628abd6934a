/** The pipe to the browser: whatever comes out of it, every question settles. */
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BrowserPipe, BrowserSilentError } from '../../provisioning/kiosk-browser/browser-pipe.ts';
import { ManualClock } from '../support/manual-clock.ts';

const WITHIN_MS = 5_000;

function opened() {
  const clock = new ManualClock();
  const toBrowser = new PassThrough();
  const fromBrowser = new PassThrough();
  const pipe = new BrowserPipe(toBrowser, fromBrowser, clock);
  const ask = (method: string) =>
    pipe.ask(method, {}, WITHIN_MS).then(
      (result) => ({ result }),
      (error: unknown) => ({ error }),
    );
  return { clock, toBrowser, fromBrowser, ask };
}

test('answers find their questions in any order and in any pieces, and no timer is left', async () => {
  const { clock, toBrowser, fromBrowser, ask } = opened();
  const both = Promise.all([ask('one'), ask('two')]);
  const asked = String(toBrowser.read());
  expect(
    asked
      .split('\0')
      .slice(0, 2)
      .map((text) => JSON.parse(text).id),
  ).toEqual([1, 2]);
  const bytes = Buffer.from('{"method":"event"}\0{"id":2,"result":"第二"}\0{"id":1,"result":"第一"}\0');
  for (const byte of bytes) fromBrowser.write(Buffer.of(byte));
  expect(await both).toEqual([{ result: '第一' }, { result: '第二' }]);
  expect(clock.waiting).toBe(0);
});

test('a refusal, a deadline and the end of the pipe each settle what is asked', async () => {
  const { clock, fromBrowser, ask } = opened();
  const refused = ask('refused');
  fromBrowser.write('{"id":1,"error":{"message":"Not allowed"}}\0');
  expect(await refused).toEqual({ error: new BrowserSilentError('Not allowed') });
  const late = ask('late');
  await clock.pass(WITHIN_MS);
  expect(await late).toEqual({ error: new BrowserSilentError('late: no answer') });
  const cut = ask('cut');
  fromBrowser.destroy();
  expect(await cut).toEqual({ error: new BrowserSilentError('the pipe ended') });
  expect(await ask('after')).toEqual({ error: new BrowserSilentError('the pipe ended') });
  expect(clock.waiting).toBe(0);
});

test('any bytes settle every question by its deadline', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.oneof(
          fc.uint8Array({ maxLength: 40 }),
          fc.json().map((text) => Buffer.from(`${text}\0`)),
        ),
      ),
      async (pieces) => {
        const { clock, fromBrowser, ask } = opened();
        const asked = ask('anything');
        for (const piece of pieces) fromBrowser.write(piece);
        await clock.pass(WITHIN_MS);
        await asked;
        expect(clock.waiting).toBe(0);
      },
    ),
    { numRuns: 50 },
  );
});
