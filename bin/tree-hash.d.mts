/** One hash over everything that can change what a test says. */
export function treeHash(root: string): string;
