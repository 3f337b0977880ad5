import { Duration, isDnsName, Problems, Size } from '../core';
import { checkBootCommand } from './boot-command';
import { bootCommandRules } from './boot-command-rules';
import { CommunicatorType } from './communicator';
import { checkAdapters, checkDisks, checkPciDevices, checkRng, checkVga, isWhole } from './device-checks';
import { fits, isLiteral } from './plugin-text';
import { ProxmoxSourceProps } from './proxmox-source-props';
import { proxmoxSourceRules as rules } from './proxmox-source-rules';
import { checkSecret } from './secret-check';
import { checkStorage } from './storage-check';

const MIN_VM_ID = 100;
const MAX_VM_ID = 999_999_999;
const MIN_MEMORY_MIB = 16;
const MAX_MEMORY_MIB = 4_178_944;
const DEFAULT_MEMORY = Size.mebibytes(512);
const MAX_CORES = 128;
const MAX_SOCKETS = 4;
const MAX_SERIALS = 4;
const MIN_KEY_INTERVAL = Duration.milliseconds(50);
const DEFAULT_TASK_TIMEOUT = Duration.minutes(1);
const BOOT_DEVICE = /^(ide[0-3]|sata[0-5]|scsi([12]?\d|30)|virtio(\d|1[0-5])|net([12]?\d|3[01])|usb\d+|hostpci\d+)$/;

/** Notes what is wrong with what both sources have. */
export function checkProxmoxSource(problems: Problems, props: ProxmoxSourceProps): void {
  checkConnection(problems, props);
  checkNames(problems, props);
  checkMachine(problems, props);
  checkCloudInit(problems, props);
  checkAdapters(problems, props.networkAdapters ?? []);
  checkDisks(problems, props.disks ?? [], props.scsiController);
  checkStorage(problems, 'tpmConfig.storagePool', props.tpmConfig?.storagePool);
  checkVga(problems, props.vga);
  checkRng(problems, props.rng);
  checkPciDevices(problems, props.pciDevices ?? [], props.machine, props.vga);
  checkHttp(problems, props);
  if (props.bootCommand !== undefined && props.bootCommand.length > 0) {
    checkBootCommand(problems, props.bootCommand, props.httpContent !== undefined || props.httpDirectory !== undefined);
    const interval = props.bootKeyInterval;
    problems.check(
      interval !== undefined && interval.toMilliseconds() >= MIN_KEY_INTERVAL.toMilliseconds(),
      bootCommandRules['packer-boot-key-interval'],
      { property: 'bootKeyInterval', received: interval },
    );
  }
}

/** Notes an id that no machine can have. */
export function checkVmId(problems: Problems, property: string, id: number | undefined): void {
  problems.check(id === undefined || isWhole(id, MIN_VM_ID, MAX_VM_ID), rules['packer-vm-id'], { property, received: id });
}

/** Notes a name that no machine can have. */
export function checkVmName(problems: Problems, property: string, name: string | undefined): void {
  problems.check(name === undefined || !isLiteral(name) || isDnsName(name), rules['packer-vm-name'], { property, received: name });
}

function checkConnection(problems: Problems, props: ProxmoxSourceProps): void {
  const user = props.token === undefined ? /^[^\s@!]+@[^\s@!]+$/ : /^[^\s@!]+@[^\s@!]+![^\s@!]+$/;
  problems
    .check(fits(props.proxmoxUrl, /^https?:\/\/[^/\s]+\/api2\/json\/?$/), rules['packer-proxmox-url'], { property: 'proxmoxUrl', received: props.proxmoxUrl })
    .check(fits(props.username, user), rules['packer-proxmox-user'], { property: 'username', received: props.username })
    .check((props.password === undefined) !== (props.token === undefined), rules['packer-proxmox-login'], { property: 'token' });
  checkSecret(problems, 'password', props.password);
  checkSecret(problems, 'token', props.token);
  problems
    .check(fits(props.node, /^[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?$/), rules['packer-node-name'], { property: 'node', received: props.node })
    .check(fits(props.pool, /^[a-zA-Z0-9_-]+$/), rules['packer-pool-name'], { property: 'pool', received: props.pool });
  if ((props.additionalIsoFiles ?? []).some((iso) => iso.downloadOnNode)) checkDownloadTimeout(problems, props.taskTimeout);
}

/** Notes a time too short for a download by the node. */
export function checkDownloadTimeout(problems: Problems, taskTimeout: Duration | undefined): void {
  problems.check(
    (taskTimeout ?? DEFAULT_TASK_TIMEOUT).toMilliseconds() > DEFAULT_TASK_TIMEOUT.toMilliseconds(),
    rules['packer-download-timeout'],
    { property: 'taskTimeout', received: taskTimeout },
  );
}

function checkNames(problems: Problems, props: ProxmoxSourceProps): void {
  checkVmName(problems, 'vmName', props.vmName);
  checkVmId(problems, 'vmId', props.vmId);
  checkVmName(problems, 'templateName', props.templateName);
  problems.check(props.templateDescription !== '', rules['packer-description-empty'], { property: 'templateDescription', received: '' });
  const tags = props.tags ?? [];
  tags.forEach((tag, i) => {
    problems
      .check(fits(tag, /^[a-zA-Z0-9_][a-zA-Z0-9_-]{0,123}$/), rules['packer-tag'], { property: `tags[${i}]`, received: tag })
      .check(tags.findIndex((other) => other.toLowerCase() === tag.toLowerCase()) === i, rules['packer-tag-twice'], { property: `tags[${i}]`, received: tag });
  });
  const order = props.bootOrder ?? [];
  order.forEach((device, i) => problems.check(
    fits(device, BOOT_DEVICE) && order.indexOf(device) === i,
    rules['packer-boot-device'],
    { property: `bootOrder[${i}]`, received: device },
  ));
}

function checkMachine(problems: Problems, props: ProxmoxSourceProps): void {
  const { memory = DEFAULT_MEMORY, ballooningMinimum: minimum, communicator } = props;
  problems
    .check(isWhole(memory.toMebibytes(), MIN_MEMORY_MIB, MAX_MEMORY_MIB), rules['packer-memory'], { property: 'memory', received: memory })
    .check(
      minimum === undefined || (Number.isInteger(minimum.toMebibytes()) && !memory.isSmallerThan(minimum)),
      rules['packer-ballooning'],
      { property: 'ballooningMinimum', received: minimum },
    )
    .check(props.cores === undefined || isWhole(props.cores, 1, MAX_CORES), rules['packer-cores'], { property: 'cores', received: props.cores })
    .check(props.sockets === undefined || isWhole(props.sockets, 1, MAX_SOCKETS), rules['packer-sockets'], { property: 'sockets', received: props.sockets })
    .check((props.serials ?? []).length <= MAX_SERIALS, rules['packer-serial'], { property: 'serials', received: props.serials })
    .check(
      props.qemuAgent !== false || communicator.type === CommunicatorType.NONE || communicator.host !== undefined,
      rules['packer-agent-without-address'],
      { property: 'qemuAgent', received: false },
    );
  (props.serials ?? []).forEach((serial, i) => problems
    .check(fits(serial, /^(\/dev\/.+|socket)$/), rules['packer-serial'], { property: `serials[${i}]`, received: serial }));
}

function checkCloudInit(problems: Problems, props: ProxmoxSourceProps): void {
  checkStorage(problems, 'cloudInitStoragePool', props.cloudInitStoragePool);
  if (props.cloudInit === true) {
    problems.check(props.cloudInitStoragePool !== undefined, rules['packer-cloud-init-storage'], { property: 'cloudInitStoragePool' });
    return;
  }
  for (const property of ['cloudInitStoragePool', 'cloudInitDiskType'] as const) {
    problems.check(props[property] === undefined, rules['packer-cloud-init-off'], { property, received: props[property] });
  }
}

function checkHttp(problems: Problems, props: ProxmoxSourceProps): void {
  const { httpPortMin: least = 8000, httpPortMax: most = 9000 } = props;
  problems
    .check(
      props.httpDirectory === undefined || props.httpContent === undefined,
      rules['packer-http-directory-and-content'],
      { property: 'httpDirectory', received: props.httpDirectory },
    )
    .check(
      isWhole(least, 1, 65535) && isWhole(most, 1, 65535) && least <= most,
      rules['packer-http-port'],
      { property: 'httpPortMin', received: [least, most] },
    )
    .check(
      props.httpBindAddress === undefined || props.httpInterface === undefined,
      rules['packer-http-address'],
      { property: 'httpInterface', received: props.httpInterface },
    );
  for (const path of Object.keys(props.httpContent ?? {})) {
    problems.check(path.startsWith('/'), rules['packer-http-path'], { property: 'httpContent', received: path });
  }
}
