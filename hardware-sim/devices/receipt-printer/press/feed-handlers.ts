/** Commands that end lines, move the paper and cut it. */
import { byteAt, choiceAt } from './arguments.ts';
import type { Handler } from './handlers.ts';

/** From the head to the knife, dots: what `GS V 65/66` feed before they cut. */
const HEAD_TO_KNIFE_DOTS = 96;

export const feedHandlers: Readonly<Record<string, Handler>> = {
  LF: (press) => void press.endLine(),
  CR: (press) => {
    if (press.options.carriageReturnFeeds) press.endLine();
    return undefined;
  },
  'ESC J': (press, args) => void press.endLineAndFeed(Math.round(byteAt(args, 0) * press.state.unitY)),
  'ESC d': (press, args) => void press.endLineAndFeed(byteAt(args, 0) * press.state.lineSpacing),
  'ESC K': (press, args) => {
    press.endLineAndFeed(0);
    press.endLineAndFeed(-Math.round(byteAt(args, 0) * press.state.unitY));
    return undefined;
  },
  'ESC e': (press, args) => {
    press.endLineAndFeed(0);
    press.endLineAndFeed(-byteAt(args, 0) * press.state.lineSpacing);
    return undefined;
  },
  'GS FF': (press) => {
    if (!press.lineEmpty) press.endLine();
    return undefined;
  },
  'GS V': (press, args) => {
    const how = byteAt(args, 0);
    const feed = Math.round(byteAt(args, 1) * press.state.unitY);
    if (!press.lineEmpty || press.page) return 'outOfRange';
    if ([0, 48].includes(how)) press.cut('full', 0);
    else if ([1, 49].includes(how)) press.cut('partial', 0);
    else if ([65, 97, 103].includes(how)) press.cut('full', HEAD_TO_KNIFE_DOTS + feed);
    else if ([66, 98, 104].includes(how)) press.cut('partial', HEAD_TO_KNIFE_DOTS + feed);
    else return 'outOfRange';
    return undefined;
  },
  'ESC i': (press) => (press.lineEmpty ? void press.cut('full', 0) : 'outOfRange'),
  'ESC m': (press) => (press.lineEmpty ? void press.cut('partial', 0) : 'outOfRange'),
  'FS } 60': (press, args) => void press.cut(choiceAt(args, 0) === 1 ? 'partial' : 'full', 0),
};
