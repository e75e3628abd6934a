/**
 * What the panel shows while nothing answers at the screen's address: the kiosk page's own first words, and from the
 * twentieth second on that it is out of service. It holds no button and no script; the change is the style's.
 */

/** As long as the kiosk page hopes (`kiosk-ui/connection.ts`). */
const GIVE_UP_HOPE_S = 20;

const STYLE = `
html,body{margin:0;height:100%;background:#f4f6f8;color:#10202e;font-family:"Noto Sans CJK SC","Noto Sans SC",sans-serif}
main{position:absolute;inset:0;display:flex;flex-direction:column;justify-content:center;align-items:center;gap:4vmin;
text-align:center;padding:0 6vmin}
p{margin:0}.big{font-size:9vmin;font-weight:700}.small{font-size:4.6vmin}
.hope{animation:go 0s ${GIVE_UP_HOPE_S}s forwards}.lost{visibility:hidden;animation:come 0s ${GIVE_UP_HOPE_S}s forwards}
@keyframes go{to{visibility:hidden}}@keyframes come{to{visibility:visible}}`;

const HTML = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>医站</title><style>${STYLE}</style><body>
<main class="hope"><p class="big">正在启动</p><p class="big" lang="en">Starting</p></main>
<main class="lost"><p class="big">暂停服务</p><p class="small">请到人工窗口办理，工作人员会帮您</p>
<p class="big" lang="en">Out of service</p><p class="small" lang="en">Please go to the counter. Our staff will help you</p>
</main></body></html>`;

/** A `data:` address: it needs no server, and nothing on the disk. */
export const WAITING_PAGE = `data:text/html;charset=utf-8,${encodeURIComponent(HTML)}`;
