/**
 * What the panel shows while nothing answers at the screen's address: the kiosk page's own first words, and from the
 * twentieth second on that it is out of service. It holds no button and no script; the change is the style's.
 *
 * One promise: it can be read on a machine without a Chinese font: its words are outlines of the project's own.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

interface Font {
  readonly ascent: number;
  readonly descent: number;
  layout(text: string): {
    readonly glyphs: readonly { readonly advanceWidth: number; readonly path: { toSVG(): string } }[];
  };
}

/** As long as the kiosk page hopes (`kiosk-ui/connection.ts`). */
const GIVE_UP_HOPE_S = 20;

const STYLE = `
html,body{margin:0;height:100%;background:#f4f6f8}
main{position:absolute;inset:0;display:flex;flex-direction:column;justify-content:center;align-items:center;gap:2vmin}
svg{fill:#10202e;max-width:92vw;overflow:visible}.big{height:14vmin}.small{height:7.5vmin}
.hope{animation:go 0s ${GIVE_UP_HOPE_S}s forwards}.lost{visibility:hidden;animation:come 0s ${GIVE_UP_HOPE_S}s forwards}
@keyframes go{to{visibility:hidden}}@keyframes come{to{visibility:visible}}`;

/** A `data:` address: it needs no server, and nothing on the disk. @throws Error when the project's font is not there. */
export function waitingPage(): string {
  const big = outlinesIn('Bold', 'big');
  const small = outlinesIn('Regular', 'small');
  const html = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>医站</title><style>${STYLE}</style><body>
<main class="hope">${big('正在启动')}${big('Starting')}</main>
<main class="lost">${big('暂停服务')}${small('请到人工窗口办理，')}${small('工作人员会帮您')}
${big('Out of service')}${small('Please go to the counter.')}${small('Our staff will help you')}</main></body></html>`;
  return `data:text/html;charset=utf-8;base64,${Buffer.from(html).toString('base64')}`;
}

function outlinesIn(weight: 'Regular' | 'Bold', size: 'big' | 'small'): (text: string) => string {
  const require = createRequire(import.meta.url);
  const library = require('fontkit') as { openSync(file: string): Font };
  const folder = join(dirname(require.resolve('@embedpdf/fonts-sc')), '..', 'fonts');
  const font = library.openSync(join(folder, `NotoSansHans-${weight}.otf`));
  return (text) => {
    let x = 0;
    const paths = font.layout(text).glyphs.map(({ advanceWidth, path }) => {
      const left = x;
      x += advanceWidth;
      return `<path transform="translate(${left} ${font.ascent}) scale(1 -1)" d="${path.toSVG()}"/>`;
    });
    const box = `0 0 ${x} ${font.ascent - font.descent}`;
    return `<svg class="${size}" viewBox="${box}" role="img" aria-label="${text}">${paths.join('')}</svg>`;
  };
}
