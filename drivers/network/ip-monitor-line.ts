/**
 * One line of `ip -o monitor label link address route neigh` (iproute2).
 *
 * The text is used because `ip -json monitor` of iproute2 6.1 prints text too. One
 * promise: whatever the line is, it is at least known that something may have
 * changed; only a line that is understood whole names an interface.
 */

/** Longest line that is looked at, characters. */
export const LONGEST_MONITOR_LINE = 2_048;

export type MonitorLine =
  | {
      readonly kind: 'link';
      readonly deleted: boolean;
      readonly index: number;
      readonly name: string;
      readonly up: boolean;
      readonly carrier: boolean;
      readonly mac: string;
    }
  /** Names in these lines may be from before a renaming; the index is right. */
  | { readonly kind: 'address'; readonly deleted: boolean; readonly index: number; readonly address: string }
  /** A route, a neighbour, or what a later iproute2 may say. */
  | { readonly kind: 'other' };

/** `[LINK]3: veth0@veth1: <NO-CARRIER,BROADCAST,UP> mtu 1500 … \    link/ether ce:d3:… brd …`; names have up to 15 bytes. */
const LINK =
  /^\[LINK\](Deleted )?(\d{1,9}): ([^\s/:@]{1,15})(?:@[^\s/:@]{1,15})?: <([A-Z0-9_,-]*)>[^\\]*(?:\\ +link\/\S+ ([0-9a-f:]+))?/;
/** `[ADDR]3: veth0    inet 192.0.2.2/24 scope global veth0\ …` */
const ADDRESS =
  /^\[ADDR\](Deleted )?(\d{1,9}): [^\s/:@]{1,15} +inet6? ([0-9a-f.:]+)(?: peer [0-9a-f.:]+)?(\/\d{1,3})?(?: |$)/;

export function parseMonitorLine(line: string): MonitorLine {
  if (line.length > LONGEST_MONITOR_LINE) return { kind: 'other' };
  const link = LINK.exec(line);
  if (link) {
    const [, deleted, index, name = '', flags = '', mac = ''] = link;
    const words = flags.split(',');
    const up = words.includes('UP');
    return {
      kind: 'link',
      deleted: deleted !== undefined,
      index: Number(index),
      name,
      up,
      carrier: up && words.includes('LOWER_UP') && !words.includes('NO-CARRIER'),
      mac,
    };
  }
  const address = ADDRESS.exec(line);
  if (address) {
    const [, deleted, index, host = '', prefix = host.includes(':') ? '/128' : '/32'] = address;
    return { kind: 'address', deleted: deleted !== undefined, index: Number(index), address: `${host}${prefix}` };
  }
  return { kind: 'other' };
}
