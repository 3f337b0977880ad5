import { Caller } from '../access/access-control';
import { Parameters } from '../api/parameters';
import { ApiError } from '../api-error';

/** Refuses parameters that are only for root@pam itself; its tokens are not meant. @internal */
export function refuseUnlessRoot(caller: Caller, parameters: Parameters, ...names: string[]): void {
  if (caller.id === 'root@pam') return;
  for (const name of names) {
    const value = parameters.optional(name);
    if (value !== undefined && value !== '' && value !== '0') throw ApiError.parameters({ [name]: 'Only root may use this option.' });
  }
}
