import { Endpoint } from '../endpoint';

/** @internal */
export const versionEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/version',
    description: 'The release of the server.',
    parameters: {},
    permission: 'all',
    handle: ({ cluster: { version } }) => ({ version: version.version, release: version.line, repoid: version.repoid }),
  },
];
