/**
 * The contract of a voice (语音): short sentences, said aloud one after the other.
 *
 * One promise: it never holds anybody up. A voice that is missing, stuck or too far behind is a word in the
 * completion, and what it was to say is said by nobody later.
 */
import type { CommandOptions, Completion, Device } from '../device.ts';

/** One sentence a language, in the order in which they are said. No name and no illness ever stands in one. */
export interface Sentence {
  readonly language: 'zh' | 'en';
  readonly text: string;
  /** As the voice usually speaks when left out. */
  readonly manner?: Manner;
}

/** How somebody wants to hear it. */
export interface Manner {
  /** 1 is the usual pace. */
  readonly speed: number;
  /** 0 to 1; 0.5 is the usual loudness. */
  readonly volume: number;
  /** In what Chinese. */
  readonly tongue: 'mandarin' | 'yue';
}

/**
 * `overtaken`: newer sentences took its place · `voiceMissing`: nothing here can make speech ·
 * `notHeard`: there is speech, and no loudspeaker said that it played it to its end.
 */
export type VoiceFault = 'overtaken' | 'voiceMissing' | 'notHeard';

export interface Voice extends Device {
  readonly deviceClass: 'voice';
  /** Done = a loudspeaker has played all of it. */
  say(sentences: readonly Sentence[], options: CommandOptions): Promise<Completion<'heard', VoiceFault>>;
}

/** Makes speech: WAV, PCM. Rejects with `VoiceMissingError` when this machine cannot. */
export interface SpeechMaker {
  make(sentence: Sentence, signal: AbortSignal): Promise<Uint8Array>;
}

/** Plays WAV. Resolves at its end; rejects with `LinkLostError` when there is no loudspeaker. */
export interface Loudspeaker {
  /** Whether there is one now. */
  readonly there: boolean;
  onChanged(listener: (there: boolean) => void): () => void;
  play(wav: Uint8Array, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** No speech can be made here: the program or its voice is not installed. */
export class VoiceMissingError extends Error {
  override readonly name = 'VoiceMissingError';
}
