import { Endpoint } from '../endpoint';
import { storageEndpoints } from './storage';
import { storageConfigEndpoints } from './storage-config';
import { storageContentEndpoints } from './storage-content';
import { versionEndpoints } from './version';

/** Everything that is simulated. @internal */
export const endpoints: readonly Endpoint[] = [
  ...storageConfigEndpoints,
  ...storageContentEndpoints,
  ...storageEndpoints,
  ...versionEndpoints,
];
