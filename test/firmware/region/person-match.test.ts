import { describe, expect, test } from 'vitest';
import { Secret } from '../../../drivers/secret.ts';
import type { Person } from '../../../firmware/insurance/insurance-platform.ts';
import { matchPerson } from '../../../firmware/region/person-match.ts';
import { credential } from '../kiosk-fixture.ts';

const person: Person = {
  personNumber: new Secret('P1'),
  name: new Secret('张演一'),
  certificateNumber: new Secret('990001197903141012'),
  age: 47,
  insurances: [{ type: '310', personType: '1101', active: true, accountBalanceFen: 0, insuredArea: '990001' }],
};

describe('person = card', () => {
  test('the same name and number are the same person', () => {
    expect(matchPerson(credential, person)).toBe('samePerson');
  });

  test('[Z-8.1.3] the centre leaves out a field: incomplete, whichever it is', () => {
    const nobody = new Secret('');
    const insurances = person.insurances.map((row) => ({ ...row, insuredArea: '' }));
    for (const lacking of [
      { name: nobody },
      { certificateNumber: nobody },
      { personNumber: nobody },
      { age: -1 },
      { insurances },
    ]) {
      expect(matchPerson(credential, { ...person, ...lacking })).toBe('personIncomplete');
    }
  });

  test('[Z-8.1.3] [part of SZ-213d] the centre names another person than the card: not the same', () => {
    expect(matchPerson(credential, { ...person, name: new Secret('李演二') })).toBe('personDiffers');
    const other = { ...person, certificateNumber: new Secret('990001195110022024') };
    expect(matchPerson(credential, other)).toBe('personDiffers');
  });

  test('[SZ-213a] a medium that does not say who its holder is cannot be matched', () => {
    expect(matchPerson({}, person)).toBe('personIncomplete');
  });

  test('dots, spaces, full-width letters and a small x are writing, not another person', () => {
    const medium = { name: new Secret('买买提・演Ａ '), certificateNumber: new Secret('99000119790314101x') };
    const centre = { ...person, name: new Secret('买买提·演a'), certificateNumber: new Secret('99000119790314101X') };
    expect(matchPerson(medium, centre)).toBe('samePerson');
  });
});
