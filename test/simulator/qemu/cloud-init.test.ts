import { execFileSync } from 'node:child_process';
import { cloudInitDrive } from '../../../lib/simulator/qemu/cloud-init';
import { hashPassword } from '../../../lib/simulator/qemu/crypt';
import { Guest } from '../../../lib/simulator/state/guest';
import { ConfigServer } from './config-server';

const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDjxUxlLogpPLrXfgfJGGG58TN7dFubkU9yRs9E71ZRU a@b';
const config = {
  scsi1: 'local:100/vm-100-cloudinit.qcow2,media=cdrom',
  name: 'web',
  ciuser: 'admin',
  cipassword: '$5$salt$hash',
  sshkeys: encodeURIComponent(`${key}\n`),
  net0: 'virtio=BC:24:11:00:00:01,bridge=vmbr0',
  ipconfig0: 'ip=192.0.2.10/20,gw=192.0.0.1,ip6=2001:db8::2/64,gw6=2001:db8::1',
  net1: 'virtio=BC:24:11:00:00:02,bridge=vmbr0',
  ipconfig1: 'ip=dhcp,ip6=auto',
  nameserver: '192.0.2.53 192.0.2.54',
  searchdomain: 'example.org',
};

function guest(options: { readonly [key: string]: string }): Guest {
  return new Guest(100, 'qemu', 'pve', Object.entries(options), 0);
}

async function files(options: { readonly [key: string]: string }, server = new ConfigServer()): Promise<unknown> {
  return cloudInitDrive(server.cluster, 'pve', guest(options));
}

describe('cloud-init drive', () => {
  test('of NoCloud', async () => {
    expect(await files(config)).toEqual({
      slot: 'scsi1',
      label: 'cidata',
      files: {
        'user-data': '#cloud-config\nhostname: web\nmanage_etc_hosts: true\nfqdn: web.example.org\nuser: admin\npassword: $5$salt$hash\n' +
          `ssh_authorized_keys:\n  - ${key}\nchpasswd:\n  expire: False\nusers:\n  - default\npackage_upgrade: true\n`,
        'network-config': `version: 1
config:
    - type: physical
      name: eth0
      mac_address: 'bc:24:11:00:00:01'
      subnets:
      - type: static
        address: '192.0.2.10'
        netmask: '255.255.240.0'
        gateway: '192.0.0.1'
      - type: static6
        address: '2001:db8::2/64'
        gateway: '2001:db8::1'
    - type: physical
      name: eth1
      mac_address: 'bc:24:11:00:00:02'
      subnets:
      - type: dhcp4
      - type: ipv6_slaac
    - type: nameserver
      address:
      - '192.0.2.53'
      - '192.0.2.54'
      search:
      - 'example.org'
`,
        'meta-data': expect.stringMatching(/^instance-id: [0-9a-f]{40}\n$/),
        'vendor-data': '',
      },
    });
  });

  test('of root, without a name and without upgrades', async () => {
    const drive = await files({ scsi1: config.scsi1, ciuser: 'root', ciupgrade: '0' });
    expect(drive).toMatchObject({
      files: { 'user-data': '#cloud-config\nhostname: VM100\nmanage_etc_hosts: true\nfqdn: VM100\nuser: root\ndisable_root: False\nchpasswd:\n  expire: False\n' },
    });
  });

  test('of ConfigDrive', async () => {
    expect(await files({ ...config, citype: 'configdrive2' })).toMatchObject({
      label: 'config-2',
      files: {
        'openstack/content/0000': 'auto lo\niface lo inet loopback\n\n        dns_nameservers 192.0.2.53 192.0.2.54\n        dns_search example.org\n' +
          'auto eth0\niface eth0 inet static\n        address 192.0.2.10\n        netmask 255.255.240.0\n        gateway 192.0.0.1\n' +
          'iface eth0 inet6 static\n        address 2001:db8::2\n        netmask 64\n        gateway 2001:db8::1\n' +
          'auto eth1\niface eth1 inet dhcp\niface eth1 inet6 auto\n',
        'openstack/latest/meta_data.json': expect.stringMatching(/^\{\n {5}"uuid": "[0-9a-f]{40}",\n {5}"network_config": \{ "content_path": "\/content\/0000" \}\n\}\n$/),
        'openstack/latest/vendor_data.json': '',
      },
    });
  });

  test('of Windows', async () => {
    const drive = await files({ ...config, ostype: 'win11' }) as { files: { [file: string]: string } };
    expect(JSON.parse(drive.files['openstack/latest/meta_data.json'])).toEqual({
      uuid: expect.stringMatching(/^[0-9a-f]{40}$/),
      network_config: { content_path: '/content/0000' },
      admin_pass: '$5$salt$hash',
      public_keys: { 'key-0': key },
    });
    expect(drive.files['openstack/content/0000']).toMatch(/^auto eth0\n[^]* {8}gateway 192\.0\.0\.1\n {8}dns-nameservers 192\.0\.2\.53 192\.0\.2\.54\n/);
  });

  test('of OpenNebula', async () => {
    expect(await files({ ...config, citype: 'opennebula' })).toEqual({
      slot: 'scsi1',
      label: 'CONTEXT',
      files: {
        'context.sh': `USERNAME=admin\nCRYPTED_PASSWORD_BASE64=${Buffer.from('$5$salt$hash').toString('base64')}\n\nSSH_PUBLIC_KEY="${key}"\nSET_HOSTNAME=web\n` +
          'DNS="192.0.2.53 192.0.2.54"\nSEARCH_DOMAIN="example.org"\nETH0_IP=192.0.2.10\nETH0_MASK=255.255.240.0\nETH0_MAC=bc:24:11:00:00:01\nETH0_GATEWAY=192.0.0.1\n' +
          'ETH0_IP6=2001:db8::2\nETH0_MASK6=64\nETH0_MAC6=bc:24:11:00:00:01\nETH0_GATEWAY6=2001:db8::1\nETH1_DHCP=YES\nETH1_AUTO6=YES\nNETWORK=YES\n',
      },
    });
  });

  test('with snippets of the user in place of what is made', async () => {
    const server = new ConfigServer();
    await server.file('local:snippets/user.yaml', '#cloud-config\npackages: [jq]\n');
    await server.file('local:snippets/vendor.yaml', '#cloud-config\n');
    const cicustom = 'user=local:snippets/user.yaml,vendor=local:snippets/vendor.yaml';
    expect(await files({ ...config, cicustom }, server)).toMatchObject({ files: { 'user-data': '#cloud-config\npackages: [jq]\n', 'vendor-data': '#cloud-config\n' } });
    await expect(files({ ...config, cicustom: 'user=local:snippets/no.yaml' }, server))
      .rejects.toThrow('can\'t open \'/var/lib/vz/snippets/no.yaml\' - No such file or directory');
    await expect(files({ ...config, cicustom: 'user=local:iso/user.iso' }, server)).rejects.toThrow('local:iso/user.iso is not in the snippets directory');
  });

  test('is none where there is none', async () => {
    expect(await files({ ide2: 'none,media=cdrom' })).toBeUndefined();
    expect(await files({ ide2: 'local:200/vm-200-cloudinit.qcow2,media=cdrom' })).toBeUndefined();
  });
});

describe('what the server tells of cloud-init', () => {
  test('its files', async () => {
    const server = new ConfigServer();
    await server.create(100, { name: 'web', cipassword: 'secret', ide2: 'local:cloudinit', nameserver: '192.0.2.53' });
    const dump = (type: string) => server.ask('GET', '/100/cloudinit/dump', { type });
    expect(await dump('user')).toContain('password: secret\n');
    expect(await dump('network')).toBe('version: 1\nconfig:\n    - type: nameserver\n      address:\n      - \'192.0.2.53\'\n');
    expect(await dump('meta')).toMatch(/^instance-id: [0-9a-f]{40}\n$/);
    expect(await server.refusal('GET', '/100/cloudinit/dump')).toBe('400 Parameter verification failed.\ntype: property is missing and it is not optional');
    server.as({ '/vms/100': ['VM.Audit', 'VM.Config.Cloudinit'] });
    expect(await dump('user')).toContain('password: **********\n');
  });

  test('what has changed since its drive was made', async () => {
    const server = new ConfigServer();
    await server.create(100, { ciuser: 'a', searchdomain: 'example.org', ide2: 'local:cloudinit' });
    await server.start(100);
    const changes = async () => (await server.ask('GET', '/100/cloudinit') as { key: string }[]).sort((a, b) => a.key < b.key ? -1 : 1);
    expect(await changes()).toEqual([{ key: 'ciuser', value: 'a' }, { key: 'searchdomain', value: 'example.org' }]);
    await server.ask('PUT', '/100/config', { ciuser: 'b', nameserver: '192.0.2.53', delete: 'searchdomain' });
    expect(await changes()).toEqual([
      { key: 'ciuser', value: 'a', pending: 'b' }, { key: 'nameserver', pending: '192.0.2.53' }, { key: 'searchdomain', delete: 1 },
    ]);
    await server.ask('PUT', '/100/config', { ciuser: 'a' });
    expect(await changes()).toContainEqual({ key: 'ciuser', value: 'a' });
    expect(await server.ask('PUT', '/100/cloudinit')).toBeNull();
    expect(await changes()).toEqual([{ key: 'ciuser', value: 'a' }, { key: 'nameserver', value: '192.0.2.53' }]);
  });
});

test('passwords are hashed as crypt does it', () => {
  expect(hashPassword('Hello world!', 'saltstring')).toBe('$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5');
  const long = 'ü'.repeat(40);
  const openssl = execFileSync('openssl', ['passwd', '-5', '-salt', 'abcdefgh', long], { encoding: 'utf8' }).trim();
  expect(hashPassword(long, 'abcdefgh')).toBe(openssl);
});
