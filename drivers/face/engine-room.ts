/**
 * The inside of the engine's child: examines, compares, forgets.
 *
 * It knows no process and no library; the child's entry gives it both. One
 * promise: every request gets one reply, every decoded picture and every picture
 * that was sent is zero before that, and no reply quotes either.
 */
import { type EngineReply, type EngineRequest, LONGEST_PICTURE, MOST_TEMPLATES } from './engine-messages.ts';
import { examinePicture, type RunModel } from './face-chain.ts';
import { type PictureBytes, type TemplateHandle, UnreadablePictureError } from './face-engine.ts';
import { cosine } from './face-geometry.ts';
import type { Raster } from './raster.ts';

export interface EngineParts {
  readonly run: RunModel;
  /** @throws UnreadablePictureError */
  readonly decode: (picture: PictureBytes) => Promise<Raster>;
}

export class EngineRoom {
  readonly #parts: EngineParts;
  readonly #send: (reply: EngineReply) => void;
  readonly #templates = new Map<TemplateHandle, Float32Array>();
  #turn: Promise<void> = Promise.resolve();
  /** The picture that is looked at now; `beganMs` in processor time. */
  #look: { readonly id: number; readonly beganMs: number } | undefined;

  constructor(parts: EngineParts, send: (reply: EngineReply) => void) {
    this.#parts = parts;
    this.#send = send;
  }

  /** How many templates are held. */
  get templates(): number {
    return this.#templates.size;
  }

  /** One request after the other: two pictures at once would only take twice the memory. */
  take(request: EngineRequest): void {
    // Alive is answered out of turn: a long examination is no hang.
    if (request.ask === 'alive') {
      const look = this.#look && { id: this.#look.id, processorMs: processorMs() - this.#look.beganMs };
      this.#send({ tell: 'alive', id: request.id, rssBytes: process.memoryUsage.rss(), look });
      return;
    }
    this.#turn = this.#turn.then(async () => this.#send(await this.#answer(request)));
  }

  async #answer(request: Exclude<EngineRequest, { ask: 'alive' }>): Promise<EngineReply> {
    const { id } = request;
    try {
      switch (request.ask) {
        case 'examine':
          return await this.#examine(request);
        case 'compare': {
          const one = this.#templates.get(request.one);
          const other = this.#templates.get(request.other);
          if (!one || !other) return { tell: 'failed', id, why: 'noSuchTemplate' };
          return { tell: 'compared', id, cosine: cosine(one, other) };
        }
        case 'forget':
          this.#forget(request.handles === 'all' ? [...this.#templates.keys()] : request.handles);
          return { tell: 'done', id };
      }
    } catch (error) {
      return { tell: 'failed', id, why: error instanceof UnreadablePictureError ? 'unreadable' : 'broken' };
    }
  }

  async #examine({ id, picture, wants }: Extract<EngineRequest, { ask: 'examine' }>): Promise<EngineReply> {
    let raster: Raster | undefined;
    this.#look = { id, beganMs: processorMs() };
    try {
      if (picture.bytes.length > LONGEST_PICTURE) throw new UnreadablePictureError('too long');
      raster = await this.#parts.decode(picture);
      const { reading, template } = await examinePicture(raster, this.#parts.run, wants);
      if (template) this.#keep(id, template);
      return { tell: 'examined', id, reading, template: template && id };
    } finally {
      this.#look = undefined;
      raster?.rgb.fill(0);
      picture.bytes.fill(0);
    }
  }

  /** Somebody who never forgets loses the oldest. */
  #keep(handle: TemplateHandle, template: Float32Array): void {
    const [oldest] = this.#templates.keys();
    if (this.#templates.size >= MOST_TEMPLATES && oldest !== undefined) this.#forget([oldest]);
    this.#templates.set(handle, template);
  }

  #forget(handles: readonly TemplateHandle[]): void {
    for (const handle of handles) {
      this.#templates.get(handle)?.fill(0);
      this.#templates.delete(handle);
    }
  }
}

/** Of all threads of this process. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
