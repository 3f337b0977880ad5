/*
 * What the installer of Ubuntu takes of the keys that we write, by its documentation, as a JSON schema. It is narrower than the installer's
 * own: nothing else is taken, and of each thing only the kinds that a template without LVM and swap needs.
 * https://canonical-subiquity.readthedocs-hosted.com/en/latest/reference/autoinstall-reference.html
 */

const TEXT = { type: 'string', minLength: 1 };
const FLAG = { type: 'boolean' };
const COMMANDS = { type: 'array', items: TEXT };

/** An object that has all of these properties, and no other but the optional ones. */
function object(required: object, optional: object = {}): object {
  return { type: 'object', properties: { ...required, ...optional }, required: Object.keys(required), additionalProperties: false };
}

/** What is done to a disk: https://curtin.readthedocs.io/en/latest/topics/storage.html */
const ACTIONS = [
  object({ id: TEXT, type: { const: 'disk' }, match: object({ size: { enum: ['largest', 'smallest'] } }), ptable: { const: 'gpt' }, wipe: { const: 'superblock-recursive' }, preserve: { const: false } }),
  object(
    { id: TEXT, type: { const: 'partition' }, device: TEXT, number: { type: 'integer', minimum: 1 }, size: { anyOf: [{ const: -1 }, { type: 'string', pattern: '^[0-9]+[MG]$' }] }, wipe: { const: 'superblock' }, preserve: { const: false } },
    { flag: { const: 'boot' }, grub_device: FLAG },
  ),
  object({ id: TEXT, type: { const: 'format' }, volume: TEXT, fstype: { enum: ['fat32', 'ext4'] }, preserve: { const: false } }),
  object({ id: TEXT, type: { const: 'mount' }, device: TEXT, path: { type: 'string', pattern: '^/' } }),
];

const AUTOINSTALL = object({
  version: { const: 1 },
  identity: object({ hostname: TEXT, username: TEXT, password: TEXT }),
  keyboard: object({ layout: TEXT }, { variant: TEXT }),
  storage: object({ swap: object({ size: { const: 0 } }), config: { type: 'array', items: { oneOf: ACTIONS } } }, { grub: object({}, { reorder_uefi: FLAG, probe_additional_os: FLAG }) }),
  network: object({
    version: { const: 2 },
    ethernets: { type: 'object', additionalProperties: object({ 'match': object({ name: TEXT }), 'dhcp4': FLAG, 'dhcp-identifier': { enum: ['mac', 'duid'] } }) },
  }),
  ssh: object({ 'install-server': FLAG, 'allow-pw': FLAG }),
}, {
  'early-commands': COMMANDS,
  'late-commands': COMMANDS,
  'refresh-installer': object({ update: FLAG }),
  'locale': { type: 'string', pattern: '^[a-z]{2,3}_[A-Z]{2}\\.UTF-8$' },
  'timezone': TEXT,
  'source': object({}, { search_drivers: FLAG, id: TEXT }),
  'apt': object({}, { geoip: FLAG, fallback: { enum: ['abort', 'continue-anyway', 'offline-install'] } }),
  'packages': { type: 'array', items: TEXT },
  'updates': { enum: ['security', 'all'] },
  'kernel-crash-dumps': object({ enabled: { type: ['boolean', 'null'] } }),
  'shutdown': { enum: ['reboot', 'poweroff'] },
});

/** Of the whole file. */
export const SCHEMA = { $schema: 'http://json-schema.org/draft-07/schema#', ...object({ autoinstall: AUTOINSTALL }) };
