import { ApiError, failure } from '../api-error';

/** Does something that PVE does under a lock: what goes wrong is told with what was to be done, `create pool failed: …`. @internal */
export function attempt<T>(action: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ApiError && error.status === 500) throw failure(`${action} failed: ${error.message}`);
    throw error;
  }
}

/** Refuses a change of what has changed since it was read. @internal */
export function assertUnchanged(digest: string | undefined, now: string): void {
  if (digest !== undefined && digest !== now) throw failure('detected modified configuration - file changed by other user? Try again.');
}
