# Runs as SYSTEM on every clone, when Windows has set itself up and before anybody can log in (SetupComplete.cmd). Nothing here may stop
# the machine from being reached, so every step is tried whatever became of the others.
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$state = 'HKLM:\SOFTWARE\proxmox-constructs'
$log = Join-Path $env:SystemRoot 'Setup\Scripts\first-boot.log'

function Invoke-Step {
    param(
        [string] $Name,
        [scriptblock] $Script
    )
    try {
        & $Script
        Add-Content -LiteralPath $log -Value "${Name}: done"
    } catch {
        Add-Content -LiteralPath $log -Value "${Name}: $_"
    }
}

function Get-Known {
    param(
        [string] $Name
    )
    $known = Get-ItemProperty -Path $state -ErrorAction SilentlyContinue
    if ($null -eq $known -or $known.PSObject.Properties.Name -notcontains $Name) {
        return ''
    }
    return $known.$Name
}

$remoteAccess = Get-Known -Name 'RemoteAccess'
$buildUser = Get-Known -Name 'BuildUser'

Invoke-Step -Name 'answer files' -Script {
    foreach ($path in @('Panther\unattend.xml', 'Panther\unattend-original.xml', 'Panther\Unattend', 'System32\Sysprep\unattend.xml')) {
        $file = Join-Path $env:SystemRoot $path
        if (Test-Path -LiteralPath $file) {
            Remove-Item -LiteralPath $file -Recurse -Force
        }
    }
}

if ($buildUser -ne '') {
    Invoke-Step -Name 'build user' -Script {
        if ($null -ne (Get-LocalUser -Name $buildUser -ErrorAction SilentlyContinue)) {
            Remove-LocalUser -Name $buildUser
        }
    }
    Invoke-Step -Name 'profile of the build user' -Script {
        $folder = Join-Path $env:SystemDrive "Users\$buildUser"
        Get-CimInstance -ClassName Win32_UserProfile | Where-Object { $_.LocalPath -eq $folder } | Remove-CimInstance
        if (Test-Path -LiteralPath $folder) {
            & takeown.exe /f $folder /r /d y | Out-Null
            & icacls.exe $folder /grant '*S-1-5-32-544:F' /t /c /q | Out-Null
            Remove-Item -LiteralPath $folder -Recurse -Force
        }
        Remove-ItemProperty -Path $state -Name 'BuildUser'
    }
}

Invoke-Step -Name 'remote access of the build' -Script {
    $policies = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System'
    Remove-ItemProperty -Path $policies -Name 'LocalAccountTokenFilterPolicy' -ErrorAction SilentlyContinue
    Get-ChildItem -Path 'Cert:\LocalMachine\My' | Where-Object { $_.FriendlyName -eq 'proxmox-constructs-build' } | ForEach-Object {
        Remove-Item -LiteralPath $_.PSPath -DeleteKey -Force
    }
}

if ($remoteAccess -eq 'ssh') {
    Invoke-Step -Name 'ssh' -Script {
        # It makes host keys of its own when it starts.
        Set-Service -Name 'sshd' -StartupType Automatic
        Start-Service -Name 'sshd'
    }
} elseif ($remoteAccess -eq 'winrm') {
    Invoke-Step -Name 'winrm' -Script {
        # Cloudbase-Init makes certificate and listener.
        & sc.exe config WinRM start= delayed-auto | Out-Null
        Start-Service -Name 'WinRM'
    }
}

Invoke-Step -Name 'cloudbase-init' -Script {
    $script = Join-Path $env:SystemRoot 'Setup\Scripts\after-setup.ps1'
    $arguments = '-NoLogo -NoProfile -NonInteractive -ExecutionPolicy Bypass -File "{0}"' -f $script
    $action = New-ScheduledTaskAction -Execute 'powershell.exe' -Argument $arguments
    # Should it not start at once, or be cut off, it starts then.
    $triggers = @((New-ScheduledTaskTrigger -Once -At (Get-Date).AddMinutes(5)), (New-ScheduledTaskTrigger -AtStartup))
    Register-ScheduledTask -TaskName 'proxmox-constructs' -User 'SYSTEM' -Action $action -Trigger $triggers -Force | Out-Null
    Start-ScheduledTask -TaskName 'proxmox-constructs'
}
