/**
 * A program of the system whose lines a driver reads: started, listened to, ended.
 *
 * One promise: its end is told once, with its own last words, and no child outlives
 * its `stop`.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Clock } from './ports.ts';

/** A tool that does not go when it is asked to is killed, ms. */
const GOES_MS = 500;
/**
 * util-linux: has the kernel end the child when this process is killed. Without it an orphan would hold a GPIO line
 * against the kiosk that is started next.
 */
const SETPRIV = '/usr/bin/setpriv';

/** One child, from its start to its end. */
export class LineTool {
  readonly name: string;
  /** Settles when the child is gone, however that came. */
  readonly ended: Promise<void>;
  readonly #child: ChildProcess;
  readonly #overListeners = new Set<() => void>();
  #stopping = false;
  #over = false;
  /** Why it ended: the tool's own complaint, or its exit. */
  lastWords = '';

  /** @param debianPackage what to install when there is no such program */
  constructor(program: string, words: readonly string[], debianPackage: string, input = '') {
    const missing = `not installed: Debian package ${debianPackage}`;
    this.name = program.split('/').pop() ?? program;
    const bound = existsSync(SETPRIV);
    const command = bound ? [SETPRIV, '--pdeathsig', 'KILL', program, ...words] : [program, ...words];
    this.#child = spawn(command[0] ?? program, command.slice(1), { stdio: ['pipe', 'pipe', 'pipe'] });
    // A program that ended before it read everything closes the pipe; its end is told on its own.
    this.#child.stdin?.on('error', () => undefined);
    this.#child.stdin?.end(input);
    this.ended = new Promise((resolve) => {
      this.#child.once('close', () => resolve());
      this.#child.once('error', () => resolve());
    });
    this.#child.stdout?.setEncoding('utf8');
    this.#child.stderr?.setEncoding('utf8');
    this.#child.stderr?.on('data', (text: string) => {
      this.lastWords = (this.lastWords + text).slice(0, 120).trim();
    });
    this.#child.on('error', (error: NodeJS.ErrnoException) =>
      this.#end(error.code === 'ENOENT' ? missing : 'not started'),
    );
    // setpriv ends so when there is no such program, as shells do.
    this.#child.on('close', (code, signal) => this.#end(code === 127 ? missing : (signal ?? `exit ${code}`)));
  }

  get processId(): number | undefined {
    return this.#child.pid;
  }

  get over(): boolean {
    return this.#over;
  }

  onText(listener: (text: string) => void): void {
    this.#child.stdout?.on('data', listener);
  }

  /** Anything on its standard error, as it comes. */
  onComplaint(listener: () => void): void {
    this.#child.stderr?.on('data', listener);
  }

  /** Not told for an end that was asked for by `stop`. */
  onOver(listener: () => void): void {
    if (this.#over) queueMicrotask(listener);
    else this.#overListeners.add(listener);
  }

  async stop(clock: Clock): Promise<void> {
    if (this.#over) return;
    this.#stopping = true;
    this.#child.kill('SIGTERM');
    const cancel = clock.timer(GOES_MS, () => this.#child.kill('SIGKILL'));
    await this.ended;
    cancel();
  }

  #end(why: string): void {
    if (this.#over) return;
    this.#over = true;
    if (this.lastWords === '' || why.startsWith('not installed')) this.lastWords = why;
    if (!this.#stopping) for (const listener of [...this.#overListeners]) listener();
    this.#overListeners.clear();
  }
}

/** Cuts a stream into lines; one that is longer than `longest` characters is dropped whole. */
export class LineCutter {
  readonly #longest: number;
  #line = '';
  #dropping = false;

  constructor(longest: number) {
    this.#longest = longest;
  }

  push(text: string): string[] {
    const lines: string[] = [];
    for (const piece of text.split(/(\n)/)) {
      if (piece === '\n') {
        if (!this.#dropping) lines.push(this.#line);
        this.#line = '';
        this.#dropping = false;
      } else if (this.#dropping || this.#line.length + piece.length > this.#longest) {
        this.#line = '';
        this.#dropping = true;
      } else {
        this.#line += piece;
      }
    }
    return lines;
  }
}
