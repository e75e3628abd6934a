/** The paper as a picture: straight columns, real outlines, and no way in for markup. */
import { describe, expect, test } from 'vitest';
import { glyphOutlines } from '../../../../hardware-sim/devices/receipt-printer/drawing/glyph-outlines.ts';
import { decodePaper } from '../../../../hardware-sim/devices/receipt-printer/paper-decode.ts';
import { paperSvg, rollSvg } from '../../../../hardware-sim/devices/receipt-printer/paper-svg.ts';
import { hex } from './printer-bench.ts';

const svgOf = (bytes: Uint8Array): string => rollSvg(decodePaper(bytes).sheets);

/** Left edges of all characters that are drawn with one outline, rounded to dots. */
function places(svg: string, id: string): number[] {
  return [...svg.matchAll(new RegExp(`href="#${id}" transform="translate\\(([0-9.]+) `, 'g'))].map((found) =>
    Math.round(Number(found[1])),
  );
}

describe('characters', () => {
  test('the same character in the same column stands at the same dot in every row', () => {
    // Chinese, Latin and blanks in front of the same letter in column 10.
    const rows = ['D2BDD4BAD2BDD4BAD2BD', '41424344454647484950', '20202020202020202020'];
    const svg = svgOf(hex(rows.map((row) => `${row} 5A 0A`).join(' ')));
    const outline = glyphOutlines.outline('Z', 'Regular').path;
    const id = new RegExp(`<path id="(\\w+)" d="${outline}"`).exec(svg)?.[1] ?? '';
    const found = places(svg, id);
    expect(found).toHaveLength(3);
    expect(new Set(found).size).toBe(1);
  });

  test('rare names have outlines of their own, a character the font lacks has the empty box', () => {
    const box = glyphOutlines.outline('\u{10FFFF}', 'Regular').path;
    for (const character of '䶮㛃医院') {
      expect(glyphOutlines.outline(character, 'Regular').path.length).toBeGreaterThan(200);
      expect(glyphOutlines.outline(character, 'Regular').path).not.toBe(box);
    }
  });

  test('bold is another outline, inverse stands white on black', () => {
    const svg = svgOf(hex('1D 42 01 1B 45 01 D2 BD 0A'));
    expect(svg).toContain(glyphOutlines.outline('医', 'Bold').path);
    expect(svg).toMatch(/<path d="M0 0h24v24h-24z"\/><use [^>]*fill="#fff"/);
  });
});

describe('safety', () => {
  test('printed markup never becomes markup of the picture', () => {
    const attack = '</svg><script>alert(1)</script>"\'&<img src=x onerror=1>';
    const qr = Buffer.concat([
      hex(`1D 28 6B ${(attack.length + 3).toString(16)} 00 31 50 30`),
      Buffer.from(attack),
      hex('1D 28 6B 03 00 31 51 30'),
    ]);
    const code = Buffer.concat([hex(`1D 48 02 1D 6B 4B 10`), Buffer.from('<b onload="x">&;')]);
    const svg = svgOf(Buffer.concat([Buffer.from(`${attack}\n`), qr, code]));
    expect(svg).not.toMatch(/script|onerror|onload|alert|<img|<b/);
    expect([...svg.matchAll(/<([a-zA-Z]+)/g)].map((found) => found[1])).toEqual(
      expect.not.arrayContaining(['script', 'img', 'b', 'text', 'foreignObject']),
    );
  });
});

describe('figures', () => {
  test('a picture is drawn dot for dot', () => {
    const svg = svgOf(hex('1D 76 30 00 01 00 02 00 F0 0F'));
    expect(svg).toContain('d="M0 0h4v1h-4zM4 1h4v1h-4z"');
  });

  test('a QR code of version 1 has its three corners', () => {
    const [sheet] = decodePaper(
      hex('1D 28 6B 04 00 31 50 30 41 1D 28 6B 03 00 31 43 04 1D 28 6B 03 00 31 51 30'),
    ).sheets;
    const [mark] = sheet?.lines[0]?.marks ?? [];
    expect(mark).toMatchObject({ type: 'qr', width: 84, height: 84 });
    const modules = mark?.kind === 'symbol' ? (mark.modules ?? []) : [];
    const corner = (x: number, y: number): string =>
      modules
        .slice(y, y + 7)
        .map((row) =>
          row
            .slice(x, x + 7)
            .map((dark) => (dark ? '#' : '.'))
            .join(''),
        )
        .join('\n');
    expect(corner(0, 0)).toBe('#######\n#.....#\n#.###.#\n#.###.#\n#.###.#\n#.....#\n#######');
    expect(corner(14, 0)).toBe(corner(0, 0));
    expect(corner(0, 14)).toBe(corner(0, 0));
  });

  test('EAN-13 and Code 128 have the bars of their published examples', () => {
    const bars = (bytes: string): string => {
      const [sheet] = decodePaper(hex(bytes)).sheets;
      const [mark] = sheet?.lines[0]?.marks ?? [];
      return mark?.kind === 'symbol' ? (mark.modules?.[0] ?? []).map((dark) => (dark ? 1 : 0)).join('') : '';
    };
    // 5901234123457, the example that every description of EAN-13 draws.
    expect(bars('1D 6B 43 0C 35 39 30 31 32 33 34 31 32 33 34 35')).toBe(
      '10100010110100111011001100100110111101001110101010110011011011001000010101110010011101000100101',
    );
    // "PJJ123C" in set A with its check character 55: ISO/IEC 15417's widely copied example.
    const code128 = bars('1D 6B 49 09 7B 41 50 4A 4A 31 32 33 43');
    expect(code128.slice(0, 22)).toBe('1101000010011101110110');
    expect(code128.endsWith('1100011101011')).toBe(true);
    expect(code128.slice(-24, -13)).toBe('11101011000');
  });

  test('two sheets on one page keep their outlines apart', () => {
    const svg = svgOf(hex('41 0A 1D 56 00 42 0A 1D 56 00'));
    const ids = [...svg.matchAll(/ id="([^"]+)"/g)].map((found) => found[1]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('a line that the end of the paper cut off is shown only as far as it was burnt', () => {
    const sheet = decodePaper(hex('41 0A')).sheets[0] ?? expect.fail('no sheet');
    const line = sheet.lines[0] ?? expect.fail('no line');
    const cutOff = { ...sheet, lines: [{ ...line, whole: false, burnt: 10 }] };
    expect(paperSvg(cutOff)).toContain('<path d="M0 0h576v10h-576z"/></clipPath>');
  });
});
