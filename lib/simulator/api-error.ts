import { ParameterErrors } from './schema/validation';

/**
 * An answer that is an error: PVE puts the text into the reason phrase and into the body.
 *
 * @internal
 */
export class ApiError extends Error {
  /** 400 about parameters. */
  public static parameters(errors: ParameterErrors): ApiError {
    return new ApiError(400, 'Parameter verification failed.', errors);
  }

  /** 403; `about` says what was missing, `/vms/100, VM.Audit`. */
  public static permission(about?: string): ApiError {
    return new ApiError(403, about === undefined ? 'Permission check failed' : `Permission check failed (${about})`);
  }

  /** 401, which has no body. */
  public static unauthorized(text: string): ApiError {
    return new ApiError(401, text, undefined, 'none');
  }

  /** What the HTTP server says before it looks at what is asked for: the body is the text. */
  public static plain(status: number, text: string): ApiError {
    return new ApiError(status, text, undefined, 'text');
  }

  /**
   * @param status of HTTP
   * @param text what PVE says, without the newline at its end
   * @param errors what is wrong with single parameters
   * @param body what the body is: an object of JSON, the text alone, or nothing as for missing credentials
   */
  public constructor(
    public readonly status: number, text: string, public readonly errors?: ParameterErrors, public readonly body: 'json' | 'text' | 'none' = 'json',
  ) {
    super(text);
  }
}

/** What went wrong on the server: status 500 at once, or the end of a task. @internal */
export function failure(text: string): ApiError {
  return new ApiError(500, text);
}
