import { Endpoint } from '../endpoint';
import { qemuAgentEndpoints } from './qemu-agent';
import { qemuLifecycleEndpoints } from './qemu-lifecycle';
import { qemuStatusEndpoints } from './qemu-status';
import { storageEndpoints } from './storage';
import { storageConfigEndpoints } from './storage-config';
import { storageContentEndpoints } from './storage-content';
import { versionEndpoints } from './version';

/** Everything that is simulated. @internal */
export const endpoints: readonly Endpoint[] = [
  ...qemuAgentEndpoints,
  ...qemuLifecycleEndpoints,
  ...qemuStatusEndpoints,
  ...storageConfigEndpoints,
  ...storageContentEndpoints,
  ...storageEndpoints,
  ...versionEndpoints,
];
