/**
 * A settlement number as it stands on paper: in groups that can be read aloud and typed again.
 *
 * The letters and digits are those of the number; its kind (`set_`) is for machines and is left out.
 */
const NUMBER = /^[a-z]+_([a-z2-9]{4})([a-z2-9]{4})([a-z2-9]{4})$/;

/** `set_cuxmysf9h2jd` → `CUXM YSF9 H2JD`; a number of another form stays as it is. */
export function spokenNumber(number: string): string {
  const [, ...groups] = NUMBER.exec(number) ?? [];
  return groups.length === 0 ? number : groups.join(' ').toUpperCase();
}
