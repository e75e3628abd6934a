/** The workbench page's start: opens the line to the hall and draws what it says. */
import { render } from 'preact';
import { App } from './app.tsx';
import { HallLine, type View } from './hall-line.ts';

const place = document.getElementById('bench');
if (!place) throw new Error('index.html lost its bench.');
const bench: HTMLElement = place;

const line = new HallLine(`ws://${location.host}/hall`, draw);

let shown: View | undefined;
addEventListener('hashchange', () => shown && draw(shown));

function draw(view: View): void {
  shown = view;
  bench.dataset['line'] = view.open ? 'open' : 'lost';
  render(<App view={view} ask={line.ask} isCashier={location.hash === '#cashier'} />, bench);
}
