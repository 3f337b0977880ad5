/** Accounts and groups that every Windows has, in lower case; the role `windows_users` makes an account of none of them. */
export const WINDOWS_ACCOUNTS: readonly string[] = [
  'administrator', 'guest', 'defaultaccount', 'wdagutilityaccount', 'system', 'none', 'administrators', 'guests', 'replicator', 'users',
];
