import { renderSsh, SshCommunicatorProps } from './communicator-ssh';
import { renderWinRm, WinRmCommunicatorProps } from './communicator-winrm';

/** Ways in which Packer talks to a machine. */
export enum CommunicatorType {
  /** SSH. */
  SSH = 'ssh',
  /** Windows Remote Management. */
  WINRM = 'winrm',
  /** Not at all. */
  NONE = 'none',
}

/**
 * How Packer reaches the machine that it builds.
 * @see https://developer.hashicorp.com/packer/docs/communicators
 */
export class Communicator {
  /** By SSH. Without a password, key file or agent the clone source makes a key for one build and hands it to cloud-init. */
  public static ssh(props: SshCommunicatorProps): Communicator {
    return new Communicator(CommunicatorType.SSH, renderSsh(props), props);
  }

  /** By Windows Remote Management. */
  public static winRm(props: WinRmCommunicatorProps): Communicator {
    return new Communicator(CommunicatorType.WINRM, renderWinRm(props), props);
  }

  /** Not at all: nothing can be provisioned, and Packer does not wait for the machine before it shuts it down. */
  public static none(): Communicator {
    return new Communicator(CommunicatorType.NONE, { communicator: 'none' }, {});
  }

  /** User to log in as. */
  public readonly username?: string;
  /** Address of the machine, where it is given and need not be learnt from the guest agent. */
  public readonly host?: string;
  /** Whether a password is given. */
  public readonly hasPassword: boolean;
  /** Whether a key file or the agent is to be used. */
  public readonly hasKey: boolean;
  /** Time within which the machine has to answer, in milliseconds. */
  private readonly timeoutMs?: number;
  private readonly rendered: { [name: string]: any };

  private constructor(
    /** The way. */
    public readonly type: CommunicatorType,
    attributes: { [name: string]: any },
    props: CommonProps,
  ) {
    this.rendered = attributes;
    this.username = props.username;
    this.host = props.host;
    this.hasPassword = props.password !== undefined;
    this.hasKey = props.privateKeyFile !== undefined || props.agentAuth === true;
    this.timeoutMs = props.timeout?.toMilliseconds();
  }

  /** The attributes of a source's block. */
  public get attributes(): { [name: string]: any } {
    return { ...this.rendered };
  }

  /**
   * Whether more time than this is given to the machine to answer; without a statement it is Packer's default.
   * @internal
   */
  public waitsLongerThan(milliseconds: number): boolean {
    return (this.timeoutMs ?? 0) > milliseconds;
  }
}

interface CommonProps {
  readonly username?: string;
  readonly host?: string;
  readonly password?: string;
  readonly privateKeyFile?: string;
  readonly agentAuth?: boolean;
  readonly timeout?: { toMilliseconds(): number };
}
