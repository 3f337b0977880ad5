import { Problems } from '../core';
import { ProxmoxSourceProps } from './proxmox-source-props';

/** Notes what is wrong with what both sources have. */
export function checkProxmoxSource(problems: Problems, props: ProxmoxSourceProps): void {
  void problems; void props;
}
