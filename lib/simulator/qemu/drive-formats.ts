import { FormatError, registerFormats } from '../schema/formats';
import { Properties, Property, PropertyString, choice, flag, integer, optional, text } from '../schema/property';
import { PveVersion } from '../version';

const volumeId = /^[a-z][a-z0-9\-_.]*[a-z0-9]:(.+)$/i;
const checkVolumeId = (value: string) => {
  if (!volumeId.test(value)) throw new FormatError(`unable to parse volume ID '${value}'`);
};
const checkPathOrVolumeId = (value: string) => value.startsWith('/') || checkVolumeId(value);

registerFormats({
  'pve-volume-id': checkVolumeId,
  'pve-volume-id-or-absolute-path': checkPathOrVolumeId,
  'pve-volume-id-or-qm-path': (value) => value === 'none' || value === 'cdrom' || checkPathOrVolumeId(value),
});

const opt = (property: Property) => optional(property);
const imageFormat = opt(choice('Format of the image; that of the volume if left out.', 'raw', 'qcow', 'qed', 'qcow2', 'vmdk', 'cloop'));
const size = opt(text('Size as the server last saw it; changing it changes nothing.', { format: 'disk-size' }));
const volume: Properties = {
  volume: { type: 'string', alias: 'file' },
  file: text('Volume, path, `none` or `cdrom`.', { format: 'pve-volume-id-or-qm-path', defaultKey: true }),
};

function throttles(): Properties {
  const directions: [string, string][] = [['', 'read and write'], ['_rd', 'read'], ['_wr', 'write']];
  const burstLength = (what: string) => opt(integer(`Seconds a burst of ${what} may take.`, 1));
  return Object.fromEntries(directions.flatMap(([suffix, what]): [string, Property][] => [
    [`bps${suffix}`, opt(integer(`Bytes a second to ${what}.`))],
    [`mbps${suffix}`, opt({ type: 'number', description: `MiB a second to ${what}.` })],
    [`iops${suffix}`, opt(integer(`Operations a second to ${what}.`))],
    [`mbps${suffix}_max`, opt({ type: 'number', description: `MiB a second to ${what} in bursts.` })],
    [`iops${suffix}_max`, opt(integer(`Operations a second to ${what} in bursts.`))],
    [`bps${suffix === '' ? '' : suffix}_max_length`, burstLength(`bytes to ${what}`)],
    [`iops${suffix}_max_length`, burstLength(`operations to ${what}`)],
    ...suffix === '' ? [] : [
      [`bps${suffix}_length`, { type: 'integer', alias: `bps${suffix}_max_length` }] as [string, Property],
      [`iops${suffix}_length`, { type: 'integer', alias: `iops${suffix}_max_length` }] as [string, Property],
    ],
  ]));
}

const geometry: Properties = {
  cyls: opt(integer('Cylinders.')),
  heads: opt(integer('Heads.')),
  secs: opt(integer('Sectors a track.')),
  trans: opt(choice('Translation of the geometry by the BIOS.', 'none', 'lba', 'auto')),
};

const common: Properties = {
  ...volume,
  media: opt(choice('Whether it is a disk or a CD drive.', 'cdrom', 'disk')),
  snapshot: opt(flag('Whether changes are dropped when the machine stops.')),
  cache: opt(choice('How the host caches.', 'none', 'writethrough', 'writeback', 'unsafe', 'directsync')),
  format: imageFormat,
  size,
  backup: opt(flag('Whether backups include it.')),
  replicate: opt(flag('Whether replication includes it.', { default: '1' })),
  rerror: opt(choice('What happens upon read errors.', 'ignore', 'report', 'stop')),
  werror: opt(choice('What happens upon write errors.', 'enospc', 'ignore', 'report', 'stop')),
  aio: opt(choice('Interface for asynchronous operations.', 'native', 'threads', 'io_uring')),
  discard: opt(choice('Whether discarded blocks are given back to the storage.', 'ignore', 'on')),
  detect_zeroes: opt(flag('Whether writes of zeroes are optimized.')),
  serial: opt(text('Serial number, URL-encoded.', { format: 'urlencoded', maxLength: 60 })),
  shared: opt(flag('Whether the volume is on all nodes.', { default: '0' })),
  ...throttles(),
};

const iothread: Properties = { iothread: opt(flag('Whether it has a thread of its own.')) };
const model: Properties = { model: opt(text('Model, URL-encoded.', { format: 'urlencoded', maxLength: 120 })) };
const ro: Properties = { ro: opt(flag('Whether it is read-only.')) };
const ssd: Properties = { ssd: opt(flag('Whether the guest sees an SSD.')) };
const wwn: Properties = { wwn: opt(text('World wide name, 16 hexadecimal digits after `0x`.', { pattern: '(0x)[0-9a-fA-F]{16}' })) };
const scsiOnly: Properties = {
  product: opt(text('Product, up to 16 characters.', { pattern: '[A-Za-z0-9\\-_\\s]{0,16}' })),
  queues: opt(integer('Queues.', 2)),
  scsiblock: opt(flag('Whether a whole block device of the host is passed through.', { default: '0' })),
  vendor: opt(text('Vendor, up to 8 characters.', { pattern: '[A-Za-z0-9\\-_\\s]{0,8}' })),
};
const efi: Properties = {
  'efitype': opt(choice('Size of the variables of OVMF.', '2m', '4m')),
  'pre-enrolled-keys': opt(flag('Whether Microsoft\'s and distributions\' keys are in, which turns Secure Boot on.', { default: '0' })),
};
const certificates = (...known: string[]): Properties => ({ 'ms-cert': opt(choice('Which certificates of Microsoft are in; told, not acted upon.', ...known)) });
const tpm: Properties = { version: opt(choice('Version of the TPM.', 'v1.2', 'v2.0')) };

/** The kinds of drives there are, with how many there can be. @internal */
export const driveCounts: { readonly [kind: string]: number } = { ide: 4, scsi: 31, virtio: 16, sata: 6, efidisk: 1, tpmstate: 1 };

/** Unused volumes a machine can have. @internal */
export const unusedCount = 256;

/** The keys of a drive of each kind, as the file of a machine may have them. @internal */
export function driveFormats({ line }: PveVersion): { readonly [kind: string]: PropertyString } {
  const base = line === '8.4' ? { ...common, ...geometry } : common;
  const vmImageFormat = opt(choice('Format of the image.', 'raw', 'qcow2', 'vmdk'));
  return {
    ide: { properties: { ...base, ...model, ...ssd, ...wwn } },
    scsi: { properties: { ...base, ...iothread, ...ro, ...scsiOnly, ...ssd, ...wwn } },
    sata: { properties: { ...base, ...ssd, ...wwn } },
    virtio: { properties: { ...base, ...iothread, ...ro } },
    efidisk: { properties: { ...volume, format: imageFormat, size, ...efi, ...certificates('2011', '2023', '2023w', ...line === '8.4' ? ['2023k'] : []) } },
    tpmstate: { properties: { ...volume, size, ...tpm, ...line === '9.1' ? { format: vmImageFormat } : {} } },
    unused: { properties: { ...volume, file: text('The volume.', { format: 'pve-volume-id', defaultKey: true }) } },
  };
}

/** The same with `import-from`, as requests may have them. @internal */
export function driveFormatsWithImport(version: PveVersion): { readonly [kind: string]: PropertyString } {
  const source = opt(text('Volume or path that the new disk is made from.', { format: 'pve-volume-id-or-absolute-path' }));
  return Object.fromEntries(Object.entries(driveFormats(version)).map(([kind, { properties }]) =>
    [kind, { properties: kind === 'unused' ? properties : { ...properties, 'import-from': source } }]));
}
