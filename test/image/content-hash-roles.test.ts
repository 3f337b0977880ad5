import * as fs from 'fs';
import * as path from 'path';
import { GoldenImage, ProvisioningProfile } from '../../lib';
import { stackWithCluster, ubuntuBase } from '../support/fixtures';
import { synthesize, temporaryFolder } from '../support/synth';

/* The files of the package are taken from a copy, so that a test can change them. Operating systems ask for theirs as they are loaded. */
const mockPackages: string[] = [];
jest.mock('../../lib/assembly/package-files', () => ({
  packageFile: (...names: string[]) => [...((globalThis as any).mockPackages ?? ['nowhere']).slice(-1), ...names].join('/'),
}));
(globalThis as any).mockPackages = mockPackages;

beforeEach(() => {
  const mockPackage = temporaryFolder();
  mockPackages.push(mockPackage);
  fs.cpSync(path.resolve(__dirname, '../../ansible'), path.join(mockPackage, 'ansible'), { recursive: true });
});

function hashWith(profile: ProvisioningProfile): string {
  const stack = stackWithCluster();
  const image = new GoldenImage(stack, 'Image', { baseTemplate: ubuntuBase(stack), vmId: 9101, profile });
  synthesize(stack);
  return image.contentHash;
}

const PROFILES = { standard: ProvisioningProfile.standard(), minimal: ProvisioningProfile.minimal() };

test.each<[keyof typeof PROFILES, string, boolean]>([
  ['standard', 'roles/base/tasks/main.yml', true],
  ['standard', 'roles/cleanup/files/generalize.sh', true],
  ['standard', 'playbook.yml', true],
  ['standard', 'roles/k3s/tasks/main.yml', false],
  ['minimal', 'roles/cleanup/files/generalize.sh', true],
  ['minimal', 'roles/base/tasks/main.yml', false],
  ['minimal', 'playbook.yml', false],
])('profile %s, a change of %s: another content is %p', (name, file, changes) => {
  const before = hashWith(PROFILES[name]);
  fs.appendFileSync(path.join(mockPackages.at(-1)!, 'ansible', file), '\n# changed\n');
  expect(hashWith(PROFILES[name]) !== before).toBe(changes);
});
