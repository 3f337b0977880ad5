import { ProvisionerConfig } from './provisioner';

/** Version of Packer that has everything of these templates, but for what follows. */
const PACKER_VERSION = '>= 1.10.0';
/** Version of Packer that has `hcp-sbom`. */
const PACKER_VERSION_SBOM = '>= 1.12.0';
/** Version of Packer in which `hcp-sbom` makes the document itself. */
const PACKER_VERSION_SBOM_SEARCH = '>= 1.15.1';
/** Version of Packer that has `continue_on_error`. */
const PACKER_VERSION_CONTINUE_ON_ERROR = '>= 1.16.0';

const SBOM_SEARCH = ['auto_generate', 'scan_path', 'scanner_args', 'execute_command', 'elevated_user', 'elevated_password'];

/** The demand on the version of Packer that these provisioners make. */
export function demandedPackerVersion(provisioners: ProvisionerConfig[]): string {
  if (provisioners.some((config) => config.attributes.continue_on_error === true)) return PACKER_VERSION_CONTINUE_ON_ERROR;
  const sboms = provisioners.filter((config) => config.type === 'hcp-sbom');
  if (sboms.some(({ attributes }) => SBOM_SEARCH.some((name) => attributes[name] !== undefined))) return PACKER_VERSION_SBOM_SEARCH;
  return sboms.length > 0 ? PACKER_VERSION_SBOM : PACKER_VERSION;
}
