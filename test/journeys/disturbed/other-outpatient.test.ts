import { describeDisturbed } from './describe-disturbed.ts';
import { otherOutpatientWalks } from './walks-table.ts';

for (const walk of otherOutpatientWalks) describeDisturbed(walk);
