# Runs as SYSTEM on a clone, from its first start on and until it has done its work. Cloudbase-Init restarts the machine for a new name, and may
# not do so before Windows has set itself up. Since Windows waits for first-boot.ps1 in that, this is a task of its own.
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$log = Join-Path $env:SystemRoot 'Setup\Scripts\first-boot.log'

function Test-SetupInProgress {
    $setup = Get-ItemProperty -Path 'HKLM:\SYSTEM\Setup'
    foreach ($name in @('SystemSetupInProgress', 'OOBEInProgress')) {
        if ($setup.PSObject.Properties.Name -contains $name -and $setup.$name -ne 0) {
            return $true
        }
    }
    return $false
}

# Half an hour at most: a clone without its address and its keys is worse than one that is restarted.
$end = (Get-Date).AddMinutes(30)
while ((Test-SetupInProgress) -and (Get-Date) -lt $end) {
    Start-Sleep -Seconds 2
}
Add-Content -LiteralPath $log -Value "setup is over: $(-not (Test-SetupInProgress))"
Set-Service -Name 'cloudbase-init' -StartupType Automatic
Start-Service -Name 'cloudbase-init'
Unregister-ScheduledTask -TaskName 'proxmox-constructs' -Confirm:$false
