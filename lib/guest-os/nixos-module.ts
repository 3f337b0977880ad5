import { isUtf8 } from 'node:buffer';
import * as fs from 'node:fs';
import { Problems } from '../core';
import { nixOsRules as rules } from './nixos-rules';

/**
 * A module of NixOS that a user wrote. It is copied as it is to `/etc/nixos/custom.nix` and imported from `configuration.nix`, so it may use
 * `config`, `lib`, `pkgs` and `modulesPath`, and set whatever the library sets with `lib.mkDefault`. Only Nix reads it: a mistake in it is
 * found during the build. It ends in the store of Nix, which everybody on the machine reads, so no secret belongs into it.
 *
 * @see https://nixos.org/manual/nixos/stable/#sec-writing-modules
 */
export class NixModule {
  /**
   * A module whose text stands in the program.
   * @param text expression of Nix, such as `{ pkgs, ... }: { … }`
   */
  public static inline(text: string): NixModule {
    return new NixModule('guestos.NixModule.inline', text);
  }

  /**
   * A module in a file of its own. It is read at once, and stands alone: files that it imports are not copied.
   * @param path path of the file, relative to the folder that the program runs in
   */
  public static fromFile(path: string): NixModule {
    const content = read(path);
    new Problems('guestos.NixModule.fromFile')
      .check(content !== undefined && isUtf8(content), rules['nixos-module-file'], { property: 'path', received: path })
      .throwIfAny();
    return new NixModule('guestos.NixModule.fromFile', content!.toString('utf8'));
  }

  private constructor(
    path: string,
    /** The text of the module. */
    public readonly text: string,
  ) {
    new Problems(path)
      .check(typeof text === 'string' && text.trim() !== '', rules['nixos-module-empty'], { property: 'text', received: text })
      .check(!`${text}`.includes('\0'), rules['nixos-text-nul'], { property: 'text' })
      .throwIfAny();
  }
}

function read(path: string): Buffer | undefined {
  try {
    return fs.readFileSync(path);
  } catch {
    return undefined;
  }
}
