import { Endpoint } from '../endpoint';
import { versionEndpoints } from './version';

/** Everything that is simulated. @internal */
export const endpoints: readonly Endpoint[] = [
  ...versionEndpoints,
];
