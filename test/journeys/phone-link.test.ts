/** Codes that a phone scans off the screen: whose page it is stands in none of them. */
import { expect, test } from 'vitest';
import { Secret } from '../../drivers/secret.ts';
import { phoneLink } from '../../firmware/journeys/phone-link.ts';

const person = {
  personNumber: new Secret('P9900000001'),
  name: new Secret('张演一'),
  certificateNumber: new Secret('99000119700101001X'),
  visitCardNumber: new Secret('JZ99000000102'),
  age: 56,
  gender: '1',
  insurances: [],
} as const;

test.each([
  ['a word of its own', 'https://his.hospital.example/p/kX2vQ8wYt0aZ5bN1cM7d'],
  ['another person’s number', 'https://his.hospital.example/p?n=990001197001010028'],
])('a link with %s is shown', (_, link) => {
  expect(phoneLink(link, person, ['IZ000001'])).toBe(link);
});

test.each([
  ['the name', 'https://his.hospital.example/p?who=张演一'],
  ['the name as an address writes it', 'https://his.hospital.example/p?who=%E5%BC%A0%E6%BC%94%E4%B8%80'],
  ['the certificate number in small letters', 'https://his.hospital.example/p/99000119700101001x'],
  ['the person number', 'https://his.hospital.example/p/P9900000001'],
  ['the hospital card', 'https://his.hospital.example/p/JZ99000000102'],
  ['住院号', 'https://his.hospital.example/stays/IZ000001'],
  ['broken escapes before the name', 'https://his.hospital.example/%E5%BC?who=张演一'],
])('a link with %s is not shown', (_, link) => {
  expect(phoneLink(link, person, ['IZ000001'])).toBeUndefined();
});
