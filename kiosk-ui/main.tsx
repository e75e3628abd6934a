/** The page's start: finds its stage, opens the line, draws what the firmware says, synchronously. */
import { render } from 'preact';
import { App } from './app.tsx';
import { Connection, type View } from './connection.ts';
import { HeadsetReader } from './headset/headset-reader.ts';
import { onHeadsetKeys } from './headset/key-codes.ts';
import { beat } from './heartbeat.ts';
import { Stage } from './stage.ts';
import { wearTrialWords } from './text/trial-words.ts';
import { undressed } from './theme.ts';
import { builtClips } from './voice/clips.ts';
import { PromptPlayer } from './voice/prompt-player.ts';

const element = document.getElementById('stage');
if (!element) throw new Error('index.html lost its stage.');

element.replaceChildren();
let view: View = { kind: 'starting', moneyAt: undefined };
const parameters = new URLSearchParams(location.search);
const words = parameters.get('words');
if (words === 'long' || words === 'right') wearTrialWords(words);
const stage = new Stage(element, parameters, draw);
const prompts = new PromptPlayer(builtClips);
const reader = new HeadsetReader(element, (message) => connection.say(message));
const connection = new Connection(
  `ws://${location.host}/screen`,
  (next) => {
    view = next;
    draw();
  },
  (message) => reader.hears(message),
);

function draw(): void {
  stage.dress(view.kind === 'screen' ? view.screen.settings : undressed);
  stage.element.dataset['screen'] = view.kind === 'screen' ? view.screen.body.name : view.kind;
  stage.element.dataset['screenId'] = view.kind === 'screen' ? view.screen.id : '';
  render(<App view={view} send={connection.send} layout={stage.layout} />, stage.element);
  const screen = view.kind === 'screen' ? view.screen : undefined;
  prompts.drawn(screen);
  reader.drawn(screen);
}

onHeadsetKeys(
  () => view.kind === 'screen' && view.screen.voice.headset,
  (key) => reader.press(key),
);
// A list that turns its page, or a key that was typed, is drawn by its own part: the reader looks when all is drawn.
new MutationObserver(() => reader.lookAgain()).observe(element, {
  subtree: true,
  childList: true,
  characterData: true,
});
addEventListener('pointerdown', () => prompts.hush(), { capture: true });
document.addEventListener('contextmenu', (event) => event.preventDefault());
beat();
