import { describeDisturbed } from './describe-disturbed.ts';
import { inpatientWalks } from './walks-table.ts';

for (const walk of inpatientWalks) describeDisturbed(walk);
