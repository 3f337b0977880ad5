import * as fs from 'node:fs';
import * as path from 'node:path';
import { PveSimulator } from '../../lib/simulator';
import { Deployment } from './deployment';

/** Lets the simulated server download the images of a program, which nobody can reach: of the size of a disk of 2 GiB, with the digest the program asks for. */
export function seedDownloads(pve: PveSimulator, deployment: Deployment): void {
  for (const file of Object.values<any>(deployment.configuration.resource?.proxmox_download_file ?? {})) {
    pve.addDownload({ url: file.url, bytes: 1024 ** 2, diskBytes: 2 * 1024 ** 3, digest: file.checksum });
  }
}

/** Puts the images of a program that Packer builds on the server, as its pipeline would have built them. */
export async function seedGoldenImages(pve: PveSimulator, deployment: Deployment): Promise<void> {
  const folder = path.join(deployment.stack, 'packer');
  for (const image of fs.existsSync(folder) ? fs.readdirSync(folder) : []) {
    const [file] = fs.readdirSync(path.join(folder, image, 'json'));
    const { locals, source } = JSON.parse(fs.readFileSync(path.join(folder, image, 'json', file), 'utf8'));
    const [template] = Object.values<any>(Object.values<any>(source)[0]);
    const cds = [template.boot_iso ?? [], template.additional_iso_files ?? []].flat().filter((cd: any) => cd.type === 'scsi');
    await pve.call('POST', `/nodes/${template.node}/qemu`, {
      vmid: String(template.vm_id),
      name: template.template_name,
      tags: template.tags,
      description: template.template_description.replace(/\$\{local\.(\w+)\}/g, (_: string, local: string) => locals[local]),
      scsihw: 'virtio-scsi-single',
      machine: 'q35',
      bios: 'ovmf',
      agent: '1',
      efidisk0: `${template.cloud_init_storage_pool}:1,efitype=4m`,
      scsi0: `${template.cloud_init_storage_pool}:2`,
      // While a machine is built, its CDs hold the slots after the disk.
      [`scsi${cds.length + 1}`]: `${template.cloud_init_storage_pool}:cloudinit`,
      net0: 'virtio,bridge=vmbr0',
      boot: 'order=scsi0',
    });
    await pve.call('POST', `/nodes/${template.node}/qemu/${template.vm_id}/template`);
  }
}
