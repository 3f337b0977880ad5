/** Accounts that every Windows has, in lower case; the role `windows_users` takes none of them. */
export const WINDOWS_ACCOUNTS: readonly string[] = ['administrator', 'guest', 'defaultaccount', 'wdagutilityaccount', 'system', 'none'];
