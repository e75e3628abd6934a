import { describeDisturbed } from './describe-disturbed.ts';
import { registrationWalks } from './walks-table.ts';

for (const walk of registrationWalks) describeDisturbed(walk);
