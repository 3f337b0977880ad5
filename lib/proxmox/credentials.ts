import { Problems, Secret } from '../core';
import { SECRET, required } from './kinds';
import { proxmoxRules } from './rules';
import { checkForm } from './text-forms';

/**
 * How Packer and Terraform prove to Proxmox VE who they are.
 *
 * @see https://pve.proxmox.com/pve-docs/chapter-pveum.html#pveum_tokens
 */
export class Credentials {
  /**
   * An API token, the way to prefer: it can be given few privileges and be withdrawn alone.
   *
   * @param token the whole token as Terraform's provider takes it, `user@realm!name=uuid`; Packer is given its parts
   */
  public static apiToken(token: Secret): Credentials {
    const problems = new Problems('Credentials.apiToken');
    required(SECRET)(token, 'token', problems);
    problems.throwIfAny();
    return new Credentials(undefined, token);
  }

  /**
   * A user and password. Needed only for what Proxmox VE keeps for root@pam, such as raw PCI addresses.
   *
   * @param user with its realm, such as `root@pam`
   * @param password the password
   */
  public static userPassword(user: string, password: Secret): Credentials {
    const problems = new Problems('Credentials.userPassword');
    checkForm(problems, 'user', user ?? '', /^[^\s:/@!"'`$%{}\\]+@[A-Za-z][A-Za-z0-9.\-_]+$/, proxmoxRules['user-name']);
    required(SECRET)(password, 'password', problems);
    problems.throwIfAny();
    return new Credentials(user, password);
  }

  private constructor(
    /** The user, where a password is used; undefined for an API token, which names its user itself. */
    public readonly user: string | undefined,
    /** The whole API token, or the password. */
    public readonly secret: Secret,
  ) {}

  /** Whether an API token is used. */
  public get isApiToken(): boolean {
    return this.user === undefined;
  }
}

/** How the provider reaches the node by SSH, where something needs it. */
export interface SshAccess {
  /** User on the node. Other than root it needs sudo without password for what the provider's page lists. @default root */
  readonly username?: string;
  /** Private key in PEM form, without a pass phrase. @default - the SSH agent is asked */
  readonly privateKey?: Secret;
  /** Password of the user. @default - none */
  readonly password?: Secret;
}
