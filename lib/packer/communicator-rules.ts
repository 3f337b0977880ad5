import { ruleTable } from '../core';

/**
 * Rules of how Packer reaches a machine.
 * @internal
 */
export const communicatorRules = ruleTable({
  'packer-communicator-user-missing': {
    rule: 'A communicator has the name of the user to log in as.',
    remedy: 'Give the user that exists in the machine while it is built, such as the one that cloud-init or the installer makes.',
  },
  'packer-communicator-port': {
    rule: 'A port is a whole number from 1 to 65535.',
    remedy: 'Leave it out for the usual port, or give the port the machine listens on.',
  },
  'packer-ssh-certificate-without-key': {
    rule: 'A certificate for SSH goes with its private key.',
    remedy: 'Give privateKeyFile as well.',
  },
  'packer-ssh-bastion-and-proxy': {
    rule: 'The connection goes through a bastion host or through a SOCKS proxy, not through both.',
    remedy: 'Keep one of them.',
  },
  'packer-ssh-bastion-login': {
    rule: 'A bastion host needs a way to log in: a password, a key file, the agent, or the key file of the machine itself.',
    remedy: 'Give password, privateKeyFile or agentAuth in `bastion`.',
  },
  'packer-ssh-tunnel': {
    rule: 'A tunnel is written local port, host and port, joined by colons.',
    remedy: 'Write it as 8080:internal.example:80.',
  },
  'packer-winrm-port-and-tls': {
    rule: 'WinRM listens on 5985 without TLS and on 5986 with it.',
    remedy: 'Leave out the port, or set useSsl to what the port expects.',
  },
  'packer-winrm-insecure-without-tls': {
    rule: 'Leaving the certificate unchecked means something only with TLS.',
    remedy: 'Set useSsl, or leave out `insecure`.',
  },
  'packer-secret-in-template': {
    rule: 'A password or token does not stand in a template: it would lie on the disk in clear.',
    remedy: 'Pass a reference: a sensitive packer.Variable (given as PKR_VAR_… when Packer runs), or a sensitive local such as uuidv4() for a secret made anew for each build.',
  },
});
