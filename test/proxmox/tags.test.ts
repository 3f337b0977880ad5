import { Problems } from '../../lib';
import { normalizeTags } from '../../lib/proxmox';
import { REFERENCES } from '../support/fixtures';

function tagsOf(...tags: string[]) {
  const problems = new Problems('machine');
  return { tags: normalizeTags(tags, 'homelab', 'homelab_web', problems), problems: problems.all };
}

test('lower-case, each once, sorted, and the owner among them', () => {
  expect(tagsOf('Web', 'prod', 'web', 'a-1', '_x', 'zone')).toEqual({ tags: ['_x', 'a-1', 'homelab_web', 'prod', 'web', 'zone'], problems: [] });
  expect(tagsOf()).toEqual({ tags: ['homelab_web'], problems: [] });
});

test.each(['', 'a b', 'a;b', '-a', 'debian-12.1', 'a+b', 'größe', 'a${b}', 'x'.repeat(125), 'a\n'])('%j is no tag', (tag) => {
  expect(tagsOf('fine', tag).problems).toEqual([{
    code: 'tag-form',
    property: 'tags[1]',
    received: tag.length > 120 ? `"${'x'.repeat(116)}...` : JSON.stringify(tag),
    rule: 'A tag has letters, digits, `-` and `_`, not beginning with `-`, at most 124 characters: what Proxmox VE and Packer both take.',
    remedy: 'Write the tag without other characters, such as debian-12.',
    see: 'https://pve.proxmox.com/pve-docs/chapter-pvesh.html',
  }]);
});

test('a tag that says whose a machine is cannot be given by hand', () => {
  expect(tagsOf('Homelab_other').problems).toMatchObject([{ code: 'tag-of-owner', property: 'tags[0]', received: '"Homelab_other"', remedy: 'Choose another tag.' }]);
  expect(tagsOf('homelab', 'homelab-x').problems).toEqual([]);
});

test('a reference could not be sorted', () => {
  expect(tagsOf(REFERENCES.text).problems).toMatchObject([{
    code: 'tag-form', rule: 'Tags are sorted when the program synthesizes, so a tag cannot be a reference to Terraform.',
  }]);
});
