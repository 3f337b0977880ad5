import { OsType, Size, guestos } from 'proxmox-constructs';

/** Debian as small as it boots, made on this machine: nothing is asked for on the internet. */
export class SmallDebian implements guestos.ICloudImage {
  public readonly osName = 'debian-12-small';
  public readonly osType = OsType.LINUX;
  public readonly guestSetup = guestos.Debian.V12.guestSetup;

  /**
   * @param url where the image is served, with its digest in the name: an address that never changes
   * @param sha256 its digest
   */
  public constructor(private readonly url: string, private readonly sha256: string) {}

  public bindCloudImage(): guestos.CloudImageConfig {
    return { url: this.url, checksum: guestos.Checksum.sha256(this.sha256), minimumDiskSize: Size.gibibytes(3) };
  }
}
