import { isIPv4, isIPv6 } from 'node:net';
import { Problems } from '../core';
import { cloneRules as rules } from './clone-rules';
import { shortestIpv6 } from './ipv6';
import { isoRules } from './iso-rules';
import { isLiteral } from './plugin-text';
import { IpConfig, ProxmoxCloneSourceProps } from './proxmox-clone-source';
import { checkVmId, checkVmName } from './proxmox-source-checks';
import { assignSlots, checkIdeOnQ35, SlotClaim } from './slots';

/** Notes what is wrong with a clone. */
export function checkClone(problems: Problems, props: ProxmoxCloneSourceProps): void {
  problems.check((props.cloneVm === undefined) !== (props.cloneVmId === undefined), rules['packer-clone-template'], {
    property: 'cloneVmId', received: props.cloneVmId,
  });
  checkVmId(problems, 'cloneVmId', props.cloneVmId);
  checkVmName(problems, 'cloneVm', props.cloneVm);
  problems
    .check(props.cloneVmId === undefined || props.cloneVmId !== props.vmId, rules['packer-clone-itself'], { property: 'vmId', received: props.vmId })
    .check(
      props.cloneVm === undefined || props.cloneVm !== (props.templateName ?? props.vmName),
      rules['packer-clone-itself'],
      { property: 'templateName', received: props.templateName ?? props.vmName },
    );
  for (const property of ['memory', 'cores', 'cpuType', 'os', 'scsiController'] as const) {
    problems.check(props[property] !== undefined, rules['packer-clone-hardware'], { property });
  }
  problems.check(!('efiConfig' in props), rules['packer-clone-efi-disk'], { property: 'efiConfig' }); // no property of a clone; plain JavaScript may pass it
  (props.nameservers ?? []).forEach((server, i) => problems
    .check(!isLiteral(server) || isIPv4(server) || isIPv6(server), rules['packer-nameserver'], { property: `nameservers[${i}]`, received: server }));
  checkIpConfigs(problems, props);
  checkDrives(problems, props);
}

function checkIpConfigs(problems: Problems, props: ProxmoxCloneSourceProps): void {
  const configs = props.ipConfigs ?? [];
  problems.check(configs.length <= (props.networkAdapters ?? []).length, rules['packer-ip-config-count'], {
    property: 'ipConfigs', received: configs.length,
  });
  configs.forEach((config, i) => {
    checkFamily(problems, `ipConfigs[${i}]`, config, 'ip', 'gateway', isIPv4, 32, ['dhcp']);
    checkFamily(problems, `ipConfigs[${i}]`, config, 'ip6', 'gateway6', isIPv6, 128, ['dhcp', 'auto']);
    checkIpv6Form(problems, `ipConfigs[${i}]`, config);
  });
}

function checkFamily(
  problems: Problems, property: string, config: IpConfig, ip: 'ip' | 'ip6', gateway: 'gateway' | 'gateway6',
  isAddress: (text: string) => boolean, longestPrefix: number, words: string[],
): void {
  const { [ip]: address, [gateway]: router } = config;
  if (address !== undefined && isLiteral(address) && !words.includes(address)) {
    const [, host, prefix] = /^([^/]+)\/(\d{1,3})$/.exec(address) ?? [];
    problems.check(
      host !== undefined && isAddress(host) && Number(prefix) <= longestPrefix,
      rules['packer-ip-address'],
      { property: `${property}.${ip}`, received: address },
    );
  }
  if (router !== undefined) {
    problems.check(
      address !== undefined && !words.includes(address) && (!isLiteral(router) || isAddress(router)),
      rules['packer-ip-gateway'],
      { property: `${property}.${gateway}`, received: router },
    );
  }
}

/** Notes IPv6 addresses that the client of the plugin does not take for such. */
function checkIpv6Form(problems: Problems, property: string, { ip6, gateway6 }: IpConfig): void {
  const host = ip6 !== undefined && isLiteral(ip6) ? ip6.split('/')[0] : '';
  problems
    .check(!isIPv6(host) || (!host.includes('%') && shortestIpv6(host).split(':').length > 3), rules['packer-ip6-short'], {
      property: `${property}.ip6`, received: ip6,
    })
    .check(gateway6 === undefined || !isLiteral(gateway6) || !isIPv6(gateway6) || !gateway6.includes('%'), rules['packer-ip6-zone'], {
      property: `${property}.gateway6`, received: gateway6,
    });
}

function checkDrives(problems: Problems, props: ProxmoxCloneSourceProps): void {
  const claims: SlotClaim[] = [];
  (props.additionalIsoFiles ?? []).forEach((iso, i) => {
    const property = `additionalIsoFiles[${i}]`;
    problems.check(iso.bus !== undefined && iso.index !== undefined, isoRules['packer-iso-slot-on-clone'], { property, received: iso.bus });
    if (iso.bus !== undefined && iso.index !== undefined) claims.push({ property, bus: iso.bus, index: iso.index });
  });
  (props.disks ?? []).forEach((disk, i) => claims.push({ property: `disks[${i}]`, bus: disk.type ?? 'scsi' }));
  const slots = assignSlots(problems, claims, true);
  checkIdeOnQ35(problems, claims, slots, props.machine?.isQ35 === true);
}
