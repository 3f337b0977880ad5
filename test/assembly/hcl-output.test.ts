import { TerraformStack, Testing } from 'cdktf';
import { ProxmoxVe } from '../../lib';

test('the configuration as HCL is refused, with the reason', () => {
  const refused = () => Testing.synthScope((stack) => {
    new ProxmoxVe(stack, 'Pve', { endpoint: 'https://pve.lan:8006', node: 'pve', storage: 'tank' });
    Testing.synthHcl(stack as TerraformStack);
  });
  expect(refused).toThrow(/^\S+\/Pve\/Provider: \[hcl-output-unsupported\] synth --hcl\n {2}The Terraform configuration is written as JSON: .*\n {2}Remedy: Leave --hcl out\./);
});
