/** Which calls of the engine are made to fail, and how: each row is played on the n-th such call, for all n. */

export type FailingCall = 'write' | 'sync' | 'truncate' | 'open' | 'unlink' | 'read';

/** `once`: this call only. `sticky`: all from this one on. `short`: half of this write arrives, none after it. */
export type Manner = 'once' | 'sticky' | 'short';

export interface IoError {
  readonly call: FailingCall;
  readonly error: 'EIO' | 'ENOSPC';
  readonly manner: Manner;
}

export const errorNumbers: Readonly<Record<IoError['error'], number>> = { EIO: 5, ENOSPC: 28 };

const both = (call: FailingCall, error: IoError['error']): readonly IoError[] => [
  { call, error, manner: 'once' },
  { call, error, manner: 'sticky' },
];

export const ioErrors: readonly IoError[] = [
  ...both('write', 'EIO'),
  ...both('write', 'ENOSPC'),
  { call: 'write', error: 'ENOSPC', manner: 'short' },
  ...both('sync', 'EIO'),
  ...both('sync', 'ENOSPC'),
  ...both('truncate', 'EIO'),
  ...both('truncate', 'ENOSPC'),
  ...both('open', 'EIO'),
  ...both('open', 'ENOSPC'),
  ...both('unlink', 'EIO'),
  ...both('read', 'EIO'),
];
