/** The second screen's start: opens the line, draws what the runtime says, synchronously. */
import { render } from 'preact';
import { beat } from '../heartbeat.ts';
import { QueueBoard } from './board.tsx';
import { type Board, BoardLine } from './board-line.ts';
import { playClip } from './clip-player.ts';

const element = document.getElementById('stage');
if (!element) throw new Error('index.html lost its stage.');
element.replaceChildren();

function draw(board: Board): void {
  if (!element) return;
  element.dataset['board'] = board.kind;
  element.dataset['viewId'] = board.kind === 'view' ? board.view.id : '';
  render(<QueueBoard board={board} />, element);
}

draw({ kind: 'starting' });
new BoardLine(`ws://${location.host}/queue`, draw, playClip);
document.addEventListener('contextmenu', (event) => event.preventDefault());
beat();
