import { describe, expect, test } from 'vitest';
import { amountOff, badAnswers, huge, withoutMember } from '../../../hardware-sim/parties/bad-answers.ts';
import { Mischief } from '../../../hardware-sim/parties/mischief.ts';
import type { PartyAnswer } from '../../../hardware-sim/parties/party.ts';
import { onBench, post, readyToSettle, textIn } from './parties-bench.ts';

const anything = post('/x', {});
const money = post('/x', { infno: '2207' });

describe('faults wait for their exchange', () => {
  test('a fault meets the exchanges it names, so many times, after so many have passed', () => {
    const mischief = new Mischief(1, 'test');
    mischief.loseAnswer(2, { transaction: '2207', skip: 1 });
    const fate = () => mischief.next(money).fate.answer;
    expect(mischief.next(anything).fate.answer).toBe('deliver');
    expect([fate(), fate(), fate(), fate()]).toEqual(['deliver', 'lose', 'lose', 'deliver']);
    expect(mischief.waiting).toBe(0);
    expect(mischief.hits.get('loseAnswer 2207')).toBe(2);
  });

  test('a path and a method can be named', () => {
    const mischief = new Mischief(1, 'test');
    mischief.loseRequest(1, { path: '/orders', method: 'GET' });
    expect(mischief.next({ ...anything, path: '/v1/orders' }).fate.before).toBe('deliver');
    expect(mischief.next({ ...anything, path: '/v1/orders', method: 'GET' }).fate.before).toBe('lose');
  });

  test('the same seed makes the same noise, another seed another', () => {
    const fates = (seed: number) => {
      const mischief = new Mischief(seed, 'wire');
      mischief.noise({ loseAnswer: 200, doubleRequest: 200, delayAnswer: 200, longestDelayMs: 1_000 });
      const met = Array.from({ length: 200 }, () => JSON.stringify(mischief.next(anything).fate));
      return [...met, ...mischief.hits.keys()];
    };
    expect(fates(3)).toEqual(fates(3));
    expect(fates(3)).not.toEqual(fates(4));
    expect(fates(3)).toEqual(expect.arrayContaining(['loseAnswer /x', 'doubleRequest /x', 'delayAnswer /x']));
  });
});

describe('on a wire', () => {
  function ready() {
    const bench = onBench({ bill: 'example' });
    const { copied } = readyToSettle(bench);
    const request = bench.kiosk.request('2207', { data: copied() });
    const heard: PartyAnswer[] = [];
    const wire = bench.parties.wires.insurance;
    return { ...bench, wire, heard, send: () => wire.carry(request, (answer) => heard.push(answer)) };
  }

  test('a lost request changes nothing, a lost answer does', () => {
    const { wire, heard, send, parties } = ready();
    wire.mischief.loseRequest();
    send();
    expect(parties.ledger.liveClaims()).toHaveLength(0);
    wire.mischief.loseAnswer();
    send();
    expect(parties.ledger.liveClaims()).toHaveLength(1);
    expect(heard).toHaveLength(0);
  });

  test('a late request arrives when nobody listens any more', () => {
    const { wire, heard, send, parties, clock } = ready();
    wire.mischief.delayRequest(90_000);
    send();
    clock.pass(89_999);
    expect(parties.ledger.liveClaims()).toHaveLength(0);
    clock.pass(1);
    expect(parties.ledger.liveClaims()).toHaveLength(1);
    expect(heard).toHaveLength(0);
  });

  test('a late answer is heard late, a doubled request once', () => {
    const { wire, heard, send, clock, parties } = ready();
    wire.mischief.delayAnswer(5_000);
    wire.mischief.doubleRequest();
    send();
    expect(heard).toHaveLength(0);
    clock.pass(5_000);
    expect(heard).toHaveLength(1);
    send();
    clock.pass(100);
    expect(heard).toHaveLength(2);
    expect(parties.ledger.liveClaims()).toHaveLength(1);
  });

  test('something else may answer although the work is done', () => {
    const { wire, heard, send, parties } = ready();
    wire.mischief.answer(1, badAnswers.html502);
    send();
    expect(heard).toMatchObject([{ status: 502 }]);
    expect(parties.ledger.liveClaims()).toHaveLength(1);
  });

  test('a line that asks fateOf and then the party meets the same changes', () => {
    const { wire, kiosk } = ready();
    wire.mischief.answer(1, badAnswers.infcodeOne);
    const request = kiosk.request('5101', {});
    expect(wire.fates.fateOf(request)).toEqual({ before: 'deliver', answer: 'deliver' });
    expect(JSON.parse(textIn(wire.party.handle(request))).infcode).toBe(1);
    expect(JSON.parse(textIn(wire.party.handle(kiosk.request('5101', {})))).infcode).toBe(0);
  });
});

describe('bad answers', () => {
  const answer = (text: string): PartyAnswer => ({ status: 200, headers: {}, body: new TextEncoder().encode(text) });
  const good = answer('{"infcode":0,"output":{"setlinfo":{"psn_cash_pay":190.25,"balc":-0.05,"age":46.0,"n":3}}}');
  const changed = (transform: (given: PartyAnswer, asked: typeof anything) => PartyAnswer) =>
    textIn(transform(good, anything));

  test('amounts become strings, null, blanks, exponents or a third decimal, and nothing else changes', () => {
    const info = (cash: string, balance: string) =>
      `{"infcode":0,"output":{"setlinfo":{"psn_cash_pay":${cash},"balc":${balance},"age":46.0,"n":3}}}`;
    expect(changed(badAnswers.amountsAsStrings)).toBe(info('"190.25"', '"-0.05"'));
    expect(changed(badAnswers.amountsNull)).toBe(info('null', 'null'));
    expect(changed(badAnswers.amountsEmpty)).toBe(info('""', '""'));
    expect(changed(badAnswers.amountsWithExponent)).toBe(info('1.9025e2', '-0.05e0'));
    expect(changed(badAnswers.amountsWithThreeDecimals)).toBe(info('190.255', '-0.055'));
  });

  test('an exponent keeps the value', () => {
    const values = JSON.parse(changed(badAnswers.amountsWithExponent)).output.setlinfo;
    expect(values.psn_cash_pay).toBe(190.25);
    expect(values.balc).toBe(-0.05);
  });

  test('one fen can be wrong', () => {
    expect(JSON.parse(changed(amountOff('psn_cash_pay', 1))).output.setlinfo.psn_cash_pay).toBe(190.26);
    expect(JSON.parse(changed(amountOff('balc', 10))).output.setlinfo.balc).toBe(0.05);
  });

  test('nodes vanish, output becomes text, bodies are cut, huge or a page', () => {
    expect(JSON.parse(changed(withoutMember('setlinfo'))).output).toEqual({});
    expect(typeof JSON.parse(changed(badAnswers.outputAsString)).output).toBe('string');
    expect(() => JSON.parse(changed(badAnswers.truncated))).toThrow(SyntaxError);
    expect(changed(huge(1_000_000))).toHaveLength(1_000_000);
    expect(changed(badAnswers.htmlOk)).toContain('<html>');
  });
});
