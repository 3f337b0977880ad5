# How the group of administrators is called in the language of this Windows, and whether sshd reads their keys from one file for all of them.
# Runs by the module win_powershell, which gives $Ansible.
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$Ansible.Changed = $false

$config = Join-Path $env:ProgramData 'ssh\sshd_config'
$lines = @(if (Test-Path -LiteralPath $config) { Get-Content -LiteralPath $config })
$shared = @($lines | Where-Object { $_ -match '^\s*AuthorizedKeysFile\s+__PROGRAMDATA__' })
@{
    shared = $shared.Count -gt 0
    group  = (Get-LocalGroup -SID 'S-1-5-32-544').Name
}
