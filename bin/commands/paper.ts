/** `yizhan paper`: what a stream of ESC/POS bytes would put on paper. */
import { readFileSync, writeFileSync } from 'node:fs';
import { type Command, printJson, readWords, say, UsageError } from '../command.ts';

export const command: Command = {
  help: `yizhan paper FILE [--text] [--svg OUT] [--json]

Decodes an ESC/POS byte stream, whoever made it. FILE "-" reads standard input.

  --text      the lines of the paper, as text (the default)
  --svg OUT   draw the paper with real glyphs into the file OUT
  --json      {"lines","cuts","symbols","images","unknown"} as the last line`,

  async run(words) {
    const { values, positionals } = readWords(words, {
      text: { type: 'boolean' },
      svg: { type: 'string' },
      json: { type: 'boolean' },
    });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new UsageError('Give one file, or "-" for standard input.');
    let bytes: Uint8Array;
    try {
      bytes = readFileSync(file === '-' ? 0 : file);
    } catch (error) {
      throw new UsageError(`${file} can't be read: ${error instanceof Error ? error.message : String(error)}`);
    }
    const { decodePaper } = await import('../../hardware-sim/devices/receipt-printer/paper-decode.ts');
    const paper = decodePaper(bytes);
    if (values.svg !== undefined) {
      const { rollSvg } = await import('../../hardware-sim/devices/receipt-printer/paper-svg.ts');
      writeFileSync(values.svg, rollSvg(paper.sheets));
      say(`drawn: ${values.svg}`);
    }
    if (values.text === true || values.json !== true) process.stdout.write(`${paper.lines.join('\n')}\n`);
    if (paper.unknown > 0) say(`${paper.unknown} bytes belong to no command that is known here.`);
    const { lines, cuts, symbols, images, unknown } = paper;
    if (values.json === true) printJson({ lines, cuts, symbols, images, unknown });
    return 0;
  },
};
