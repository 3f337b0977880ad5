import { Problems } from '../core';
import { ProxmoxCloneSourceProps } from './proxmox-clone-source';

/** Notes what is wrong with a clone. */
export function checkClone(problems: Problems, props: ProxmoxCloneSourceProps): void {
  void problems; void props;
}
