/** How a kiosk's Chromium is started: what no policy can say, each with its reason. */

export interface StartFlag {
  readonly flag: string;
  readonly why: string;
}

export const START_FLAGS: readonly StartFlag[] = [
  { flag: '--kiosk', why: 'the whole panel: no address bar, no tabs, no frame' },
  { flag: '--no-first-run', why: 'no welcome page' },
  { flag: '--noerrdialogs', why: 'no box over the page' },
  { flag: '--disable-session-crashed-bubble', why: 'no question whether to restore' },
  { flag: '--hide-crash-restore-bubble', why: 'the same in newer editions' },
  { flag: '--disable-hang-monitor', why: 'no "page unresponsive" box: the keeper sees to it' },
  { flag: '--disable-breakpad', why: 'a crash report holds what was on the page' },
  { flag: '--autoplay-policy=no-user-gesture-required', why: 'voice prompts speak before the first touch' },
  { flag: '--overscroll-history-navigation=0', why: 'no swipe back out of the page' },
  { flag: '--disable-pinch', why: 'two fingers enlarge nothing: the text size is a key of the page' },
  { flag: '--disable-features=Translate,TouchpadOverscrollHistoryNavigation,MediaRouter', why: 'no bar, no swipe' },
  { flag: '--disable-background-timer-throttling', why: 'the page’s beat goes on behind a dark panel' },
  { flag: '--disable-renderer-backgrounding', why: 'the same' },
  { flag: '--disable-backgrounding-occluded-windows', why: 'the same' },
  { flag: '--disable-background-networking', why: 'nothing goes out by itself' },
  { flag: '--disable-component-update', why: 'updates come signed, by the kiosk’s own way' },
  { flag: '--disable-sync', why: 'nothing goes out by itself' },
  { flag: '--disable-extensions', why: 'Debian’s start script loads those of the machine' },
  { flag: '--disk-cache-size=1', why: 'the page comes from the same machine; nothing is kept' },
  { flag: '--password-store=basic', why: 'no question for a keyring' },
  // Our own end of it: two inherited pipes, no port that anybody else could open.
  { flag: '--remote-debugging-pipe', why: 'the keeper asks for the page’s title and opens it anew' },
];
