import { describeDisturbed } from './describe-disturbed.ts';
import { outpatientWalks } from './walks-table.ts';

for (const walk of outpatientWalks) describeDisturbed(walk);
