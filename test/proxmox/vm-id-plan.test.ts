import { VmIdPlan, VmIdPurpose, VmIdRange } from '../../lib';
import { Problems } from '../../lib/core';
import { isVmId } from '../../lib/proxmox';
import { expectError, mistakes } from '../support/errors';
import { REFERENCES } from '../support/fixtures';

function found(plan: VmIdPlan, vmId: number, purpose: VmIdPurpose): string[] {
  const problems = new Problems('x');
  plan.validate(vmId, purpose, problems);
  return problems.all.map(({ code, property, received, rule }) => `${code} ${property} ${received}: ${rule}`);
}

test('a range of ids', () => {
  const range = VmIdRange.of(9100, 9199);
  expect([range.first, range.last, `${range}`]).toEqual([9100, 9199, '9100-9199']);
  expect([9099, 9100, 9150, 9199, 9200].map((id) => range.contains(id))).toEqual([false, true, true, true, false]);
  expect(`${VmIdRange.of(9000, 9000)}`).toBe('9000');
  expect(`${VmIdRange.of(100, 999_999_999)}`).toBe('100-999999999');
});

test.each([[99, 200], [100, 1_000_000_000], [300, 200], [100.5, 200], [NaN, 200], [100, Infinity], ['100', 200], [undefined, undefined], [-200, -100]])(
  'the range from %p to %p is refused', (first, last) => {
    expect(expectError(() => VmIdRange.of(first as number, last as number)).message).toBe(`VmIdRange: [vm-id-range] first, last, got: "${first}-${last}"
  A range of VM ids runs from 100 at the least to 999999999 at the most, its first id not after its last.
  Remedy: Write VmIdRange.of(first, last), for example VmIdRange.of(9100, 9199).`);
  },
);

test('the plan where nothing is said', () => {
  const plan = new VmIdPlan();
  expect(Object.values(VmIdPurpose).map((purpose) => `${purpose}: ${plan.rangeFor(purpose)}`)).toEqual([
    'Talos templates: 8990-9000', 'ISO templates: 9001-9099', 'cloud images: 9100-9199', 'machines: undefined',
  ]);
});

test('a plan of one\'s own', () => {
  const plan = new VmIdPlan({ talosTemplates: VmIdRange.of(500, 509), isoTemplates: VmIdRange.of(510, 519), cloudImages: VmIdRange.of(520, 529) });
  expect(Object.values(VmIdPurpose).map((purpose) => `${plan.rangeFor(purpose)}`)).toEqual(['500-509', '510-519', '520-529', 'undefined']);
  expect(found(plan, 520, VmIdPurpose.CLOUD_IMAGE)).toEqual([]);
  expect(found(plan, 9100, VmIdPurpose.MACHINE)).toEqual([]);
});

test('ranges that overlap are refused, all of them', () => {
  const error = expectError(() => new VmIdPlan({ isoTemplates: VmIdRange.of(9000, 9100) }));
  expect(error.message).toBe(`VmIdPlan: 2 mistakes
[vm-id-ranges-overlap] ISO templates, got: 9000-9100
  The ranges of a plan do not overlap, and 8990-9000 is for Talos templates.
  Remedy: Move one of the two ranges.
[vm-id-ranges-overlap] cloud images, got: 9100-9199
  The ranges of a plan do not overlap, and 9000-9100 is for ISO templates.
  Remedy: Move one of the two ranges.`);
});

test('a plan that is made of something else is refused', () => {
  expect(mistakes(() => new VmIdPlan({ cloudImages: '9100-9199', isoTemplates: [1, 2] } as any))).toEqual([
    'value-kind isoTemplates [1,2]', 'value-kind cloudImages "9100-9199"',
  ]);
});

test('an id fits its purpose, or the plan says what it is kept for', () => {
  const plan = new VmIdPlan();
  expect(found(plan, 9100, VmIdPurpose.CLOUD_IMAGE)).toEqual([]);
  expect(found(plan, 100, VmIdPurpose.MACHINE)).toEqual([]);
  expect(found(plan, 200, VmIdPurpose.CLOUD_IMAGE)).toEqual(['vm-id-outside-plan vmId 200: The plan of this cluster keeps 9100-9199 for cloud images.']);
  expect(found(plan, 9050, VmIdPurpose.MACHINE)).toEqual(['vm-id-outside-plan vmId 9050: The plan of this cluster keeps 9001-9099 for ISO templates.']);
});

test.each([99, 1_000_000_000, 9100.5, NaN, -9100, Infinity, '9100', undefined, null])('%p is no id', (vmId) => {
  expect(isVmId(vmId as number)).toBe(false);
  expect(found(new VmIdPlan(), vmId as number, VmIdPurpose.CLOUD_IMAGE)[0]).toMatch(/^vm-id-out-of-bounds vmId .*: A VM id is a whole number from 100 to 999999999\.$/);
});

test('a reference is no id that could be claimed', () => {
  expect(found(new VmIdPlan(), REFERENCES.number, VmIdPurpose.MACHINE)).toEqual([
    'not-known-at-synth vmId a Terraform reference (known only when Terraform runs): Who has which id is settled when the program synthesizes, so an id cannot be a reference to Terraform.',
  ]);
});
