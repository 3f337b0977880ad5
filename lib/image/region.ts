import { Problems, Rule, containsTerraformToken } from '../core';
import { meantKeyboardLayouts } from '../guest-os/keyboard-layouts';
import { meantLocales } from '../guest-os/locales';
import { meantTimeZones } from '../guest-os/time-zones';
import { checkForm } from '../proxmox/text-forms';
import { imageRules } from './rules';

/** The settings of a place, which every installer is told alike. */
interface Region {
  readonly locale?: string;
  readonly keyboardLayout?: string;
  readonly timeZone?: string;
}

/** Notes a name that not every system has. */
export function checkRegion({ locale, keyboardLayout, timeZone }: Region, problems: Problems): void {
  checkKnown(problems, 'locale', locale, meantLocales, imageRules['locale-form']);
  checkKnown(problems, 'keyboardLayout', keyboardLayout, meantKeyboardLayouts, imageRules['keyboard-layout-form']);
  checkKnown(problems, 'timeZone', timeZone, meantTimeZones, imageRules['time-zone-form']);
}

function checkKnown(problems: Problems, property: string, name: string | undefined, meant: (name: string) => string[], rule: Rule): void {
  if (name === undefined || containsTerraformToken(name)) {
    checkForm(problems, property, name, /./, rule);
    return;
  }
  const names = meant(name);
  problems.check(names.includes(name), rule, {
    property, received: name, ...(names.length > 0 && { remedy: `Write it as ${names.join(', ').replace(/, ([^,]+)$/, ' or $1')}.` }),
  });
}
