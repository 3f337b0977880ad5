import { packageFile } from '../assembly';
import { Duration } from '../core';
import { IProvisioner, Provisioner } from '../packer';
import { Checksum } from './checksum';
import { RemoteAccess } from './installable';
import { GuestSetup, GuestShell } from './operating-system';
import { WindowsInstaller, WindowsServerOptions } from './windows-server-release';

/** Cloudbase-Init 1.1.8. */
const CLOUDBASE_INIT: WindowsInstaller = {
  url: 'https://github.com/cloudbase/cloudbase-init/releases/download/1.1.8/CloudbaseInitSetup_1_1_8_x64.msi',
  checksum: Checksum.sha256('0e7fa42e0cbc0ce7657f85730b0c6cc7afc4087a3639df0ff51a721a0be19bd5'),
};

/** Of the rest, all. KB5007651 installs only while somebody is logged in at the console. */
const UPDATE_FILTERS = ["exclude:$_.Title -like '*Preview*'", "exclude:$_.Title -like '*KB5007651*'", 'include:$true'];

/**
 * Path of a PowerShell script that ships with the package.
 * @internal
 */
export function windowsScript(name: string): string {
  return packageFile('ansible', 'windows', name);
}

/**
 * How a Windows is made ready to be a template. Cloudbase-Init configures Administrator, and nobody else.
 * @internal
 */
export const WINDOWS_SETUP: GuestSetup = {
  shell: GuestShell.POWERSHELL,
  cloudInitUser: 'Administrator',
  ansibleSupported: true,
  generalizeScript: windowsScript('generalize.ps1'),
  installAgent: [
    "$ErrorActionPreference = 'Stop'",
    "if ($null -eq (Get-Service -Name 'QEMU-GA' -ErrorAction SilentlyContinue)) {",
    "  $cds = Get-PSDrive -PSProvider FileSystem | ForEach-Object { Join-Path $_.Root 'guest-agent\\qemu-ga-x86_64.msi' }",
    '  $msi = $cds | Where-Object { Test-Path -LiteralPath $_ } | Select-Object -First 1',
    "  if ($null -eq $msi) { throw 'The ISO with the VirtIO drivers is not there.' }",
    "  $setup = Start-Process -FilePath 'msiexec.exe' -ArgumentList '/i', $msi, '/qn', '/norestart' -Wait -PassThru",
    '  if (@(0, 3010) -notcontains $setup.ExitCode) { throw "The guest agent was not installed: $($setup.ExitCode)." }',
    '}',
    "Set-Service -Name 'QEMU-GA' -StartupType Automatic",
    "Start-Service -Name 'QEMU-GA'",
  ],
};

/**
 * What is done with a Windows that has just been installed: a restart for its new drivers, updates, Cloudbase-Init.
 * @internal
 */
export function windowsProvisioners(options: WindowsServerOptions, remoteAccess: RemoteAccess): IProvisioner[] {
  const { url, checksum } = options.cloudbaseInit ?? CLOUDBASE_INIT;
  const restart = Provisioner.windowsRestart({ restartTimeout: Duration.minutes(30) });
  const updates = Provisioner.windowsUpdate({ filters: options.windowsUpdateFilters ?? UPDATE_FILTERS });
  return [
    restart,
    ...options.windowsUpdates === false ? [] : [updates, restart],
    Provisioner.powerShell({
      // It was on the CD with the answer file.
      inline: [
        "$ErrorActionPreference = 'Stop'",
        "$script = Join-Path $env:SystemRoot 'Setup\\Scripts\\cloudbase-init.ps1'",
        '& $script',
        'Remove-Item -LiteralPath $script -Force',
      ],
      environment: { CLOUDBASE_INIT_URL: url, CLOUDBASE_INIT_SHA256: checksum.value, REMOTE_ACCESS: remoteAccess },
    }),
  ];
}
