import { describeDisturbed } from './describe-disturbed.ts';
import { affairWalks } from './walks-table.ts';

for (const walk of affairWalks) describeDisturbed(walk);
