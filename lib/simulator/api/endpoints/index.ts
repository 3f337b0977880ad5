import { Endpoint } from '../endpoint';
import { accessEndpoints } from './access';
import { accessAclEndpoints } from './access-acl';
import { accessUserEndpoints } from './access-users';
import { clusterEndpoints } from './cluster';
import { guestFirewallEndpoints } from './guest-firewall';
import { haEndpoints } from './ha';
import { haSettingEndpoints } from './ha-settings';
import { hardwareEndpoints } from './hardware';
import { indexEndpoints } from './indexes';
import { lxcEndpoints } from './lxc';
import { mappingEndpoints } from './mapping';
import { nodeEndpoints } from './nodes';
import { poolEndpoints } from './pools';
import { qemuAgentEndpoints } from './qemu-agent';
import { qemuConfigEndpoints } from './qemu-config';
import { qemuConsoleEndpoints } from './qemu-console';
import { qemuLifecycleEndpoints } from './qemu-lifecycle';
import { qemuSnapshotEndpoints } from './qemu-snapshots';
import { qemuStatusEndpoints } from './qemu-status';
import { storageEndpoints } from './storage';
import { storageConfigEndpoints } from './storage-config';
import { storageContentEndpoints } from './storage-content';
import { taskEndpoints } from './tasks';
import { versionEndpoints } from './version';

/** Everything that is simulated. @internal */
export const endpoints: readonly Endpoint[] = [
  ...accessAclEndpoints,
  ...accessEndpoints,
  ...accessUserEndpoints,
  ...clusterEndpoints,
  ...guestFirewallEndpoints,
  ...haEndpoints,
  ...haSettingEndpoints,
  ...hardwareEndpoints,
  ...indexEndpoints,
  ...lxcEndpoints,
  ...mappingEndpoints,
  ...nodeEndpoints,
  ...poolEndpoints,
  ...qemuAgentEndpoints,
  ...qemuConfigEndpoints,
  ...qemuConsoleEndpoints,
  ...qemuLifecycleEndpoints,
  ...qemuSnapshotEndpoints,
  ...qemuStatusEndpoints,
  ...storageConfigEndpoints,
  ...storageContentEndpoints,
  ...storageEndpoints,
  ...taskEndpoints,
  ...versionEndpoints,
];
