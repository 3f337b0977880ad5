import { Problems } from '../../lib/core';
import { checkKubernetesVersion, checkTalosVersion, parseTalosVersion } from '../../lib/talos/talos-version';
import { mistakes } from '../support/errors';
import { REFERENCES } from '../support/fixtures';

/** What a check notes; nothing where it finds nothing. */
function noted(check: (problems: Problems) => void): string[] {
  const problems = new Problems('test');
  check(problems);
  return problems.all.length === 0 ? [] : mistakes(() => problems.throwIfAny());
}

test('releases of Talos', () => {
  expect(parseTalosVersion('v1.13.9')).toEqual({ major: 1, minor: 13, patch: 9, minorName: 'v1.13', text: 'v1.13.9' });
  expect(parseTalosVersion('1.14.0-rc.1')).toEqual({ major: 1, minor: 14, patch: 0, minorName: 'v1.14', text: 'v1.14.0-rc.1' });
  for (const text of ['', 'v1', 'v1.13', '1.13.09', 'v1.13.9-', 'v1.13.9-dirty', 'v1.13.9+1', ' v1.13.9', 'v1.13.9\n', 'latest', 'V1.13.9']) {
    expect([text, parseTalosVersion(text)]).toEqual([text, undefined]);
  }
});

test('releases that are supported', () => {
  const check = (text: any) => noted((problems) => checkTalosVersion(problems, 'talosVersion', text));
  expect(['v1.12.0', '1.13.9', 'v1.14.1', 'v1.14.0-beta.0'].flatMap(check)).toEqual([]);
  expect(['v1.11.6', 'v1.15.0', 'v2.13.0'].flatMap(check)).toEqual([
    'talos-version-unsupported talosVersion "v1.11.6"', 'talos-version-unsupported talosVersion "v1.15.0"', 'talos-version-unsupported talosVersion "v2.13.0"',
  ]);
  expect([undefined, 1.13, 'v1.13', REFERENCES.text].flatMap(check)).toEqual([
    'talos-version-form talosVersion nothing', 'talos-version-form talosVersion 1.13', 'talos-version-form talosVersion "v1.13"',
    'talos-version-form talosVersion a Terraform reference (known only when Terraform runs)',
  ]);
});

test.each([['v1.12.11', 30, 35], ['v1.13.9', 31, 36], ['v1.14.1', 32, 37]])('Talos %s runs Kubernetes 1.%d to 1.%d', (talos, least, most) => {
  const check = (text: any) => noted((problems) => checkKubernetesVersion(problems, 'kubernetesVersion', text, parseTalosVersion(talos)!));
  for (let minor = least; minor <= most; minor += 1) expect([`v1.${minor}.0`, `1.${minor}.12`].flatMap(check)).toEqual([]);
  expect([`v1.${least - 1}.9`, `v1.${most + 1}.0`].flatMap(check)).toEqual([
    `kubernetes-version-unsupported kubernetesVersion "v1.${least - 1}.9"`, `kubernetes-version-unsupported kubernetesVersion "v1.${most + 1}.0"`,
  ]);
});

test('a release of Kubernetes with rule and remedy', () => {
  const problems = new Problems('test');
  checkKubernetesVersion(problems, 'kubernetesVersion', '1.35', parseTalosVersion('v1.13.9')!);
  checkKubernetesVersion(problems, 'kubernetesVersion', '1.30.0', parseTalosVersion('v1.13.9')!);
  expect(problems.all.map(({ rule, remedy }) => [rule, remedy])).toEqual([
    ['A release of Kubernetes has three numbers.', 'Write it as 1.35.2.'],
    ['Talos v1.13 runs Kubernetes 1.31 to 1.36.', 'Choose a Kubernetes release of 1.31 to 1.36, or another release of Talos.'],
  ]);
});

test('what is no release of Kubernetes', () => {
  for (const text of ['1.33', 'v2.0.0', 'v1.33.0-rc.1', 'stable', '', undefined, 1]) {
    expect(noted((problems) => checkKubernetesVersion(problems, 'kubernetesVersion', text as any, parseTalosVersion('v1.13.9')!))).toEqual([
      expect.stringMatching(/^kubernetes-version-form kubernetesVersion /),
    ]);
  }
});
