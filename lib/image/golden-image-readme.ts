import * as packer from '../packer';
import { BuildReach } from './build-address';
import { GoldenImageTemplateProps } from './golden-image-template';

/** What a person has to know who builds the image by hand. */
export function renderReadme(props: GoldenImageTemplateProps, template: packer.Template): string {
  const given = template.variables.filter((variable) => variable.mustBeGiven);
  const { base, proxmoxVe, reach } = props;
  const how = {
    [BuildReach.SEED]: 'Packer writes a small ISO (label `cidata`) that installs the guest agent and lets Packer in with a password made for this one build; '
      + 'the guest agent tells Packer the address it has from DHCP. This needs one of xorriso, mkisofs, hdiutil or oscdimg here, and `' + proxmoxVe.isoStorage + '` takes ISO images. '
      + 'Packer says "an existing hard disk was found … overwriting with ISO" for that slot: there is none, and nothing is overwritten.',
    [BuildReach.AGENT]: 'The guest agent of the base tells Packer the address it has from DHCP; cloud-init lets a key in that Packer makes for this one build.',
    [BuildReach.FIXED]: `The machine has the address ${props.fixedAddress?.address} while it is built; cloud-init lets a key in that Packer makes for this one build.`,
  }[reach];
  const commands = [
    'cd hcl      # or: cd json',
    ...given.map(({ name, description }) => `export PKR_VAR_${name}=…${description === undefined ? '' : `    # ${description.replace(/\s+/g, ' ')}`}`),
    'packer init . && packer build .',
  ];
  return `# ${props.templateName}

${base.guest.osName}, baked from the template ${base.templateName}${typeof base.vmId === 'number' && base.vmId > 0 ? ` (${base.vmId})` : ''} on ${base.nodeName}, to become template ${props.vmId} on ${proxmoxVe.endpoint}.

${commands.map((command) => `    ${command}`).join('\n')}

Where the template is there already, \`packer build -force .\` deletes it first. Nothing else is asked for.

${how}

| file | what it is |
|---|---|
| \`hcl/\`, \`json/\` | the same Packer template in both forms |
| \`files/\` | what goes into the image, or runs in it |
| \`deploy/\` | the program that builds it in a deploy; not there when it is built outside |
| \`manifest.json\` | written by a build: name, version, content hash, that of the base, commit |

The folder is written anew at each synth. It holds no secret and no absolute path, and can be moved.
`;
}
