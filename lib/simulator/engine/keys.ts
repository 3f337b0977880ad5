import { EngineError } from './engine';

/** Names of keys with more than one letter, as QEMU's monitor knows them (`QKeyCode`). */
const NAMED_KEYS = new Set([
  ...['shift', 'shift_r', 'alt', 'alt_r', 'ctrl', 'ctrl_r', 'menu', 'meta_l', 'meta_r', 'caps_lock', 'num_lock', 'scroll_lock', 'compose'],
  ...['esc', 'minus', 'equal', 'backspace', 'tab', 'bracket_left', 'bracket_right', 'ret', 'semicolon', 'apostrophe', 'grave_accent', 'backslash'],
  ...['comma', 'dot', 'slash', 'asterisk', 'spc', 'less', 'sysrq', 'print', 'pause', 'home', 'pgup', 'pgdn', 'end', 'left', 'up', 'down', 'right'],
  ...['insert', 'delete', 'stop', 'again', 'props', 'undo', 'front', 'copy', 'open', 'paste', 'find', 'cut', 'lf', 'help'],
  ...['kp_divide', 'kp_multiply', 'kp_subtract', 'kp_add', 'kp_enter', 'kp_decimal', 'kp_comma', 'kp_equals'],
  ...Array.from({ length: 10 }, (_, digit) => `kp_${digit}`),
  ...Array.from({ length: 24 }, (_, index) => `f${index + 1}`),
  ...['ro', 'hiragana', 'henkan', 'yen', 'muhenkan', 'katakanahiragana', 'power', 'sleep', 'wake', 'audionext', 'audioprev', 'audiostop', 'audioplay'],
  ...['audiomute', 'volumeup', 'volumedown', 'mediaselect', 'mail', 'calculator', 'computer', 'ac_home', 'ac_back', 'ac_forward', 'ac_refresh'],
  ...['ac_bookmarks', 'lang1', 'lang2', 'unmapped'],
]);

/**
 * Checks a combination of keys as QEMU's `sendkey` does, `ctrl-alt-f2`.
 *
 * @throws EngineError with what the monitor answers for a key it does not know
 * @internal
 */
export function checkKeys(combination: string): void {
  // A lone < is the key of that sign.
  for (const key of combination.split('-')) {
    const known = NAMED_KEYS.has(key) || /^[a-z0-9<]$/.test(key) || /^0x[0-9a-f]{1,2}$/i.test(key);
    if (!known) throw new EngineError(`invalid parameter: ${key}`);
  }
}
