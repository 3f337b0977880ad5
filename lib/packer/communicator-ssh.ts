import { Duration, Problems } from '../core';
import { communicatorRules } from './communicator-rules';
import { isLiteral, once } from './plugin-text';
import { checkSecret } from './secret-check';

/** How files are copied over SSH. */
export enum SshFileTransferMethod {
  /** The `scp` of the machine; the default. */
  SCP = 'scp',
  /** SFTP; for machines without `scp`. */
  SFTP = 'sftp',
}

/** A host through which the SSH connection goes. */
export interface SshBastion {
  /** Name or address of the bastion host. */
  readonly host: string;
  /**
   * Port of its SSH server.
   * @default 22
   */
  readonly port?: number;
  /**
   * User on the bastion host.
   * @default - Packer's own default, the user of the machine
   */
  readonly username?: string;
  /**
   * Password on the bastion host: a reference to something sensitive. Literal text is refused.
   * @default - no password
   */
  readonly password?: string;
  /**
   * Whether the password is asked for when the build runs.
   * @default false
   */
  readonly interactive?: boolean;
  /**
   * Whether the SSH agent of the user who runs Packer is asked.
   * @default false
   */
  readonly agentAuth?: boolean;
  /**
   * Path of a private key; relative to where Packer is started, see `packer.fromRoot`.
   * @default - the key file of the machine
   */
  readonly privateKeyFile?: string;
  /**
   * Path of a signed certificate of that key.
   * @default - no certificate
   */
  readonly certificateFile?: string;
}

/** A SOCKS5 proxy through which the SSH connection goes. */
export interface SshProxy {
  /** Name or address of the proxy. */
  readonly host: string;
  /**
   * Port of the proxy.
   * @default 1080
   */
  readonly port?: number;
  /**
   * User of the proxy.
   * @default - no login
   */
  readonly username?: string;
  /**
   * Password of the proxy: a reference to something sensitive. Literal text is refused.
   * @default - no password
   */
  readonly password?: string;
}

/** What is said of a connection by SSH. */
export interface SshCommunicatorProps {
  /** User to log in as. */
  readonly username: string;
  /**
   * Password: a reference to something sensitive. Literal text is refused.
   * @default - login by key
   */
  readonly password?: string;
  /**
   * Name or address of the machine.
   * @default - learnt from the guest agent
   */
  readonly host?: string;
  /**
   * Port of the SSH server.
   * @default 22
   */
  readonly port?: number;
  /**
   * Path of a private key; relative to where Packer is started, see `packer.fromRoot`. It must exist at `packer validate`.
   * @default - for a clone a key that the plugin makes for one build, unless a password or the agent is used
   */
  readonly privateKeyFile?: string;
  /**
   * Path of a signed certificate of that key.
   * @default - no certificate
   */
  readonly certificateFile?: string;
  /**
   * Whether the SSH agent of the user who runs Packer is asked.
   * @default false
   */
  readonly agentAuth?: boolean;
  /**
   * Time within which a login has to succeed, counted from the start of the machine: installation included.
   * Always written, since Packer knows no limit at all where only the number of attempts is set.
   * @default Duration.minutes(5)
   */
  readonly timeout?: Duration;
  /**
   * How often a login is tried once the server answers. Always written, since Packer tries without end where only the
   * time is set.
   * @default 10
   */
  readonly handshakeAttempts?: number;
  /**
   * Whether a terminal is asked for.
   * @default false
   */
  readonly pty?: boolean;
  /**
   * Time between signs of life.
   * @default Duration.seconds(5)
   */
  readonly keepAliveInterval?: Duration;
  /**
   * Time to wait for a remote command's end after the connection was silent; for commands that reboot the machine.
   * @default - no limit
   */
  readonly readWriteTimeout?: Duration;
  /**
   * Whether the agent of the user who runs Packer stays hidden from the machine.
   * @default false
   */
  readonly disableAgentForwarding?: boolean;
  /**
   * Whether Packer removes its key from `authorized_keys` at the end.
   * @default false
   */
  readonly clearAuthorizedKeys?: boolean;
  /**
   * How files are copied.
   * @default SshFileTransferMethod.SCP
   */
  readonly fileTransferMethod?: SshFileTransferMethod;
  /**
   * Ciphers that may be used.
   * @default - those of Packer
   */
  readonly ciphers?: string[];
  /**
   * Key exchange algorithms that may be used.
   * @default - those of Packer
   */
  readonly keyExchangeAlgorithms?: string[];
  /**
   * A host through which the connection goes. Not together with `proxy`.
   * @default - a direct connection
   */
  readonly bastion?: SshBastion;
  /**
   * A SOCKS5 proxy through which the connection goes. Not together with `bastion`.
   * @default - a direct connection
   */
  readonly proxy?: SshProxy;
  /**
   * Ports of the machine that lead to the network of Packer: `8080:internal.example:80`.
   * @default - none
   */
  readonly remoteTunnels?: string[];
  /**
   * Ports beside Packer that lead to the network of the machine: `8080:internal.example:80`.
   * @default - none
   */
  readonly localTunnels?: string[];
}

const DEFAULT_TIMEOUT = Duration.minutes(5);
const DEFAULT_ATTEMPTS = 10;
const TUNNEL = /^\d{1,5}:[^:\s]+:\d{1,5}$/;

/** The attributes of an SSH connection, after a check. */
export function renderSsh(props: SshCommunicatorProps): { [name: string]: any } {
  check(props);
  const { bastion, proxy } = props;
  return once({
    communicator: 'ssh',
    ssh_host: props.host,
    ssh_port: props.port,
    ssh_username: props.username,
    ssh_password: props.password,
    ssh_private_key_file: props.privateKeyFile,
    ssh_certificate_file: props.certificateFile,
    ssh_agent_auth: props.agentAuth,
    ssh_pty: props.pty,
    ssh_timeout: (props.timeout ?? DEFAULT_TIMEOUT).toString(),
    ssh_handshake_attempts: props.handshakeAttempts ?? DEFAULT_ATTEMPTS,
    ssh_keep_alive_interval: props.keepAliveInterval?.toString(),
    ssh_read_write_timeout: props.readWriteTimeout?.toString(),
    ssh_disable_agent_forwarding: props.disableAgentForwarding,
    ssh_clear_authorized_keys: props.clearAuthorizedKeys,
    ssh_file_transfer_method: props.fileTransferMethod,
    ssh_ciphers: props.ciphers,
    ssh_key_exchange_algorithms: props.keyExchangeAlgorithms,
    ssh_bastion_host: bastion?.host,
    ssh_bastion_port: bastion?.port,
    ssh_bastion_username: bastion?.username,
    ssh_bastion_password: bastion?.password,
    ssh_bastion_interactive: bastion?.interactive,
    ssh_bastion_agent_auth: bastion?.agentAuth,
    ssh_bastion_private_key_file: bastion?.privateKeyFile,
    ssh_bastion_certificate_file: bastion?.certificateFile,
    ssh_proxy_host: proxy?.host,
    ssh_proxy_port: proxy?.port,
    ssh_proxy_username: proxy?.username,
    ssh_proxy_password: proxy?.password,
    ssh_remote_tunnels: props.remoteTunnels,
    ssh_local_tunnels: props.localTunnels,
  });
}

function check(props: SshCommunicatorProps): void {
  const problems = new Problems('packer.Communicator.ssh');
  const { bastion, proxy } = props;
  problems.check(props.username !== '', communicatorRules['packer-communicator-user-missing'], { property: 'username', received: props.username });
  checkPort(problems, 'port', props.port);
  checkSecret(problems, 'password', props.password);
  problems
    .check(
      props.certificateFile === undefined || props.privateKeyFile !== undefined,
      communicatorRules['packer-ssh-certificate-without-key'],
      { property: 'certificateFile', received: props.certificateFile },
    );
  if (bastion !== undefined) {
    problems
      .check(proxy === undefined, communicatorRules['packer-ssh-bastion-and-proxy'], { property: 'proxy' })
      .check(
        bastion.password !== undefined || bastion.privateKeyFile !== undefined || bastion.agentAuth === true || props.privateKeyFile !== undefined,
        communicatorRules['packer-ssh-bastion-login'],
        { property: 'bastion' },
      )
      .check(
        bastion.certificateFile === undefined || bastion.privateKeyFile !== undefined,
        communicatorRules['packer-ssh-certificate-without-key'],
        { property: 'bastion.certificateFile', received: bastion.certificateFile },
      );
    checkPort(problems, 'bastion.port', bastion.port);
    checkSecret(problems, 'bastion.password', bastion.password);
  }
  checkPort(problems, 'proxy.port', proxy?.port);
  checkSecret(problems, 'proxy.password', proxy?.password);
  for (const [property, tunnels] of [['remoteTunnels', props.remoteTunnels], ['localTunnels', props.localTunnels]] as const) {
    (tunnels ?? []).forEach((tunnel, i) => problems
      .check(!isLiteral(tunnel) || TUNNEL.test(tunnel), communicatorRules['packer-ssh-tunnel'], { property: `${property}[${i}]`, received: tunnel }));
  }
  problems.throwIfAny();
}

/** Notes a port that is none. */
export function checkPort(problems: Problems, property: string, port: number | undefined): void {
  problems.check(
    port === undefined || (Number.isInteger(port) && port >= 1 && port <= 65535),
    communicatorRules['packer-communicator-port'],
    { property, received: port },
  );
}
