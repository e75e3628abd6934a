/** Every sentence of the patient screen: complete, plain, and with a way on. */
import { describe, expect, expectTypeOf, test } from 'vitest';
import { type ReasonId, reasons } from '../../firmware/reasons.ts';
import { date, fill, money, reasonText, tables } from '../../kiosk-ui/text/fill.ts';
import type { ReasonKey } from '../../kiosk-ui/text/text-table.ts';

const { zh, en } = tables;

/** All strings of a table with the path to each. */
function sentences(value: unknown, path = ''): { readonly path: string; readonly text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  return Object.entries(value as object).flatMap(([key, part]) =>
    sentences(part, path === '' ? key : `${path}.${key}`),
  );
}

/** Words of a program, words that blame, words that sell, and self-made forms of the sign (4.11, SZ-71, Z-8.2.1.2). */
const FORBIDDEN = {
  zh: /系统异常|系统错误|异常|报错|故障|非法|违规|错误操作|操作错误|操作不当|您错|你|失败|无效|拒绝|严禁|必须|不得|医保定点|超时|网络|接口|服务器|数据|优惠|推荐/,
  en: /\berror\b|exception|invalid|illegal|fail|wrong|fault|timeout|server|network|must not|forbidden|sorry|oops|your mistake/i,
};

describe('sentences', () => {
  test('every reason of the firmware has its sentences in both languages, and no other has', () => {
    expectTypeOf<ReasonKey>().toEqualTypeOf<ReasonId>();
    expect(Object.keys(zh.reasons).sort()).toEqual(Object.keys(reasons).sort());
    expect(Object.keys(en.reasons).sort()).toEqual(Object.keys(reasons).sort());
  });

  test('both languages say the same things and need the same values', () => {
    const shape = (table: object) =>
      sentences(table).map(({ path, text }) => `${path} ${[...text.matchAll(/\{\w+\}/g)].sort().join()}`);
    expect(shape(en)).toEqual(shape(zh));
  });

  test('[Z-8.2.1.2] no sentence blames, sells or speaks like a program', () => {
    const found = [
      ...sentences(zh).filter(({ text }) => FORBIDDEN.zh.test(text)),
      ...sentences(en).filter(({ text }) => FORBIDDEN.en.test(text)),
    ];
    expect(found).toEqual([]);
    expect(FORBIDDEN.zh.test('系统异常,请重试')).toBe(true);
    expect(FORBIDDEN.en.test('Invalid card')).toBe(true);
  });

  test('[Z-8.2.1.2] each reason says what happened, what to do and with what help', () => {
    for (const [id, { what, act }] of Object.entries(zh.reasons)) {
      expect(what, id).toMatch(/^[^。]{4,16}$/);
      expect(act, id).toMatch(/请|可以|不用/);
      expect(act, id).toMatch(/。$/);
      // An action: something a hand or a foot can do now.
      expect(act, id).toMatch(/插|放|到|来|等|扫|看|用|补|办|问|取|刷新/);
    }
    for (const [id, { what, act }] of Object.entries(en.reasons)) {
      expect(what, id).toMatch(/^[A-Z].*[^.!]$/);
      expect(act, id).toMatch(
        /^(Take|Insert|Make|Refresh|Open|Go|Use|Pay|Try|Ask|Talk|Come|No need|Start|Look|Scan|Wait)\b.*\.$/,
      );
    }
    expect(zh.place).toContain('工作人员');
    expect(en.place).toContain('Staff');
  });

  test('who is sent to a person is sent to the counter by name', () => {
    for (const [id, { patientCan }] of Object.entries(reasons)) {
      if (patientCan !== 'window') continue;
      expect(reasonText(zh, id).act, id).toMatch(/窗口|自费|诊室|再办/);
    }
    const toWindow = Object.entries(reasons).filter(([, { patientCan }]) => patientCan === 'window');
    expect(toWindow.filter(([id]) => reasonText(zh, id).act.includes('窗口')).length).toBe(toWindow.length);
    expect(toWindow.filter(([id]) => /counter/.test(reasonText(en, id).act)).length).toBe(toWindow.length);
  });

  test('Chinese is written with Chinese punctuation and without emoji', () => {
    const found = sentences(zh).filter(({ text }) => /[\u4e00-\u9fff}][,?!;:]|\p{Extended_Pictographic}/u.test(text));
    expect(found).toEqual([]);
  });

  test('the parts of a bill are said in plain words', () => {
    expect(zh.parts.own.plain).toBe('您要付的钱');
    expect(zh.parts.basic.plain).toBe('医保付的钱');
  });
});

describe('values in sentences', () => {
  test('money has two decimals whatever it is', () => {
    expect([0, 5, 100, 1_327_496, -250].map((fen) => money(zh, fen))).toEqual([
      '0.00 元',
      '0.05 元',
      '1.00 元',
      '13274.96 元',
      '-2.50 元',
    ]);
    expect(money(en, 1205)).toBe('¥12.05');
  });

  test('dates are written out; what is no date stays as it came', () => {
    expect(date(zh, '2026-03-05')).toBe('2026年3月5日');
    expect(date(en, '2026-03-05')).toBe('5 Mar 2026');
    expect(date(zh, '2026-13-05')).toBe('2026-13-05');
    expect(date(zh, '昨天')).toBe('昨天');
  });

  test('a sentence without its value throws, and a reason nobody knows is still said in full', () => {
    expect(() => fill('请到{window}', {})).toThrow(/window/);
    expect(reasonText(zh, 'constructor')).toBe(zh.reasons.unexpected);
  });
});
