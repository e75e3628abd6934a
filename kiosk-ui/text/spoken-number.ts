/** A settlement or case number as it can be read off the glass and said aloud: three groups, without its kind. */
const NUMBER = /^[a-z]+_([a-z2-9]{4})([a-z2-9]{4})([a-z2-9]{4})$/;

/** `set_cuxmysf9h2jd` → `CUXM YSF9 H2JD`; a number of another form stays as it is. */
export function spokenNumber(number: string): string {
  const [, ...groups] = NUMBER.exec(number) ?? [];
  return groups.length === 0 ? number : groups.join(' ').toUpperCase();
}
