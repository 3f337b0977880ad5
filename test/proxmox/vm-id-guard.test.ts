import { vmIdGuard } from '../../lib/proxmox';
import { cluster } from '../support/fixtures';

const proxmoxVe = cluster();
const VMS = 'data.proxmox_virtual_environment_vms.Pve_Vms.vms';
const CONTAINERS = 'data.proxmox_virtual_environment_containers.Pve_Containers.containers';

test('a machine: whoever has the id without our tag, or is a template, is a stranger', () => {
  const strangers = (of: string) => `[for v in ${VMS} : ${of}v if v.vm_id == 200 && !((contains(v.tags, "homelab_web") && !v.template))]`;
  const named = strangers('').replace(': v if', ': "${v.name} on ${v.node_name}" if');
  expect(vmIdGuard({ proxmoxVe, vmId: 200, ownerTag: 'homelab_web', path: 'homelab/Web', template: false })).toEqual([
    {
      condition: `\${length(${strangers('')}) == 0}`,
      errorMessage: `VM id 200 is held by \${join(", ", ${named})}, which this program did not make. Give homelab/Web another vmId, or move what stands there.`,
    },
    {
      condition: `\${length([for c in ${CONTAINERS} : c if c.vm_id == 200]) == 0}`,
      errorMessage: `VM id 200 is held by \${join(", ", [for c in ${CONTAINERS} : "container \${c.name} on \${c.node_name}" if c.vm_id == 200])}. Give homelab/Web another vmId, or move what stands there.`,
    },
  ]);
});

test('an imported template: ours is also a machine of its name and tag, whose import was cut off', () => {
  const [guard] = vmIdGuard({ proxmoxVe, vmId: 9100, ownerTag: 'homelab_base', path: 'homelab/Base', template: true, name: 'base' });
  expect(guard.condition).toBe(`\${length([for v in ${VMS} : v if v.vm_id == 9100 && !((contains(v.tags, "homelab_base") && (v.template || v.name == "base")))]) == 0}`);
});

test('a machine: ours is also a clone that was cut off, with its name and still the tags of its template', () => {
  const clone = { name: 'web', template: 't.vm_id == 9102' };
  const [guard] = vmIdGuard({ proxmoxVe, vmId: 200, ownerTag: 'homelab_web', path: 'homelab/Web', template: false, clone });
  expect(guard.condition).toBe(`\${length([for v in ${VMS} : v if v.vm_id == 200 && !((contains(v.tags, "homelab_web") && !v.template))`
    + ` && !(v.name == "web" && !v.template && v.status == "stopped" && length(v.tags) > 0 && contains([for t in ${VMS} : t.tags if t.vm_id == 9102], v.tags))]) == 0}`);
});

test('who comes between the plan and the moment the id is taken is seen then, and said once', () => {
  const lateVms = 'data.proxmox_virtual_environment_vms.Base_Vms.vms';
  const guard = vmIdGuard({ proxmoxVe, vmId: 9100, ownerTag: 'homelab_base', path: 'homelab/Base', template: true, lateVms });
  const strangers = (list: string) => `length([for v in ${list} : v if v.vm_id == 9100 && !((contains(v.tags, "homelab_base") && (v.template)))])`;
  expect(guard).toHaveLength(3);
  expect(guard[2].condition).toBe(`\${${strangers(lateVms)} == 0 || ${strangers(VMS)} > 0}`);
  expect(guard[2].errorMessage).toBe(guard[0].errorMessage.replace(VMS, lateVms));
});

test('a golden image: ours is also what a killed build of it has left', () => {
  const [guard] = vmIdGuard({ proxmoxVe, vmId: 9102, ownerTag: 'homelab_image', path: 'homelab/Image', template: true, buildName: 'build-image' });
  expect(guard.condition).toBe(
    `\${length([for v in ${VMS} : v if v.vm_id == 9102 && !((contains(v.tags, "homelab_image") && (v.template)) || (v.name == "build-image" && !v.template))]) == 0}`,
  );
});

test('a path that looks like a template of Terraform is a path', () => {
  const guard = vmIdGuard({ proxmoxVe, vmId: 200, ownerTag: 'homelab_web', path: 'homelab/${web}', template: false });
  expect(guard.map((g) => /Give (\S*) another/.exec(g.errorMessage)![1])).toEqual(['homelab/$${web}', 'homelab/$${web}']);
});
