import { Guest } from '../state/guest';
import { cloudInitOptions } from './options';
import { cloudInitTab } from './permissions';

const followed = new Set([...Object.keys(cloudInitOptions), 'name', ...Array.from({ length: 32 }, (_, i) => `net${i}`)]);

/** The key under which the names of options are kept that the drive was made without. */
const addedKey = 'added';

function addedTo(guest: Guest): Set<string> {
  return new Set((guest.cloudInit.get(addedKey) ?? '').split(',').filter((key) => key !== ''));
}

/**
 * Notes that an option of a running machine is not any more what its cloud-init drive was made from.
 *
 * `guest.cloudInit` has the values that drive was made from, as far as they differ, and under `added` what it was made without.
 *
 * @internal
 */
export function recordCloudInitChange(guest: Guest, key: string, before: string | undefined, now: string | undefined): void {
  if (!followed.has(key) || before === undefined && now === undefined) return;
  const recorded = guest.cloudInit.get(key);
  const added = addedTo(guest);
  if (recorded !== undefined) {
    if (now === recorded) {
      guest.cloudInit.delete(key);
      added.delete(key);
    }
  } else if (added.has(key)) {
    if (now === undefined) added.delete(key);
  } else if (before === undefined) {
    added.add(key);
  } else {
    guest.cloudInit.set(key, before);
  }
  if (added.size > 0) guest.cloudInit.set(addedKey, [...added].sort().join(','));
  else guest.cloudInit.delete(addedKey);
}

/** What the cloud-init drive was made from, and what it would be made from now. @internal */
export function shownCloudInitChanges(guest: Guest): object[] {
  const text = (key: string, value: string | undefined) => key === 'cipassword' && value !== undefined ? '**********' : key === 'ciupgrade' ? Number(value) : value;
  const added = addedTo(guest);
  const { config } = guest;
  return [
    ...[...added].map((key) => ({ key, pending: text(key, config.get(key)) ?? null })),
    ...cloudInitTab.filter((key) => config.get(key) && config.get(key) !== '0' && ![...added].some((one) => one.includes(key))).map((key) => {
      const made = guest.cloudInit.get(key);
      return made ? { key, value: text(key, made), pending: text(key, config.get(key)) } : { key, value: text(key, config.get(key)) };
    }),
    ...[...guest.cloudInit.keys()].filter((key) => key !== addedKey && !config.get(key)).map((key) => ({ key, delete: 1 })),
  ];
}
