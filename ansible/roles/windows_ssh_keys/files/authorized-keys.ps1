# Puts public keys into a file that OpenSSH for Windows reads, and lets nobody else change it.
#
# What is there and is not declared keeps its place unless Exclusive; declared lines come last, in their order. So the second run
# changes nothing. Runs by the module win_powershell, which gives $Ansible.
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory)]
    [string] $Path,

    [string[]] $Keys = @(),

    [bool] $Exclusive = $false,

    # SID of the account that the file is for.
    [Parameter(Mandatory)]
    [string] $Account
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$Ansible.Changed = $false

$form = '(?:^|[ \t])(AAAA[A-Za-z0-9+/]+={0,3})(?:[ \t]|$)'
function Get-Material([string] $Line) {
    if ($Line -match '^\s*#') { return '' }
    return [regex]::Match($Line, $form).Groups[1].Value
}

$folder = Split-Path -Parent $Path
if (-not (Test-Path -LiteralPath $folder)) {
    if ($PSCmdlet.ShouldProcess($folder, 'make')) { New-Item -ItemType Directory -Path $folder | Out-Null }
    $Ansible.Changed = $true
}

$exists = Test-Path -LiteralPath $Path
$there = @(if ($exists) { [IO.File]::ReadAllLines($Path) })
$declared = @($Keys | ForEach-Object { $_.Trim() } | Select-Object -Unique)
$materials = @($declared | ForEach-Object { Get-Material $_ })
$kept = @(if (-not $Exclusive) { $there | Where-Object { -not ($materials -ccontains (Get-Material $_)) } })
$wanted = @($kept) + @($declared)

if (($there -join "`n") -cne ($wanted -join "`n")) {
    if ($PSCmdlet.ShouldProcess($Path, 'write')) {
        $text = (@($wanted | ForEach-Object { "$_`r`n" }) -join '')
        [IO.File]::WriteAllText($Path, $text, (New-Object Text.UTF8Encoding $false))
        $exists = $true
    }
    $Ansible.Changed = $true
}

# sshd refuses a file that anybody else could change: SYSTEM, administrators, and whom it belongs to.
if ($exists) {
    $sids = @('S-1-5-18', 'S-1-5-32-544', $Account)
    $acl = (Get-Item -LiteralPath $Path -Force).GetAccessControl('Access')
    $rules = $acl.GetAccessRules($true, $true, [Security.Principal.SecurityIdentifier])
    $now = @($rules | ForEach-Object { '{0} {1} {2}' -f $_.AccessControlType, $_.IdentityReference.Value, $_.FileSystemRights } | Sort-Object)
    $right = @($sids | ForEach-Object { "Allow $_ FullControl" } | Sort-Object)
    if (-not $acl.AreAccessRulesProtected -or ($now -join "`n") -cne ($right -join "`n")) {
        if ($PSCmdlet.ShouldProcess($Path, 'restrict')) {
            $restricted = New-Object Security.AccessControl.FileSecurity
            $restricted.SetAccessRuleProtection($true, $false)
            foreach ($sid in $sids) {
                $identity = New-Object Security.Principal.SecurityIdentifier $sid
                $restricted.AddAccessRule((New-Object Security.AccessControl.FileSystemAccessRule $identity, 'FullControl', 'Allow'))
            }
            (Get-Item -LiteralPath $Path -Force).SetAccessControl($restricted)
        }
        $Ansible.Changed = $true
    }
}
