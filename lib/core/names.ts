import { Problems } from './problems';
import { coreRules } from './rules';

/** A DNS name as Proxmox VE demands of a machine's name: letters, digits and hyphens between dots. */
const DNS_NAME = /^(?=.{1,253}$)([a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)*[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/;

/** Whether a text is a DNS name, the form in which Proxmox VE takes names of machines and templates. */
export function isDnsName(text: string): boolean {
  return DNS_NAME.test(text);
}

/** Whether a text is a DNS name for whoever reads an address: some take `a.1`, `0x7f` or `192.168.1.300` for numbers. */
export function isHostName(text: string): boolean {
  const url = `https://${text}`;
  return isDnsName(text) && URL.canParse(url) && new URL(url).hostname === text.toLowerCase();
}

/**
 * A name made of lower-case words joined by hyphens: `UbuntuBase` and `Ubuntu_base` become `ubuntu-base`.
 *
 * It is a Proxmox VE tag and a folder name, and a DNS label where it has at most 63 characters.
 */
export function toSlug(text: string): string {
  const slug = text
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  new Problems('name').check(slug !== '', coreRules['not-a-name'], { property: 'name', received: text }).throwIfAny();
  return slug;
}
