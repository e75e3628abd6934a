import { describeDisturbed } from './describe-disturbed.ts';
import { refundWalks } from './walks-table.ts';

for (const walk of refundWalks) describeDisturbed(walk);
