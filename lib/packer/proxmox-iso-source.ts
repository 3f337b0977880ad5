import { Problems } from '../core';
import { Body } from '../hcl';
import { checkInstallation } from './installation-checks';
import { IsoFile } from './iso-file';
import { EfiConfig, renderEfi } from './proxmox-devices';
import { ProxmoxSource } from './proxmox-source';
import { ProxmoxSourceProps } from './proxmox-source-props';

/**
 * What is said of a source that installs an operating system from an ISO.
 *
 * @see https://developer.hashicorp.com/packer/integrations/hashicorp/proxmox/latest/components/builder/iso
 */
export interface ProxmoxIsoSourceProps extends ProxmoxSourceProps {
  /** The ISO that the machine boots from. Without a bus it is in slot `ide2`. */
  readonly bootIso: IsoFile;
  /**
   * The disk in which UEFI keeps its variables. Needed with `Bios.OVMF`. (A clone has that of its template.)
   * @default - none
   */
  readonly efiConfig?: EfiConfig;
}

/** A machine on which an operating system is installed from an ISO, and which is made a template. */
export class ProxmoxIsoSource extends ProxmoxSource {
  /** Type of the builder. */
  public static readonly BUILDER_TYPE = 'proxmox-iso';

  /**
   * @param name name of the source in the template: letters, digits, `_` and `-`, not beginning with a digit
   * @param props what is said of it
   */
  public constructor(name: string, private readonly props: ProxmoxIsoSourceProps) {
    super(ProxmoxIsoSource.BUILDER_TYPE, name, props);
    this.refuseMistakes((problems: Problems) => checkInstallation(problems, props));
  }

  protected override toBody(): Body {
    const common = super.toBody();
    const { bootIso, efiConfig } = this.props;
    return new Body(common.attributes, [
      bootIso.toBlock('boot_iso'),
      ...common.blocks,
      ...(efiConfig === undefined ? [] : [renderEfi(efiConfig)]),
    ]);
  }
}
