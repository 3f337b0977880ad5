import { Duration, Problems } from '../core';
import { communicatorRules } from './communicator-rules';
import { checkPort } from './communicator-ssh';
import { once } from './plugin-text';
import { checkSecret } from './secret-check';

/** What is said of a connection by Windows Remote Management. */
export interface WinRmCommunicatorProps {
  /** User to log in as, such as `Administrator`. */
  readonly username: string;
  /**
   * Password: a reference to something sensitive. Literal text is refused.
   * @default - an empty password
   */
  readonly password?: string;
  /**
   * Name or address of the machine.
   * @default - learnt from the guest agent
   */
  readonly host?: string;
  /**
   * Port of the service.
   * @default - 5986 with TLS, else 5985
   */
  readonly port?: number;
  /**
   * Time within which the machine has to answer, counted from its start: installation included.
   * @default Duration.minutes(30)
   */
  readonly timeout?: Duration;
  /**
   * Whether the connection is encrypted by TLS.
   * @default false
   */
  readonly useSsl?: boolean;
  /**
   * Whether the certificate stays unchecked. Only with `useSsl`.
   * @default false
   */
  readonly insecure?: boolean;
  /**
   * Whether NTLM is used instead of basic authentication, so that the machine need not allow the latter.
   * @default false
   */
  readonly useNtlm?: boolean;
  /**
   * Whether the proxy settings of the environment are ignored for this connection.
   * @default false
   */
  readonly noProxy?: boolean;
}

const PLAIN_PORT = 5985;
const TLS_PORT = 5986;

/** The attributes of a WinRM connection, after a check. */
export function renderWinRm(props: WinRmCommunicatorProps): { [name: string]: any } {
  const problems = new Problems('packer.Communicator.winRm');
  problems.check(props.username !== '', communicatorRules['packer-communicator-user-missing'], { property: 'username', received: props.username });
  checkPort(problems, 'port', props.port);
  checkSecret(problems, 'password', props.password);
  problems
    .check(
      props.port !== (props.useSsl === true ? PLAIN_PORT : TLS_PORT),
      communicatorRules['packer-winrm-port-and-tls'],
      { property: 'port', received: props.port },
    )
    .check(props.insecure !== true || props.useSsl === true, communicatorRules['packer-winrm-insecure-without-tls'], { property: 'insecure', received: true })
    .throwIfAny();
  return once({
    communicator: 'winrm',
    winrm_host: props.host,
    winrm_port: props.port,
    winrm_username: props.username,
    winrm_password: props.password,
    winrm_timeout: props.timeout?.toString(),
    winrm_use_ssl: props.useSsl,
    winrm_insecure: props.insecure,
    winrm_use_ntlm: props.useNtlm,
    winrm_no_proxy: props.noProxy,
  });
}
