/**
 * The server that takes the outbox: it tells copies by their key and carries each out once.
 *
 * Its ledger: what it carried out, and keys that came again with another content.
 */
export class UploadServer {
  /** Key → content. */
  readonly effects = new Map<string, string>();
  readonly contradictions: string[] = [];

  take(key: string, body: string): void {
    const before = this.effects.get(key);
    if (before === undefined) this.effects.set(key, body);
    else if (before !== body) this.contradictions.push(key);
  }
}
