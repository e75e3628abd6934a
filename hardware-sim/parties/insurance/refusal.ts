/** The platform's definite no: becomes `infcode` −1 with this text as `err_msg`. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}
