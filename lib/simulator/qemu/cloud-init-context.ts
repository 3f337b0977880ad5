import { hostNames, publicKeys } from './cloud-init-names';
import { configuredCards, nameServers, searchDomains, splitAddress } from './cloud-init-network';

/** What OpenNebula's guests read: variables of a shell. @internal */
export function contextScript(config: ReadonlyMap<string, string>, vmid: number): string {
  const lines = [`USERNAME=${config.get('ciuser') || 'root'}`];
  const password = config.get('cipassword');
  if (password !== undefined) lines.push(`CRYPTED_PASSWORD_BASE64=${Buffer.from(password).toString('base64')}`, '');
  if (config.has('sshkeys')) lines.push(`SSH_PUBLIC_KEY="${publicKeys(config).map((key) => key.trim()).join('\n')}"`);
  lines.push(`SET_HOSTNAME=${hostNames(config, vmid).host}`);
  if (nameServers(config).length > 0) lines.push(`DNS="${nameServers(config).join(' ')}"`);
  if (searchDomains(config).length > 0) lines.push(`SEARCH_DOMAIN="${searchDomains(config).join(' ')}"`);
  const cards = configuredCards(config);
  for (const { index, macaddr, mtu, ip, gw, ip6, gw6 } of cards) {
    const set = (name: string, value: string) => lines.push(`ETH${index}_${name}=${value}`);
    if (ip !== undefined) {
      if (ip === 'dhcp') {
        set('DHCP', 'YES');
      } else {
        set('IP', splitAddress(ip).address);
        set('MASK', splitAddress(ip).mask);
        set('MAC', macaddr.toLowerCase());
        if (gw !== undefined) set('GATEWAY', gw);
      }
      if (mtu !== undefined) set('MTU', mtu);
    }
    if (ip6 === undefined) continue;
    if (ip6 === 'dhcp' || ip6 === 'auto') {
      set(ip6 === 'dhcp' ? 'DHCP6' : 'AUTO6', 'YES');
    } else {
      set('IP6', ip6.split('/')[0]);
      set('MASK6', ip6.split('/')[1]);
      set('MAC6', macaddr.toLowerCase());
      if (gw6 !== undefined) set('GATEWAY6', gw6);
    }
    if (mtu !== undefined) set('MTU', mtu);
  }
  if (cards.some(({ ip, ip6 }) => ip !== undefined || ip6 !== undefined)) lines.push('NETWORK=YES');
  return lines.map((line) => `${line}\n`).join('');
}
