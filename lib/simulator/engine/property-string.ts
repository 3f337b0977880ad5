/**
 * The values of a PVE property string, `local:100/disk.qcow2,size=8G`: what has no key stands under `defaultKey`.
 *
 * @internal
 */
export function propertiesOf(text: string | undefined, defaultKey: string): { readonly [key: string]: string } {
  const properties: { [key: string]: string } = {};
  for (const part of (text ?? '').split(',').filter(Boolean)) {
    const equals = part.indexOf('=');
    if (equals < 0) properties[defaultKey] = part;
    else properties[part.slice(0, equals)] = part.slice(equals + 1);
  }
  return properties;
}

/** Whether a value of PVE's kind boolean says yes. @internal */
export function isOn(value: string | undefined): boolean {
  return value !== undefined && /^(1|on|yes|true)$/i.test(value);
}
