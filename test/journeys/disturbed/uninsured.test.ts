import { describeDisturbed } from './describe-disturbed.ts';
import { uninsuredWalks } from './walks-table.ts';

for (const walk of uninsuredWalks) describeDisturbed(walk);
