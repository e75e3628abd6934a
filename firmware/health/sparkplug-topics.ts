/**
 * The Sparkplug B topics of one edge node.
 *
 * One promise: a topic made here is one that every broker and host takes, because no id with a
 * wildcard, a separator or a control character gets this far.
 */

/** A group, node or device id that cannot stand in a topic. The id itself is not repeated. */
export class SparkplugIdError extends Error {
  override readonly name = 'SparkplugIdError';
}

export interface SparkplugTopics {
  readonly nodeBirth: string;
  readonly nodeData: string;
  readonly nodeDeath: string;
  readonly nodeCommand: string;
  deviceBirth(device: string): string;
  deviceData(device: string): string;
  deviceDeath(device: string): string;
}

const NAMESPACE = 'spBv1.0';
/** Far below what MQTT allows; a longer id is a mistake in the configuration. */
const LONGEST_ID = 64;
const FORBIDDEN = /[+/#\p{Cc}\p{Cs}]/u;

/**
 * @param devices ids that differ by more than letter case
 * @throws SparkplugIdError
 */
export function sparkplugTopics(group: string, node: string, devices: readonly string[]): SparkplugTopics {
  checkId('group', group);
  checkId('node', node);
  for (const device of devices) checkId('device', device);
  if (new Set(devices.map((device) => device.toLowerCase())).size !== devices.length) {
    throw new SparkplugIdError('Two device ids are the same or differ only by letter case.');
  }
  const topic = (verb: string): string => `${NAMESPACE}/${group}/${verb}/${node}`;
  return {
    nodeBirth: topic('NBIRTH'),
    nodeData: topic('NDATA'),
    nodeDeath: topic('NDEATH'),
    nodeCommand: topic('NCMD'),
    deviceBirth: (device) => `${topic('DBIRTH')}/${device}`,
    deviceData: (device) => `${topic('DDATA')}/${device}`,
    deviceDeath: (device) => `${topic('DDEATH')}/${device}`,
  };
}

function checkId(what: string, id: string): void {
  if (id.length === 0) throw new SparkplugIdError(`The ${what} id is empty.`);
  if (id.length > LONGEST_ID) throw new SparkplugIdError(`A ${what} id is longer than ${LONGEST_ID} characters.`);
  if (FORBIDDEN.test(id)) throw new SparkplugIdError(`A ${what} id holds a character that a topic cannot carry.`);
}
