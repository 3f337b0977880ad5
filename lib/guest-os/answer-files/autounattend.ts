import type { WindowsRegion } from '../windows-regions';
import { XmlElement, element, renderXml } from './windows-xml';

/** What is installed, and how. */
export interface AutounattendOptions {
  readonly computerName: string;
  readonly buildUser: string;
  readonly buildPassword: string;
  readonly region: WindowsRegion;
  /** Language of the ISO, which is that of Windows. */
  readonly uiLanguage: string;
  /** By which the image is chosen: `/IMAGE/NAME` or `/IMAGE/INDEX`, and its value. */
  readonly image: { readonly key: string; readonly value: string };
  readonly productKey?: string;
  /** Folder of the drivers' ISO that is for this Windows, such as `2k25`. */
  readonly driverFolder: string;
  /** Whether there is a desktop, and so a Server Manager. */
  readonly desktop: boolean;
  /** What the setup script is told: `ssh` or `winrm`. */
  readonly remoteAccess: string;
}

/** What every clone is told when it starts for the first time. */
export interface CloneUnattendOptions {
  readonly region: WindowsRegion;
  readonly uiLanguage: string;
  readonly desktop: boolean;
  /** Whether the time that Windows runs without activation goes on, as it must for evaluations: that it begins anew is granted a few times only. */
  readonly skipRearm: boolean;
}

/** In its place generalize.ps1 puts a password that nobody gets to know. */
const CLONE_PASSWORD = '@ADMINISTRATOR_PASSWORD@';

/** Script that the first login runs, on the CD with the answer file. */
export const SETUP_SCRIPT = 'proxmox-setup.ps1';

/** Letters that CDs may have while Windows is installed: there is no telling which one has the drivers. */
const CD_LETTERS = ['C', 'D', 'E', 'F', 'G', 'H', 'I'];

/** Drivers without which Setup sees neither disk nor network; all others come with the guest tools. */
const SETUP_DRIVERS = ['vioscsi', 'NetKVM'];

const ADD = { 'wcm:action': 'add' };

const HIDDEN_PAGES = ['HideEULAPage', 'HideLocalAccountScreen', 'HideOEMRegistrationScreen', 'HideOnlineAccountScreens', 'HideWirelessSetupInOOBE'];

/** The answer file of Windows Setup: `Autounattend.xml` in the root of any CD is found by it. */
export function renderAutounattend(options: AutounattendOptions): string {
  return renderUnattend([
    settings('windowsPE', [
      component('Microsoft-Windows-International-Core-WinPE', [
        element('SetupUILanguage', [element('UILanguage', options.uiLanguage)]),
        ...languages(options),
      ]),
      component('Microsoft-Windows-PnpCustomizationsWinPE', [element('DriverPaths', driverPaths(options.driverFolder))]),
      component('Microsoft-Windows-Setup', [
        element('RunSynchronous', [loadDiskDriver(options.driverFolder)]),
        element('DiskConfiguration', [element('WillShowUI', 'OnError'), disk()]),
        element('ImageInstall', [element('OSImage', [
          element('InstallFrom', [element('MetaData', [element('Key', options.image.key), element('Value', options.image.value)], ADD)]),
          element('InstallTo', [element('DiskID', '0'), element('PartitionID', '3')]),
          element('WillShowUI', 'OnError'),
        ])]),
        element('UserData', [
          element('AcceptEula', 'true'),
          element('ProductKey', [
            options.productKey === undefined ? undefined : element('Key', options.productKey),
            element('WillShowUI', 'OnError'),
          ]),
        ]),
      ]),
    ]),
    // Until generalize.ps1 turns it on again: the first login has all rights at once.
    settings('offlineServicing', [component('Microsoft-Windows-LUA-Settings', [element('EnableLUA', 'false')])]),
    settings('specialize', specialize(options.computerName, options)),
    settings('oobeSystem', [
      component('Microsoft-Windows-International-Core', languages(options)),
      component('Microsoft-Windows-Shell-Setup', [
        oobe(),
        element('UserAccounts', [
          // A server asks for this one where it is not given.
          element('AdministratorPassword', password(options.buildPassword)),
          element('LocalAccounts', [element('LocalAccount', [
            element('Name', options.buildUser),
            element('Group', 'Administrators'),
            element('Password', password(options.buildPassword)),
          ], ADD)]),
        ]),
        element('AutoLogon', [
          element('Enabled', 'true'),
          element('LogonCount', '1'),
          element('Username', options.buildUser),
          element('Password', password(options.buildPassword)),
        ]),
        element('FirstLogonCommands', [element('SynchronousCommand', [
          element('Order', '1'),
          element('Description', 'Guest tools and remote access'),
          element('CommandLine', setupCommand(options.remoteAccess)),
        ], ADD)]),
        element('TimeZone', options.region.timeZone),
      ]),
    ]),
  ]);
}

/** The answer file with which a template is generalized: clones ask nothing at their first start. */
export function renderCloneUnattend(options: CloneUnattendOptions): string {
  return renderUnattend([
    // Clones have the hardware of the template: its drivers stay bound to it.
    settings('generalize', [component('Microsoft-Windows-PnpSysprep', [
      element('PersistAllDeviceInstalls', 'true'),
      element('DoNotCleanUpNonPresentDevices', 'true'),
    ]), ...options.skipRearm ? [component('Microsoft-Windows-Security-SPP', [element('SkipRearm', '1')])] : []]),
    settings('specialize', specialize('*', options)),
    settings('oobeSystem', [
      component('Microsoft-Windows-International-Core', languages(options)),
      component('Microsoft-Windows-Shell-Setup', [
        oobe(),
        element('UserAccounts', [element('AdministratorPassword', password(CLONE_PASSWORD))]),
        element('TimeZone', options.region.timeZone),
      ]),
    ]),
  ]);
}

function renderUnattend(passes: XmlElement[]): string {
  return renderXml(element('unattend', passes, {
    'xmlns': 'urn:schemas-microsoft-com:unattend', 'xmlns:wcm': 'http://schemas.microsoft.com/WMIConfig/2002/State',
  }));
}

function settings(pass: string, components: XmlElement[]): XmlElement {
  return element('settings', components, { pass });
}

function component(name: string, content: (XmlElement | undefined)[]): XmlElement {
  return element('component', content, {
    name, processorArchitecture: 'amd64', publicKeyToken: '31bf3856ad364e35', language: 'neutral', versionScope: 'nonSxS',
  });
}

/** Windows speaks the language of its ISO; formats and keyboard are those of the place. */
function languages({ region, uiLanguage }: { readonly region: WindowsRegion; readonly uiLanguage: string }): XmlElement[] {
  return [
    element('InputLocale', region.inputLocale),
    element('SystemLocale', region.locale),
    element('UILanguage', uiLanguage),
    element('UserLocale', region.locale),
  ];
}

function driverPaths(folder: string): XmlElement[] {
  return SETUP_DRIVERS
    .flatMap((driver) => CD_LETTERS.map((letter) => `${letter}:\\${driver}\\${folder}\\amd64`))
    .map((path, i) => element('PathAndCredentials', [element('Path', path)], { ...ADD, 'wcm:keyValue': `${i + 1}` }));
}

/** The Setup of Server 2025 has been seen to pass by a driver of the paths above: loaded by hand, it is taken. */
function loadDiskDriver(folder: string): XmlElement {
  const inf = `%d:\\vioscsi\\${folder}\\amd64\\vioscsi.inf`;
  return element('RunSynchronousCommand', [
    element('Order', '1'),
    element('Description', 'Driver of the disk'),
    element('Path', `cmd.exe /c "(for %d in (${CD_LETTERS.join(' ')}) do @if exist ${inf} drvload ${inf}) & exit /b 0"`),
  ], ADD);
}

/** ESP, MSR, and Windows as the last partition, so that it grows with the disk; no partition for recovery behind it. */
function disk(): XmlElement {
  const create = (order: number, type: string, size?: number) => element('CreatePartition', [
    element('Order', `${order}`),
    element('Type', type),
    size === undefined ? element('Extend', 'true') : element('Size', `${size}`),
  ], ADD);
  const modify = (number: number, ...more: XmlElement[]) => element('ModifyPartition', [
    element('Order', `${number}`), element('PartitionID', `${number}`), ...more,
  ], ADD);
  return element('Disk', [
    element('DiskID', '0'),
    element('WillWipeDisk', 'true'),
    element('CreatePartitions', [create(1, 'EFI', 300), create(2, 'MSR', 16), create(3, 'Primary')]),
    element('ModifyPartitions', [
      modify(1, element('Format', 'FAT32'), element('Label', 'System')),
      modify(2),
      modify(3, element('Format', 'NTFS'), element('Label', 'Windows'), element('Letter', 'C')),
    ]),
  ], ADD);
}

function specialize(computerName: string, { desktop, region }: Pick<CloneUnattendOptions, 'desktop' | 'region'>): XmlElement[] {
  return [
    ...desktop ? [component('Microsoft-Windows-ServerManager-SvrMgrNc', [element('DoNotOpenServerManagerAtLogon', 'true')])] : [],
    component('Microsoft-Windows-Shell-Setup', [element('ComputerName', computerName), element('TimeZone', region.timeZone)]),
  ];
}

function oobe(): XmlElement {
  return element('OOBE', [...HIDDEN_PAGES.map((page) => element(page, 'true')), element('ProtectYourPC', '3')]);
}

function password(value: string): XmlElement[] {
  return [element('Value', value), element('PlainText', 'true')];
}

/** The CD has a letter of which nothing is known. A command line has at most 1024 characters. */
function setupCommand(remoteAccess: string): string {
  const script = [
    'foreach ($drive in Get-PSDrive -PSProvider FileSystem) {',
    `$script = Join-Path $drive.Root '${SETUP_SCRIPT}';`,
    `if (Test-Path $script) { & $script -RemoteAccess ${remoteAccess}; break }`,
    '}',
  ].join(' ');
  return `powershell.exe -NoLogo -NoProfile -ExecutionPolicy Bypass -Command "${script}"`;
}
