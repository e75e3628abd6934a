/** What must hold and does not. Thrown where it is found: the way that led there is the explorer's to tell. */
export class Violation extends Error {
  override readonly name = 'Violation';
  readonly rule: string;
  readonly detail: string;

  constructor(rule: string, detail: string) {
    super(`${rule}: ${detail}`);
    this.rule = rule;
    this.detail = detail;
  }
}
