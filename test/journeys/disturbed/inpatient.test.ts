import { describeDisturbed } from './describe-disturbed.ts';
import { inpatientWalks, wardWalks } from './walks-table.ts';

for (const walk of [...inpatientWalks, ...wardWalks]) describeDisturbed(walk);
