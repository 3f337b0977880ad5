# Runs once, as the build user, when the first login of an installation is done. Guest tools and agent, one partition, and as the last thing
# the remote access by which Packer comes in.
param(
    [Parameter(Mandatory = $true)]
    [ValidateSet('ssh', 'winrm')]
    [string] $RemoteAccess
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$log = Join-Path $env:SystemRoot 'Temp\proxmox-setup.log'
$state = 'HKLM:\SOFTWARE\proxmox-constructs'
$scripts = Join-Path $env:SystemRoot 'Setup\Scripts'

function Find-OnCd {
    param(
        [string] $Path
    )
    foreach ($drive in Get-PSDrive -PSProvider FileSystem) {
        $file = Join-Path $drive.Root $Path
        if (Test-Path -LiteralPath $file) {
            return $file
        }
    }
    throw "No CD holds $Path."
}

function Install-Msi {
    param(
        [string] $Path
    )
    $name = [IO.Path]::GetFileNameWithoutExtension($Path)
    $arguments = @('/i', ('"{0}"' -f $Path), '/qn', '/norestart', '/l*v', ('"{0}\Temp\{1}.log"' -f $env:SystemRoot, $name))
    $installer = Start-Process -FilePath 'msiexec.exe' -ArgumentList $arguments -Wait -PassThru
    # 3010: done, and a restart is due.
    if (@(0, 3010) -notcontains $installer.ExitCode) {
        throw "$Path was not installed: msiexec ended with $($installer.ExitCode)."
    }
}

function Install-GuestTools {
    # The one installer for all of it has been seen to hang on Windows of this age; the two that it consists of have not.
    Install-Msi -Path (Find-OnCd -Path 'virtio-win-gt-x64.msi')
    if ($null -eq (Get-Service -Name 'QEMU-GA' -ErrorAction SilentlyContinue)) {
        Install-Msi -Path (Find-OnCd -Path 'guest-agent\qemu-ga-x86_64.msi')
    }
    Set-Service -Name 'QEMU-GA' -StartupType Automatic
    Start-Service -Name 'QEMU-GA'
}

function Disable-AutoLogon {
    $winlogon = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon'
    Set-ItemProperty -Path $winlogon -Name 'AutoAdminLogon' -Value '0'
    foreach ($name in @('DefaultPassword', 'DefaultUserName', 'AutoLogonCount')) {
        Remove-ItemProperty -Path $winlogon -Name $name -ErrorAction SilentlyContinue
    }
}

# A partition for recovery behind drive C keeps it from growing. Setup may have made one all the same.
function Remove-RecoveryPartition {
    & reagentc.exe /disable | Out-Null
    Get-Partition | Where-Object { $_.Type -eq 'Recovery' } | ForEach-Object { $_ | Remove-Partition -Confirm:$false }
    $supported = Get-PartitionSupportedSize -DriveLetter 'C'
    $size = $supported.SizeMax - ($supported.SizeMax % 1048576)
    if ((Get-Partition -DriveLetter 'C').Size -lt $size) {
        Resize-Partition -DriveLetter 'C' -Size $size
    }
}

# What later steps need, so that they need no CD: Cloudbase-Init's installation, the answer file of clones, and what runs at their first start.
function Copy-LaterFiles {
    New-Item -ItemType Directory -Path $scripts -Force | Out-Null
    foreach ($name in @('cloudbase-init.ps1', 'first-boot.ps1', 'after-setup.ps1', 'clone-unattend.xml')) {
        Copy-Item -LiteralPath (Join-Path $PSScriptRoot $name) -Destination (Join-Path $scripts $name) -Force
        Set-ItemProperty -LiteralPath (Join-Path $scripts $name) -Name IsReadOnly -Value $false
    }
    $command = 'powershell.exe -NoLogo -NoProfile -ExecutionPolicy Bypass -File "%~dp0first-boot.ps1"'
    Set-Content -LiteralPath (Join-Path $scripts 'SetupComplete.cmd') -Encoding Ascii -Value $command
    if (-not (Test-Path -Path $state)) {
        New-Item -Path $state | Out-Null
    }
    Set-ItemProperty -Path $state -Name 'RemoteAccess' -Value $RemoteAccess
}

function Open-Port {
    param(
        [string] $Name,
        [int] $Port
    )
    if ($null -eq (Get-NetFirewallRule -Name $Name -ErrorAction SilentlyContinue)) {
        New-NetFirewallRule -Name $Name -DisplayName $Name -Direction Inbound -Action Allow -Protocol TCP -LocalPort $Port -Profile Any | Out-Null
    }
}

function Install-OpenSsh {
    # Server 2025 has it; for Server 2022 it comes from Windows Update.
    for ($attempt = 1; $null -eq (Get-Service -Name 'sshd' -ErrorAction SilentlyContinue); $attempt++) {
        if ($attempt -gt 10) {
            throw 'OpenSSH was not installed.'
        }
        try {
            Add-WindowsCapability -Online -Name 'OpenSSH.Server~~~~0.0.1.0' | Out-Null
        } catch {
            Write-Output "OpenSSH was not installed, and is tried again: $_"
            Start-Sleep -Seconds 30
        }
    }
}

function Enable-Ssh {
    Install-OpenSsh
    # Windows may open the port by itself, and Packer is to come in only when all is done. The first start writes configuration and host keys.
    Disable-NetFirewallRule -Name 'OpenSSH-Server-In-TCP' -ErrorAction SilentlyContinue
    Set-Service -Name 'sshd' -StartupType Manual
    Start-Service -Name 'sshd'
    Stop-Service -Name 'sshd'
    # Administrators, too, have their keys where Cloudbase-Init puts them: below their home.
    $config = Join-Path $env:ProgramData 'ssh\sshd_config'
    $lines = Get-Content -LiteralPath $config | ForEach-Object { $_ -replace '^(\s*(Match Group administrators|AuthorizedKeysFile __PROGRAMDATA__).*)$', '#$1' }
    Set-Content -LiteralPath $config -Encoding Ascii -Value $lines
    Open-Port -Name 'proxmox-constructs-ssh' -Port 22
    Set-Service -Name 'sshd' -StartupType Automatic
    Start-Service -Name 'sshd'
}

function Enable-WinRm {
    Get-NetConnectionProfile | Where-Object { $_.NetworkCategory -eq 'Public' } | Set-NetConnectionProfile -NetworkCategory Private
    Enable-PSRemoting -SkipNetworkProfileCheck -Force | Out-Null
    Get-ChildItem -Path 'WSMan:\localhost\Listener' | Remove-Item -Recurse -Force
    $certificate = New-SelfSignedCertificate -DnsName $env:COMPUTERNAME -CertStoreLocation 'Cert:\LocalMachine\My' -FriendlyName 'proxmox-constructs-build'
    New-Item -Path 'WSMan:\localhost\Listener' -Transport HTTPS -Address '*' -CertificateThumbPrint $certificate.Thumbprint -Force | Out-Null
    Set-Item -Path 'WSMan:\localhost\Service\AllowUnencrypted' -Value $false -Force
    Set-Item -Path 'WSMan:\localhost\Service\Auth\Basic' -Value $true -Force
    Set-Item -Path 'WSMan:\localhost\Shell\MaxMemoryPerShellMB' -Value 2048 -Force
    # Local administrators have all their rights over the network; first-boot.ps1 takes this back.
    $policies = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System'
    Set-ItemProperty -Path $policies -Name 'LocalAccountTokenFilterPolicy' -Value 1 -Type DWord
    Disable-NetFirewallRule -DisplayGroup 'Windows Remote Management' -ErrorAction SilentlyContinue
    & sc.exe config WinRM start= delayed-auto | Out-Null
    Open-Port -Name 'proxmox-constructs-winrm' -Port 5986
}

Start-Transcript -Path $log -Append | Out-Null
try {
    Disable-AutoLogon
    Install-GuestTools
    Remove-RecoveryPartition
    & powercfg.exe /hibernate off
    Copy-LaterFiles
    if ($RemoteAccess -eq 'ssh') {
        Enable-Ssh
    } else {
        Enable-WinRm
    }
    Write-Output 'Packer may come in.'
} catch {
    Write-Output "Setup failed: $_"
    Write-Output $_.ScriptStackTrace
    # Time to look at it on the console of the machine; Packer gives up after its own.
    Start-Sleep -Seconds 3600
    exit 1
} finally {
    Stop-Transcript | Out-Null
}
