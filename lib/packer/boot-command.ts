import { Duration, Problems } from '../core';
import { bootCommandRules as rules } from './boot-command-rules';
import { literalParts } from './plugin-text';

/**
 * Keys of a `bootCommand`, which are put between the text that is typed:
 *
 *     bootCommand: ['c', BootKey.wait(Duration.seconds(2)), 'configfile (cd1)/grub.cfg', BootKey.ENTER]
 */
export class BootKey {
  /** Enter. */
  public static readonly ENTER = '<enter>';
  /** Escape. */
  public static readonly ESC = '<esc>';
  /** Tabulator. */
  public static readonly TAB = '<tab>';
  /** Backspace. */
  public static readonly BACKSPACE = '<bs>';
  /** Delete. */
  public static readonly DELETE = '<del>';
  /** Insert. */
  public static readonly INSERT = '<insert>';
  /** Space. */
  public static readonly SPACE = '<spacebar>';
  /** Arrow up. */
  public static readonly UP = '<up>';
  /** Arrow down. */
  public static readonly DOWN = '<down>';
  /** Arrow left. */
  public static readonly LEFT = '<left>';
  /** Arrow right. */
  public static readonly RIGHT = '<right>';
  /** Home. */
  public static readonly HOME = '<home>';
  /** End. */
  public static readonly END = '<end>';
  /** Menu. */
  public static readonly MENU = '<menu>';
  /** Left Shift. */
  public static readonly LEFT_SHIFT = '<leftShift>';
  /** Right Shift. */
  public static readonly RIGHT_SHIFT = '<rightShift>';
  /** Left Ctrl. */
  public static readonly LEFT_CTRL = '<leftCtrl>';
  /** Right Ctrl. */
  public static readonly RIGHT_CTRL = '<rightCtrl>';
  /** Left Alt. */
  public static readonly LEFT_ALT = '<leftAlt>';
  /** Right Alt. */
  public static readonly RIGHT_ALT = '<rightAlt>';
  /** Left Super, the key with the logo. */
  public static readonly LEFT_SUPER = '<leftSuper>';
  /** Right Super, the key with the logo. */
  public static readonly RIGHT_SUPER = '<rightSuper>';
  /** Address of Packer's HTTP server. */
  public static readonly HTTP_IP = '{{ .HTTPIP }}';
  /** Port of Packer's HTTP server. */
  public static readonly HTTP_PORT = '{{ .HTTPPort }}';

  /** A function key, 1 to 12. */
  public static functionKey(number: number): string {
    new Problems('packer.BootKey.functionKey')
      .check(Number.isInteger(number) && number >= 1 && number <= 12, rules['packer-boot-command-token'], { property: 'number', received: number })
      .throwIfAny();
    return `<f${number}>`;
  }

  /** A pause in the typing, longer than nothing. */
  public static wait(duration: Duration): string {
    new Problems('packer.BootKey.wait')
      .check(duration.toMilliseconds() > 0, rules['packer-boot-command-wait'], { property: 'duration', received: duration })
      .throwIfAny();
    return `<wait${duration}>`;
  }

  /** A key that is held down until it is released; of characters, small letters and digits can be held. */
  public static hold(key: string): string {
    return toggle(key, 'On');
  }

  /** A key that is no longer held down. */
  public static release(key: string): string {
    return toggle(key, 'Off');
  }

  private constructor() {}
}

const TOKEN = /<(wait[A-Za-z0-9.-]*|[A-Za-z][A-Za-z0-9.]*|.(?:[oO][nN]|[oO][fF]{2}))>/g;
const WAIT = /^wait(-?(0|[1-9]\d*)(\.\d+)?(ns|us|ms|s|m|h))*$|^wait-?(0|[1-9]\d*)$/;
const WAIT_FOR_NOTHING = /-|^wait[^1-9]+$/;
const KEY = new RegExp(`^(${[
  'bs', 'del', 'enter', 'esc', 'f([1-9]|1[0-2])', 'return', 'tab', 'up', 'down', 'spacebar', 'insert', 'home', 'end', 'left', 'right', 'menu',
  '(left|right)(alt|ctrl|shift|super)',
].join('|')})(on|off)?$`, 'i');
const KEY_OF_NO_USE = /^(pageup|pagedown|(left|right)(command|option))(on|off)?$/i;
const HELD = /^(.)(on|off)$/i;
const TYPABLE = /^[\x20-\x7e]*$/;
const TEMPLATE = /\{\{-?\s*(.*?)\s*-?\}\}/gs;
const TEMPLATE_OF_BOOT = /^\.(HTTPIP|HTTPPort)$/;

/**
 * Notes what cannot be typed.
 *
 * @param served whether Packer's HTTP server has something to offer
 */
export function checkBootCommand(problems: Problems, command: string[], served: boolean): void {
  const property = 'bootCommand';
  const text = literalParts(command.join(''), '');
  let usesHttp = false;
  const typed = text.replace(TEMPLATE, (whole, inner: string) => {
    problems.check(TEMPLATE_OF_BOOT.test(inner), rules['packer-boot-command-template'], { property, received: whole });
    usesHttp ||= TEMPLATE_OF_BOOT.test(inner);
    return '';
  });
  problems.check(!typed.includes('{{'), rules['packer-boot-command-template'], { property, received: '{{' });
  problems.check(!usesHttp || served, rules['packer-boot-command-http'], { property });
  for (const [whole, word] of typed.matchAll(TOKEN)) {
    const [, held] = HELD.exec(word) ?? [];
    if (KEY_OF_NO_USE.test(word)) {
      problems.report(rules['packer-boot-command-key'], { property, received: whole });
    } else if (held !== undefined) {
      problems.check(/[a-z0-9]/.test(held), rules['packer-boot-command-held'], { property, received: whole });
    } else if (WAIT.test(word)) {
      problems.check(!WAIT_FOR_NOTHING.test(word), rules['packer-boot-command-wait'], { property, received: whole });
    } else {
      problems.check(KEY.test(word), rules['packer-boot-command-token'], { property, received: whole });
    }
  }
  const odd = [...typed].find((character) => !TYPABLE.test(character));
  problems.check(odd === undefined, rules['packer-boot-command-character'], { property, received: odd });
}

function toggle(key: string, action: string): string {
  const [, name] = /^<(.+)>$/.exec(key) ?? [];
  const problems = new Problems(`packer.BootKey.${action === 'On' ? 'hold' : 'release'}`);
  problems.check(name !== undefined || /^[a-z0-9]$/.test(key), rules['packer-boot-command-held'], { property: 'key', received: key }).throwIfAny();
  return `<${name ?? key}${action}>`;
}
