import { Endpoint } from '../endpoint';
import { clusterEndpoints } from './cluster';
import { hardwareEndpoints } from './hardware';
import { lxcEndpoints } from './lxc';
import { mappingEndpoints } from './mapping';
import { nodeEndpoints } from './nodes';
import { poolEndpoints } from './pools';
import { qemuAgentEndpoints } from './qemu-agent';
import { qemuConfigEndpoints } from './qemu-config';
import { qemuLifecycleEndpoints } from './qemu-lifecycle';
import { qemuStatusEndpoints } from './qemu-status';
import { storageEndpoints } from './storage';
import { storageConfigEndpoints } from './storage-config';
import { storageContentEndpoints } from './storage-content';
import { taskEndpoints } from './tasks';
import { versionEndpoints } from './version';

/** Everything that is simulated. @internal */
export const endpoints: readonly Endpoint[] = [
  ...clusterEndpoints,
  ...hardwareEndpoints,
  ...lxcEndpoints,
  ...mappingEndpoints,
  ...nodeEndpoints,
  ...poolEndpoints,
  ...qemuAgentEndpoints,
  ...qemuConfigEndpoints,
  ...qemuLifecycleEndpoints,
  ...qemuStatusEndpoints,
  ...storageConfigEndpoints,
  ...storageContentEndpoints,
  ...storageEndpoints,
  ...taskEndpoints,
  ...versionEndpoints,
];
