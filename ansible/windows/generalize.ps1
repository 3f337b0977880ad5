# Makes a template of a Windows, as the very last step of a build: removes what machines made of it must not share, and runs sysprep to its end.
# BUILD_USER: account of the build, which is removed; Administrator stays. The machine is shut down after this.
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$state = 'HKLM:\SOFTWARE\proxmox-constructs'
$sysprep = Join-Path $env:SystemRoot 'System32\Sysprep'
$answerFile = Join-Path $sysprep 'clone-unattend.xml'
$finalState = 'IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE'

function Remove-Everything {
    param(
        [string[]] $Path
    )
    foreach ($pattern in $Path) {
        # What is in use stays: such as the script that runs.
        Remove-Item -Path $pattern -Recurse -Force -ErrorAction SilentlyContinue
    }
}

function Assert-Ready {
    if (-not (Test-Path -LiteralPath (Join-Path $env:SystemRoot 'Setup\Scripts\clone-unattend.xml'))) {
        throw 'The answer file of clones is missing: this Windows was not installed by its IsoTemplate.'
    }
    if ([string]::IsNullOrEmpty($env:BUILD_USER)) {
        throw 'BUILD_USER names the account of the build.'
    }
    if ($null -eq (Get-LocalUser -Name $env:BUILD_USER -ErrorAction SilentlyContinue)) {
        throw "There is no account $env:BUILD_USER."
    }
}

# Clones start these themselves: remote access when it is their own, Cloudbase-Init when Windows has set itself up.
function Disable-Service {
    if ($null -ne (Get-Service -Name 'sshd' -ErrorAction SilentlyContinue)) {
        Set-Service -Name 'sshd' -StartupType Disabled
    }
    $cloudbaseInit = Get-Service -Name 'cloudbase-init'
    Set-Service -Name 'cloudbase-init' -StartupType Manual
    if ($cloudbaseInit.Status -ne 'Stopped') {
        Stop-Service -Name 'cloudbase-init' -Force
    }
}

function Restore-Policy {
    Set-ItemProperty -Path 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System' -Name 'EnableLUA' -Value 1 -Type DWord
    $winlogon = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon'
    Set-ItemProperty -Path $winlogon -Name 'AutoAdminLogon' -Value '0'
    foreach ($name in @('DefaultPassword', 'DefaultUserName', 'AutoLogonCount')) {
        Remove-ItemProperty -Path $winlogon -Name $name -ErrorAction SilentlyContinue
    }
}

# Packages that a user has and the image has not make sysprep fail.
function Remove-UserPackage {
    if ($null -eq (Get-Command -Name 'Get-AppxPackage' -ErrorAction SilentlyContinue)) {
        return
    }
    try {
        $provisioned = @(Get-AppxProvisionedPackage -Online | ForEach-Object { $_.DisplayName })
        $packages = @(Get-AppxPackage -AllUsers | Where-Object {
            -not $_.IsFramework -and -not $_.NonRemovable -and $_.SignatureKind -ne 'System' -and $provisioned -notcontains $_.Name
        })
    } catch {
        Write-Output "This Windows has no packages of users: $_"
        return
    }
    foreach ($package in $packages) {
        Write-Output "Removing the package $($package.PackageFullName)."
        try {
            Remove-AppxPackage -AllUsers -Package $package.PackageFullName
        } catch {
            Write-Output "It stays: $_"
        }
    }
}

function Remove-Trace {
    Stop-Service -Name 'wuauserv', 'bits' -Force -ErrorAction SilentlyContinue
    Remove-Everything -Path @(
        "$env:SystemRoot\SoftwareDistribution\Download\*",
        "$env:SystemRoot\Panther\unattend.xml",
        "$env:SystemRoot\Panther\unattend-original.xml",
        "$env:SystemRoot\Panther\Unattend",
        "$env:SystemRoot\Panther\UnattendGC",
        "$env:SystemRoot\Panther\*.log",
        "$sysprep\Panther\*",
        "$sysprep\unattend.xml",
        "$sysprep\Sysprep_succeeded.tag",
        "$env:SystemDrive\Autounattend.xml",
        "$env:SystemDrive\Unattend.xml",
        "$env:SystemRoot\Setup\Scripts\first-boot.log",
        "$env:SystemRoot\Minidump",
        "$env:SystemRoot\MEMORY.DMP",
        "$env:SystemRoot\Temp\*",
        "$env:ProgramData\Microsoft\Windows\WER\ReportArchive\*",
        "$env:ProgramData\Microsoft\Windows\WER\ReportQueue\*",
        "$env:ProgramData\ssh\administrators_authorized_keys",
        "$env:ProgramData\ssh\logs\*",
        "$env:ProgramFiles\Cloudbase Solutions\Cloudbase-Init\log\*",
        "$env:SystemDrive\Users\$env:BUILD_USER\.ssh",
        "$env:SystemDrive\Users\*\AppData\Local\Temp\*",
        "$env:SystemDrive\Users\*\AppData\Roaming\Microsoft\Windows\PowerShell\PSReadLine\*",
        "$env:SystemDrive\Users\*\AppData\Roaming\Microsoft\Windows\Recent\*"
    )
    # By this it knows what it has done on a machine.
    Remove-Everything -Path @('HKLM:\SOFTWARE\Cloudbase Solutions\Cloudbase-Init')
    Clear-RecycleBin -Force -ErrorAction SilentlyContinue
}

function Clear-Log {
    $preference = $ErrorActionPreference
    $ErrorActionPreference = 'SilentlyContinue'
    foreach ($name in @(& wevtutil.exe enum-logs)) {
        & wevtutil.exe clear-log $name 2>&1 | Out-Null
    }
    $ErrorActionPreference = $preference
}

# Nobody knows it, and Cloudbase-Init replaces it on every clone.
function New-Password {
    $bytes = New-Object byte[] 24
    $random = [Security.Cryptography.RandomNumberGenerator]::Create()
    $random.GetBytes($bytes)
    $random.Dispose()
    return 'Aa1-' + [BitConverter]::ToString($bytes)
}

function Write-AnswerFile {
    $template = Join-Path $env:SystemRoot 'Setup\Scripts\clone-unattend.xml'
    $text = [IO.File]::ReadAllText($template)
    if (-not $text.Contains('@ADMINISTRATOR_PASSWORD@')) {
        throw "$template has no place for a password."
    }
    [IO.File]::WriteAllText($answerFile, $text.Replace('@ADMINISTRATOR_PASSWORD@', (New-Password)))
}

function Get-ImageState {
    $known = Get-ItemProperty -Path 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\State' -ErrorAction SilentlyContinue
    if ($null -eq $known) {
        return ''
    }
    return $known.ImageState
}

function Show-Failure {
    foreach ($name in @('setuperr.log', 'setupact.log')) {
        $file = Join-Path $sysprep "Panther\$name"
        if (Test-Path -LiteralPath $file) {
            Write-Output "--- the end of $file"
            Get-Content -LiteralPath $file -Tail 40
        }
    }
}

# Its process may end before its work does, so the state of the image decides. A failure leaves the process behind with a message box, or ends it.
function Invoke-Sysprep {
    $process = Start-Process -FilePath (Join-Path $sysprep 'sysprep.exe') -PassThru -ArgumentList @(
        '/generalize', '/oobe', '/mode:vm', '/quiet', '/quit', "/unattend:$answerFile"
    )
    $deadline = (Get-Date).AddMinutes(30)
    $ended = $null
    while ((Get-ImageState) -ne $finalState) {
        if ($null -eq $ended -and $process.HasExited) {
            $ended = Get-Date
        }
        $failed = $null -ne $ended -and (Get-Date) -gt $ended.AddMinutes(5)
        if ($failed -or (Get-Date) -gt $deadline) {
            Show-Failure
            throw "Sysprep did not come to its end: the state of the image is $(Get-ImageState), and should be $finalState."
        }
        Start-Sleep -Seconds 5
    }
    # The last of its work is done after the state is set.
    for ($i = 0; $i -lt 24 -and -not $process.HasExited; $i++) {
        Start-Sleep -Seconds 5
    }
}

function Remove-BuildUser {
    $user = Get-LocalUser -Name $env:BUILD_USER -ErrorAction SilentlyContinue
    if ($null -eq $user -or $user.SID.Value -like '*-500') {
        return
    }
    # By WinRM every request logs in anew, and this script is waited for by requests: there, first-boot.ps1 of the clones removes the account.
    if (Test-Path -Path 'Env:\SSH_CONNECTION') {
        try {
            Remove-LocalUser -Name $env:BUILD_USER
        } catch {
            Write-Output "The account $env:BUILD_USER is removed by the first start of clones: $_"
        }
    }
}

Assert-Ready
$known = Get-LocalUser -Name $env:BUILD_USER
if (-not (Test-Path -Path $state)) {
    New-Item -Path $state | Out-Null
}
if ($known.SID.Value -notlike '*-500') {
    Set-ItemProperty -Path $state -Name 'BuildUser' -Value $env:BUILD_USER
}
Disable-Service
Restore-Policy
Remove-UserPackage
Remove-Trace
Clear-Log
Write-AnswerFile
Invoke-Sysprep
Remove-Everything -Path @(
    $answerFile, "$sysprep\Panther\*", "$env:SystemRoot\Temp\*", "$env:ProgramData\ssh\ssh_host_*"
)
Clear-Log
Remove-BuildUser
Optimize-Volume -DriveLetter 'C' -ReTrim -ErrorAction SilentlyContinue
Write-Output "The image is ready: $(Get-ImageState)."
exit 0
