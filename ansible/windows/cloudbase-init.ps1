# Installs Cloudbase-Init, which is to Windows what cloud-init is to Linux. It starts on clones only: after-setup.ps1 starts it.
# CLOUDBASE_INIT_URL, CLOUDBASE_INIT_SHA256: the installer. REMOTE_ACCESS: ssh or winrm.
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
[Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12

$service = 'cloudbase-init'
$folder = Join-Path $env:ProgramFiles 'Cloudbase Solutions\Cloudbase-Init'

function Get-Installer {
    $path = Join-Path $env:SystemRoot 'Temp\cloudbase-init.msi'
    for ($attempt = 1; ; $attempt++) {
        try {
            Invoke-WebRequest -UseBasicParsing -TimeoutSec 300 -Uri $env:CLOUDBASE_INIT_URL -OutFile $path
            break
        } catch {
            if ($attempt -ge 10) {
                throw
            }
            Write-Output "The installer was not downloaded, and is tried again: $_"
            Start-Sleep -Seconds 15
        }
    }
    $hash = (Get-FileHash -LiteralPath $path -Algorithm SHA256).Hash
    if ($hash -ne $env:CLOUDBASE_INIT_SHA256) {
        Remove-Item -LiteralPath $path -Force
        throw "The installer from $env:CLOUDBASE_INIT_URL has the SHA-256 $hash, and should have $env:CLOUDBASE_INIT_SHA256."
    }
    return $path
}

if ($null -eq (Get-Service -Name $service -ErrorAction SilentlyContinue)) {
    $msi = @(Get-Installer)[-1]
    $arguments = @('/i', ('"{0}"' -f $msi), '/qn', '/norestart', 'RUN_SERVICE_AS_LOCAL_SYSTEM=1', '/l*v', ('"{0}.log"' -f $msi))
    $installer = Start-Process -FilePath 'msiexec.exe' -ArgumentList $arguments -Wait -PassThru
    if (@(0, 3010) -notcontains $installer.ExitCode) {
        throw "Cloudbase-Init was not installed: msiexec ended with $($installer.ExitCode)."
    }
    Remove-Item -LiteralPath $msi -Force
}
Set-Service -Name $service -StartupType Manual
Stop-Service -Name $service -Force

$plugins = @(
    'cloudbaseinit.plugins.common.mtu.MTUPlugin',
    'cloudbaseinit.plugins.common.sethostname.SetHostNamePlugin',
    'cloudbaseinit.plugins.windows.createuser.CreateUserPlugin',
    'cloudbaseinit.plugins.common.networkconfig.NetworkConfigPlugin',
    'cloudbaseinit.plugins.common.sshpublickeys.SetUserSSHPublicKeysPlugin',
    'cloudbaseinit.plugins.windows.extendvolumes.ExtendVolumesPlugin',
    'cloudbaseinit.plugins.common.userdata.UserDataPlugin',
    'cloudbaseinit.plugins.common.setuserpassword.SetUserPasswordPlugin'
)
if ($env:REMOTE_ACCESS -eq 'winrm') {
    $plugins += 'cloudbaseinit.plugins.windows.winrmlistener.ConfigWinRMListenerPlugin'
}
# The drive that Proxmox VE makes for a Windows. Without a password of the machine's own, Administrator gets one that nobody knows.
$configuration = @(
    '[DEFAULT]',
    'username=Administrator',
    'groups=Administrators',
    'inject_user_password=true',
    'first_logon_behaviour=no',
    'allow_reboot=true',
    'check_latest_version=false',
    "bsdtar_path=$folder\bin\bsdtar.exe",
    "mtools_path=$folder\bin\",
    "log_dir=$folder\log\",
    'log_file=cloudbase-init.log',
    'metadata_services=cloudbaseinit.metadata.services.configdrive.ConfigDriveService',
    "plugins=$($plugins -join ',')",
    '[config_drive]',
    'locations=cdrom',
    'types=iso'
)
foreach ($name in @('cloudbase-init.conf', 'cloudbase-init-unattend.conf')) {
    Set-Content -LiteralPath (Join-Path $folder "conf\$name") -Encoding Ascii -Value $configuration
}
