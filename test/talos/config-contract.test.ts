import { ConfigContract } from '../../lib/talos/config-contract';
import { nvidiaHint } from '../../lib/talos/patches/nvidia';
import { CONTRACTS } from './patch-cases';

test('contracts are called as the provider calls them', () => {
  expect(CONTRACTS.map(({ contractName }) => contractName)).toEqual(['v1.12', 'v1.13', 'v1.14']);
  expect(CONTRACTS.map(String)).toEqual(['v1.12', 'v1.13', 'v1.14']);
  expect(ConfigContract.ALL).toEqual(CONTRACTS);
});

test('a contract is at least itself and what is older', () => {
  expect(CONTRACTS.map((one) => CONTRACTS.map((other) => one.isAtLeast(other)))).toEqual([[true, false, false], [true, true, false], [true, true, true]]);
});

test('what is left to do for NVIDIA cards depends on the contract', () => {
  const [before, ...since] = CONTRACTS.map(nvidiaHint);
  expect(before).toMatch(/device plugin.*runtimeClassName.*nvidiaRuntimeClass\(\)/);
  expect(since[0]).toMatch(/GPU Operator \(v26\.3\.1 or newer\).*driver\.enabled=false.*toolkit\.enabled=false.*hostPaths\.driverInstallDir=\/usr\/local/);
  expect(since[1]).toBe(since[0].replace('/talos/v1.13/', '/talos/v1.14/'));
});
