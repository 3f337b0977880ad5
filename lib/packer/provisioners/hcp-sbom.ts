import { Problems } from '../../core';
import { ProvisionerOptions } from '../meta-arguments';
import { checkNoBracesIn, fits, once } from '../plugin-text';
import { IProvisioner } from '../provisioner';
import { provisionerRules } from '../provisioner-rules';
import { checkElevated } from './powershell';
import { TypedProvisioner } from './typed-provisioner';

/** What is said of a software bill of materials for HCP Packer. */
export interface HcpSbomProps extends ProvisionerOptions {
  /**
   * Path of the document in the machine. Either this or `autoGenerate`.
   * @default - `autoGenerate` is set
   */
  readonly source?: string;
  /**
   * Whether Packer makes the document itself, by copying its own binary into the machine.
   * @default false
   */
  readonly autoGenerate?: boolean;
  /**
   * Path beside Packer at which a copy of the document is kept.
   * @default - no copy
   */
  readonly destination?: string;
  /**
   * Name of the document, 3 to 36 letters, digits and `-`.
   * @default - made by HCP Packer
   */
  readonly sbomName?: string;
  /**
   * Folder of the machine that is searched.
   * @default '/'
   */
  readonly scanPath?: string;
  /**
   * Arguments of the search.
   * @default ['-o', 'cyclonedx-json']
   */
  readonly scannerArguments?: string[];
  /**
   * Command that searches. A template of the plugin with `{{.Path}}`, `{{.Args}}`, `{{.ScanPath}}` and `{{.Output}}`, handed over as it is.
   * @default - with sudo on Unix
   */
  readonly executeCommand?: string;
  /**
   * User as whom Windows is searched.
   * @default - the user of the communicator
   */
  readonly elevatedUser?: string;
  /**
   * Password of that user: a reference to something sensitive. Literal text is refused.
   * @default - none
   */
  readonly elevatedPassword?: string;
}

/** A software bill of materials. */
export function hcpSbom(props: HcpSbomProps): IProvisioner {
  const problems = new Problems('packer.Provisioner.hcpSbom');
  problems
    .check((props.source === undefined) === (props.autoGenerate === true), provisionerRules['packer-sbom-source'], {
      property: 'source', received: props.source,
    })
    .check(
      fits(props.sbomName, /^[0-9A-Za-z-]{3,36}$/),
      provisionerRules['packer-sbom-name'],
      { property: 'sbomName', received: props.sbomName },
    );
  checkNoBracesIn(problems, props, ['scanPath', 'scannerArguments', 'elevatedPassword']);
  checkElevated(problems, props.elevatedUser, props.elevatedPassword);
  return new TypedProvisioner(problems, 'hcp-sbom', {
    ...once({
      source: props.source,
      auto_generate: props.autoGenerate,
      destination: props.destination,
      sbom_name: props.sbomName,
      scan_path: props.scanPath,
      scanner_args: props.scannerArguments,
      elevated_user: props.elevatedUser,
    }),
    elevated_password: props.elevatedPassword,
    execute_command: props.executeCommand,
  }, props);
}
