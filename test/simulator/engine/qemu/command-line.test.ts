import { GuestHardware } from '../../../../lib/simulator/engine/engine';
import { commandLine, MachineSurroundings } from '../../../../lib/simulator/engine/qemu/command-line';

const around = (more: Partial<MachineSurroundings> = {}): MachineSurroundings => ({
  kvm: false, sockets: '/run/100', consoleLog: '/log/100', files: {}, networks: {}, ...more,
});

/** One line for each option with its value. */
function lines(config: GuestHardware['config'], more?: Partial<MachineSurroundings>, cloudInit?: GuestHardware['cloudInit']): string[] {
  const args = commandLine({ vmid: 100, node: 'pve', config, drives: {}, cloudInit }, around(more));
  return args.join(' ').split(/ (?=-)/);
}

const ALWAYS = [
  '-device virtio-balloon-pci,id=balloon0,bus=pci.0,addr=0x3', '-device qemu-xhci,id=xhci', '-device usb-tablet,id=tablet',
];

test('a machine of which nothing is said', () => {
  expect(lines({})).toEqual([
    '-name vm100,debug-threads=on', '-nodefaults', '-no-user-config', '-display none', '-machine pc',
    '-accel tcg,thread=multi,tb-size=256', '-cpu kvm64', '-smp 1,sockets=1,cores=1,maxcpus=1', '-m 512', '-qmp unix:/run/100/qmp,server=on,wait=off',
    '-vga std', ...ALWAYS,
  ]);
});

test('a cloud machine: virtio, cloud-init, agent, serial console', () => {
  const config = {
    name: 'web',
    cores: '2',
    memory: '1024',
    cpu: 'x86-64-v2-AES',
    scsihw: 'virtio-scsi-single',
    scsi0: 'local:100/a.qcow2,iothread=1,discard=on,ssd=1,size=4G',
    ide2: 'local:100/vm-100-cloudinit.qcow2,media=cdrom',
    net0: 'virtio=BC:24:11:00:00:01,bridge=vmbr0',
    boot: 'order=scsi0',
    agent: '1',
    serial0: 'socket',
    vga: 'serial0',
    smbios1: 'uuid=1b671a64-40d5-491e-99b0-da01ff1f3341',
    vmgenid: '1b671a64-40d5-491e-99b0-da01ff1f3342',
    rng0: 'source=/dev/urandom',
  };
  const files = { scsi0: '/v/a.qcow2', ide2: '/v/seed.iso' };
  const networks = { net0: 'net=10.0.2.0/24,hostfwd=tcp:127.84.0.1:22-10.0.2.15:22' };
  expect(lines(config, { files, networks }, { slot: 'ide2', files: {} })).toEqual([
    '-name web,debug-threads=on', '-nodefaults', '-no-user-config', '-display none', '-machine pc',
    '-accel tcg,thread=multi,tb-size=256', '-cpu max,la57=off', '-smp 2,sockets=1,cores=2,maxcpus=2', '-m 1024',
    '-qmp unix:/run/100/qmp,server=on,wait=off', '-smbios type=1,uuid=1b671a64-40d5-491e-99b0-da01ff1f3341',
    '-device vmgenid,guid=1b671a64-40d5-491e-99b0-da01ff1f3342', '-vga none',
    '-chardev socket,id=serial0,path=/run/100/serial0,server=on,wait=off,logfile=/log/100', '-device isa-serial,chardev=serial0',
    '-chardev socket,id=qga0,path=/run/100/qga,server=on,wait=off', '-device virtio-serial,id=qga0,bus=pci.0,addr=0x8',
    '-device virtserialport,chardev=qga0,name=org.qemu.guest_agent.0',
    '-object rng-random,filename=/dev/urandom,id=rng0', '-device virtio-rng-pci,rng=rng0,max-bytes=1024,period=1000,bus=pci.0,addr=0x1d',
    ...ALWAYS,
    '-drive if=none,id=drive-ide2,file=/v/seed.iso,format=raw,media=cdrom,readonly=on',
    '-device ide-cd,bus=ide.1,unit=0,drive=drive-ide2,id=ide2',
    '-object iothread,id=iothread-virtioscsi0', '-device virtio-scsi-pci,id=virtioscsi0,iothread=iothread-virtioscsi0',
    '-drive if=none,id=drive-scsi0,file=/v/a.qcow2,format=qcow2,cache=unsafe,discard=unmap,detect-zeroes=on',
    '-device scsi-hd,bus=virtioscsi0.0,channel=0,scsi-id=0,lun=0,rotation_rate=1,drive=drive-scsi0,id=scsi0,bootindex=100',
    '-netdev user,id=net0,ipv6=off,net=10.0.2.0/24,hostfwd=tcp:127.84.0.1:22-10.0.2.15:22',
    '-device virtio-net-pci,mac=BC:24:11:00:00:01,netdev=net0,id=net0,bus=pci.0,addr=0x12,romfile=',
  ]);
});

test('q35 with OVMF and Secure Boot, a TPM, and disks of all kinds; what is passed through stays out', () => {
  const config = {
    machine: 'pc-q35-9.0',
    bios: 'ovmf',
    efidisk0: 'local:100/efi.qcow2,efitype=4m,pre-enrolled-keys=1,size=528K',
    tpmstate0: 'local:100/tpm.raw,version=v2.0',
    cpu: 'qemu64',
    sockets: '2',
    cores: '2',
    vcpus: '1',
    memory: 'current=2048',
    hostpci0: 'mapping=gpu,pcie=1',
    vga: 'virtio,memory=32',
    virtio0: 'local:100/a.raw,iothread=1,serial=A,size=1G',
    sata0: 'none,media=cdrom',
    sata7: 'local:iso/b.iso,media=cdrom',
    scsi8: 'local:100/c.qcow2,ro=1',
    net0: 'model=e1000,macaddr=BC:24:11:00:00:02,bridge=vmbr0',
    boot: 'order=sata7;net0',
    agent: 'enabled=1,type=isa',
  };
  const ovmf = { code: '/o/code', secureCode: '/o/secure', variables: '/o/vars' };
  const more = {
    files: { virtio0: '/v/a', sata7: '/v/b,1.iso', scsi8: '/v/c' },
    networks: { net0: 'net=10.0.2.0/24' },
    tpm: '/run/100/tpm',
    firmware: { ovmf, variables: '/v/efi', secure: true },
  };
  expect(lines(config, more)).toEqual([
    '-name vm100,debug-threads=on', '-nodefaults', '-no-user-config', '-display none', '-machine q35,smm=on',
    '-accel tcg,thread=multi,tb-size=256', '-cpu qemu64', '-smp 1,sockets=2,cores=2,maxcpus=4', '-m 2048', '-qmp unix:/run/100/qmp,server=on,wait=off',
    '-global driver=cfi.pflash01,property=secure,value=on', '-drive if=pflash,unit=0,format=raw,readonly=on,file=/o/secure',
    '-drive if=pflash,unit=1,id=drive-efidisk0,driver=raw,size=540672,cache=unsafe,file.driver=qcow2,file.file.filename=/v/efi',
    '-device pcie-root-port,id=ich9-pcie-port-1,multifunction=on,bus=pcie.0,addr=1c.0,port=1,chassis=1',
    '-device pcie-root-port,id=ich9-pcie-port-2,multifunction=on,bus=pcie.0,addr=1c.1,port=2,chassis=2',
    '-device pcie-root-port,id=ich9-pcie-port-3,multifunction=on,bus=pcie.0,addr=1c.2,port=3,chassis=3',
    '-device pcie-root-port,id=ich9-pcie-port-4,multifunction=on,bus=pcie.0,addr=1c.3,port=4,chassis=4',
    '-device i82801b11-bridge,id=pcidmi,bus=pcie.0,addr=1e.0', '-device pci-bridge,id=pci.0,bus=pcidmi,addr=1.0,chassis_nr=1',
    '-vga virtio', '-chardev socket,id=qga0,path=/run/100/qga,server=on,wait=off', '-device isa-serial,chardev=qga0',
    '-chardev socket,id=tpmchar,path=/run/100/tpm', '-tpmdev emulator,id=tpmdev,chardev=tpmchar', '-device tpm-tis,tpmdev=tpmdev',
    ...ALWAYS,
    '-device ahci,id=ahci0,multifunction=on', '-drive if=none,id=drive-sata0,media=cdrom,readonly=on', '-device ide-cd,bus=ahci0.0,drive=drive-sata0,id=sata0',
    '-device ahci,id=ahci1,multifunction=on', '-drive if=none,id=drive-sata7,file=/v/b,,1.iso,format=raw,media=cdrom,readonly=on',
    '-device ide-cd,bus=ahci1.1,drive=drive-sata7,id=sata7,bootindex=100',
    '-device lsi,id=scsihw1', '-drive if=none,id=drive-scsi8,file=/v/c,format=qcow2,cache=unsafe,discard=ignore,detect-zeroes=on,readonly=on',
    '-device scsi-hd,bus=scsihw1.0,scsi-id=1,drive=drive-scsi8,id=scsi8',
    '-object iothread,id=iothread-virtio0', '-drive if=none,id=drive-virtio0,file=/v/a,format=qcow2,cache=unsafe,discard=ignore,detect-zeroes=on',
    '-device virtio-blk-pci,iothread=iothread-virtio0,drive=drive-virtio0,id=virtio0,serial=A',
    '-netdev user,id=net0,ipv6=off,net=10.0.2.0/24', '-device e1000,mac=BC:24:11:00:00:02,netdev=net0,id=net0,bus=pci.0,addr=0x12,bootindex=101',
  ]);
});

test.each([
  [{ kvm: true }, {}, '-accel kvm -cpu kvm64'],
  [{ kvm: true }, { cpu: 'host' }, '-accel kvm -cpu host'],
  [{ kvm: true }, { cpu: 'x86-64-v3,flags=+aes' }, '-accel kvm -cpu max'],
  [{ kvm: true }, { cpu: 'host', kvm: '0' }, '-accel tcg,thread=multi,tb-size=256 -cpu max,la57=off'],
  [{ kvm: false }, { cpu: 'host', kvm: '1' }, '-accel tcg,thread=multi,tb-size=256 -cpu max,la57=off'],
])('%j with %j runs by %s', (machine, config, expected) => {
  expect(lines(config, machine).filter((line) => /^-(accel|cpu)/.test(line)).join(' ')).toBe(expected);
});

test('without an order, the first disk is tried, then CDs, then the network', () => {
  const config = { ide2: 'local:iso/a.iso,media=cdrom', scsi0: 'local:100/a.qcow2', net0: 'virtio=BC:24:11:00:00:01' };
  const found = lines(config, { files: { ide2: '/a.iso', scsi0: '/a' }, networks: { net0: 'net=10.0.2.0/24' } }).filter((line) => line.includes('bootindex'));
  expect(found.map((line) => /id=(ide2|scsi0|net0)\b.*bootindex=\d+/.exec(line)![0].replace(/,.*,/, ','))).toEqual([
    'id=ide2,bootindex=101', 'id=scsi0,bootindex=100', 'id=net0,bootindex=102',
  ]);
});

test('texts of smbios1 may be base64', () => {
  const text = Buffer.from('A, B').toString('base64');
  expect(lines({ smbios1: `uuid=1b671a64-40d5-491e-99b0-da01ff1f3341,base64=1,product=${text}` }).find((line) => line.startsWith('-smbios')))
    .toBe('-smbios type=1,uuid=1b671a64-40d5-491e-99b0-da01ff1f3341,product=A,, B');
});
