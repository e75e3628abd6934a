import { describeDisturbed } from './describe-disturbed.ts';
import { affairWalks, openWalks } from './walks-table.ts';

for (const walk of [...affairWalks, ...openWalks]) describeDisturbed(walk);
