import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Bios, CpuType, DiskBus, Duration, MachineType, NetworkModel, OsType, ScsiController, Size, hcl, packer } from '../../lib';
import { StorageKind } from '../../lib/simulator';
import { packerBuildEnvironment, run, toolPath } from '../../tools';
import { installerIso } from '../../tools/guests/installer';
import { bootingGuests, startTrialServer, trialHost } from '../../tools/trial/server';
import { type Report } from '../support/report';

/** An installation from an ISO by typed keys and an answer file on a CD, under UEFI: Packer builds a template of it, which is cloned and boots. */
export async function iso(report: Report): Promise<void> {
  const folder = path.join(process.env.TMPDIR!, 'iso');
  fs.mkdirSync(folder, { recursive: true });
  const pve = await startTrialServer({ engine: bootingGuests(), storages: [{ name: 'local', kind: StorageKind.DIRECTORY }] });
  try {
    await pve.addFile('local:iso/tiny-installer.iso', fs.createReadStream(await installerIso()));
    const password = crypto.randomBytes(12).toString('hex');
    fs.writeFileSync(path.join(folder, 'tiny.pkr.hcl'), template().toHcl());
    fs.writeFileSync(path.join(folder, 'authority.pem'), pve.certificate);
    const started = Date.now();
    const { status, output } = await run(toolPath('packer'), ['build', '-color=false', '.'], {
      cwd: folder,
      timeoutSeconds: 900,
      env: {
        ...packerBuildEnvironment(), SSL_CERT_FILE: path.join(folder, 'authority.pem'), PKR_VAR_build_password: password, PKR_VAR_proxmox_api_token: pve.apiToken,
      },
    });
    console.log(`     packer build: ${Math.round((Date.now() - started) / 1000)} s`);
    report.equal('packer build', status === 0 ? '' : `${output}\n${pve.consoleLog(9001).slice(-3000)}`, '');
    report.equal('what stands on the server', pve.vms.map(({ vmId, name, template: isTemplate }) => ({ vmId, name, isTemplate })),
      [{ vmId: 9001, name: 'tiny', isTemplate: true }]);
    report.equal('the installer is still there, and the CD with the answers is gone', pve.volumes.filter(({ content }) => content === 'iso').map(({ volumeId }) => volumeId),
      ['local:iso/tiny-installer.iso']);
    report.equal('the keys were typed', pve.requests.filter(({ path: at }) => at.endsWith('/sendkey')).map(({ parameters }) => parameters.key), ['u']);
    report.equal('the template has no CD but that of cloud-init', Object.entries(pve.vms[0]?.config ?? {}).filter(([, value]) => value.includes('media=cdrom')).map(([, value]) => value),
      ['local:9001/vm-9001-cloudinit.qcow2,media=cdrom']);
  } finally {
    await pve.stop();
  }
}

function template(): packer.Template {
  const made = new packer.Template({ name: 'tiny' });
  const password = made.addVariable(new packer.Variable('build_password', { type: packer.VariableType.STRING, sensitive: true }));
  made.addVariable(new packer.Variable('proxmox_api_token', { type: packer.VariableType.STRING, sensitive: true }));
  made.addSource(new packer.ProxmoxIsoSource('tiny', {
    proxmoxUrl: `https://${trialHost}:8006/api2/json`,
    username: 'root@pam!simulator',
    token: hcl.Expression.raw('element(split("=", var.proxmox_api_token), 1)').toString(),
    node: 'pve',
    vmId: 9001,
    vmName: 'build-tiny',
    templateName: 'tiny',
    memory: Size.gibibytes(1),
    cores: 2,
    cpuType: CpuType.X86_64_V2_AES,
    os: OsType.LINUX,
    bios: Bios.OVMF,
    machine: MachineType.Q35,
    efiConfig: { storagePool: 'local' },
    scsiController: ScsiController.VIRTIO_SCSI_SINGLE,
    qemuAgent: true,
    serials: ['socket'],
    networkAdapters: [{ bridge: 'vmbr0', model: NetworkModel.VIRTIO }],
    disks: [{ storagePool: 'local', type: DiskBus.SCSI, size: Size.gibibytes(3) }],
    bootIso: packer.IsoFile.fromStorage('local:iso/tiny-installer.iso', { bus: packer.IsoBus.SCSI, index: 1, unmount: true }),
    additionalIsoFiles: [packer.IsoFile.fromContent({
      content: { answers: `user packer\npassword ${password}\nhostname tiny\n` },
      label: 'cidata',
      storagePool: 'local',
      bus: packer.IsoBus.SCSI,
      index: 2,
      unmount: true,
    })],
    bootOrder: ['scsi0', 'scsi1'],
    bootWait: Duration.seconds(40),
    bootKeyInterval: Duration.milliseconds(100),
    bootCommand: ['u'],
    cloudInit: true,
    cloudInitStoragePool: 'local',
    cloudInitDiskType: packer.CloudInitBus.SCSI,
    communicator: packer.Communicator.ssh({ username: 'packer', password: `${password}`, timeout: Duration.minutes(12) }),
  }));
  made.addProvisioners(packer.Provisioner.shell({ inline: ['echo installed | sudo tee /etc/installed'] }));
  return made;
}
