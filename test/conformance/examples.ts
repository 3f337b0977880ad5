import * as fs from 'node:fs';
import * as path from 'node:path';
import { Check, failed } from './check';

/** The two forms in which every Packer template is written. */
export const forms = ['json', 'hcl'] as const;
export type Form = (typeof forms)[number];

/** One image of one stack: a folder with `json/`, `hcl/` and the files they share. */
export interface ImageOutput {
  /** For reports: example, stack and image. */
  readonly subject: string;
  readonly folder: string;
}

export interface StackOutput {
  /** For reports: example and stack. */
  readonly subject: string;
  readonly folder: string;
  readonly images: readonly ImageOutput[];
}

export interface Discovery {
  readonly stacks: readonly StackOutput[];
  /** What is missing, as checks that fail. */
  readonly missing: readonly Check[];
}

const judge = 'synthesized output';
const remedy = 'Run `npm run synth`, which synthesizes all examples.';

/** Finds the output of every example; whatever should be there and is not, is a failure. */
export function discover(examples: string): Discovery {
  const stacks: StackOutput[] = [];
  const missing: Check[] = [];
  const names = subfolders(examples);
  if (names.length === 0) missing.push(failed(judge, examples, 'There is no example. Each is a folder with main.ts and cdktf.json.'));
  for (const name of names) {
    const example = path.join(examples, name);
    for (const file of ['main.ts', 'cdktf.json']) {
      if (fs.existsSync(path.join(example, file))) continue;
      missing.push(failed(judge, name, `${file} is missing: every example is a CDK app of its own.`));
    }
    const output = path.join(example, 'cdktf.out', 'stacks');
    const found = subfolders(output).map((stack) => stackOutput(`${name}/${stack}`, path.join(output, stack)));
    if (found.length === 0) missing.push(failed(judge, name, `There is no stack in ${output}. ${remedy}`));
    for (const stack of found) {
      if (!fs.existsSync(path.join(stack.folder, 'cdk.tf.json'))) {
        missing.push(failed(judge, stack.subject, `cdk.tf.json is missing in ${stack.folder}. ${remedy}`));
      }
      for (const image of stack.images) {
        for (const form of forms) {
          if (templates(image, form).length === 0) {
            missing.push(failed(judge, image.subject, `There is no .pkr.${form} in ${path.join(image.folder, form)}. ${remedy}`));
          }
        }
      }
    }
    stacks.push(...found);
  }
  if (stacks.length > 0 && stacks.every((stack) => stack.images.length === 0)) {
    missing.push(failed(judge, examples, `No stack has a Packer template. ${remedy}`));
  }
  return { stacks, missing };
}

/** The template files of one form of an image; Packer reads no others. */
export function templates(image: ImageOutput, form: Form): string[] {
  const folder = path.join(image.folder, form);
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder).filter((file) => file.endsWith(`.pkr.${form}`)).sort().map((file) => path.join(folder, file));
}

/** All files below a folder, without what other programs put there. */
export function filesBelow(folder: string): string[] {
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1)).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return ['node_modules', '.terraform', '.ansible', '.git'].includes(entry.name) ? [] : filesBelow(file);
    return entry.isFile() ? [file] : [];
  });
}

function stackOutput(subject: string, folder: string): StackOutput {
  const images = path.join(folder, 'packer');
  return {
    subject,
    folder,
    images: subfolders(images).map((image) => ({ subject: `${subject}/${image}`, folder: path.join(images, image) })),
  };
}

function subfolders(folder: string): string[] {
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort();
}
