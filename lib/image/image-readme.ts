import { REPORTS } from '../assembly';
import { GuestShell } from '../guest-os';
import * as packer from '../packer';
import { ImageTemplate } from './image-template';

/** What the profile needs beside Packer. */
function ansibleOf({ props: { profile, guestSetup }, access }: ImageTemplate): string {
  if (profile.standard === undefined) return '';
  if (guestSetup.shell !== GuestShell.POWERSHELL) return ' Ansible is needed here: `ansible-core` 2.15 or newer.';
  const beside = access.winRm ? ', and pywinrm beside it' : access.byPassword ? '; before 2.19 sshpass as well' : '';
  return ` Ansible is needed here: \`ansible-core\` 2.16 or newer${beside}. It fetches the collections of \`files/ansible/requirements.yml\`.`;
}

/** What a person has to know who builds the image by hand. */
export function renderReadme(image: ImageTemplate, template: packer.Template): string {
  const given = template.variables.filter((variable) => variable.mustBeGiven);
  const { props, guidance } = image;
  const commands = [
    'cd hcl      # or: cd json',
    ...given.map(({ name, description }) => `export PKR_VAR_${name}=…${description === undefined ? '' : `    # ${description.replace(/\s+/g, ' ')}`}`),
    'packer init . && packer build .',
  ];
  const reports = props.profile.standard?.hardening === undefined ? '' : `| \`${REPORTS}/\` | written by a build: what the hardening has found, before and after; stays at the next synth |\n`;
  return `# ${props.templateName}

${props.osName}, ${guidance.summary} on ${props.nodeName}, to become template ${props.vmId} on ${props.proxmoxVe.endpoint}.

${commands.map((command) => `    ${command}`).join('\n')}

Where the template is there already, \`packer build -force .\` deletes it first. Nothing else is asked for.${ansibleOf(image)}

${guidance.reach}

| file | what it is |
|---|---|
| \`hcl/\`, \`json/\` | the same Packer template in both forms |
| \`files/\` | what goes into the image, or runs in it |
| \`deploy/\` | the program that builds it in a deploy; not there when it is built outside |
| \`manifest.json\` | written by a build: name, version, content hash, that of the base, commit |
${reports}
The folder is written anew at each synth. It holds no secret and no absolute path, and can be moved.
`;
}
