import { ruleTable } from '../core';

/**
 * Rules of what a HCL document can hold.
 * @internal
 */
export const hclRules = ruleTable({
  'hcl-identifier': {
    rule: 'The name of an attribute or of a block type is an identifier: a letter or _, then letters, digits, _ and -.',
    remedy: 'Use the name as the documentation of the tool spells it; free keys belong into a map, which is the value of an attribute.',
    see: 'https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#identifiers',
  },
  'hcl-label': {
    rule: 'The label of a block is made of letters, digits and the characters . _ - and has at least one of them.',
    remedy: 'Choose a label such as ubuntu-24; no reference or template is possible in a label.',
  },
  'hcl-name-twice': {
    rule: 'One name in a body is either an attribute or a type of block, never both.',
    remedy: 'Remove the attribute, or the blocks, of this name.',
  },
  'hcl-value': {
    rule: 'A value is text, a number, true or false, an Expression, a list, or a map (a plain object) of such values.',
    remedy: 'Convert the value: a size or a duration to a number or to the text the tool reads, a Map to a plain object.',
  },
  'hcl-number': {
    rule: 'A number is finite.',
    remedy: 'Check the calculation behind it; a division by zero or an undefined operand gives such a value.',
  },
  'hcl-cycle': {
    rule: 'A list or a map does not contain itself.',
    remedy: 'Pass a copy without the loop.',
  },
  'hcl-terraform-reference': {
    rule: 'A HCL body is complete when it is written: a value that is known only when Terraform runs cannot stand in it.',
    remedy: 'Use a value known in the program, or declare a variable in the document and pass the value when its tool is run.',
  },
  'hcl-surrogate': {
    rule: 'Text is valid Unicode: half of a surrogate pair stands for no character and cannot be written to a file.',
    remedy: 'Cut text between characters ([...text].slice(0, 10).join("")), not inside of them; text.toWellFormed() replaces such halves.',
  },
  'hcl-normalization': {
    rule: 'Text is in the Unicode normal form C: every program that reads HCL rewrites other text to it without a word.',
    remedy: 'Pass text.normalize("NFC"), if that is the same for its reader; else carry it base64-encoded and decode it in the guest.',
    see: 'https://github.com/zclconf/go-cty/blob/main/docs/types.md#ctystring',
  },
  'hcl-combining-characters': {
    rule: 'No more than 30 combining characters follow each other: programs that read HCL put a character of their own between them.',
    remedy: 'Shorten the text there, or carry it base64-encoded and decode it in the guest.',
    see: 'https://unicode.org/reports/tr15/#Stream_Safe_Text_Format',
  },
  'hcl-damaged-expression': {
    rule: 'The text of an Expression (its toString()) stays whole; the characters U+E000 and U+E001, which hold it together, stand nowhere else.',
    remedy: 'Change the text around the Expression only; to change the value itself use a function, such as Expression.call("upper", expression).',
  },
  'hcl-no-expression': {
    rule: 'Where the tool evaluates nothing, and inside of text, only literal text and expressions that it evaluates there can stand.',
    remedy: 'Leave the Expression out of a text that is taken verbatim; pass a keyword or a verbatim text as a value of its own.',
  },
  'hcl-interleaved': {
    rule: 'Ordered blocks of one type stand together: JSON groups blocks by type and could not keep the order across types.',
    remedy: 'Add all blocks of one type one after the other, or nest them in blocks of one type.',
    see: 'https://github.com/hashicorp/hcl/blob/main/json/spec.md',
  },
  'hcl-label-count': {
    rule: 'All blocks of one type in a body have the same number of labels.',
    remedy: 'Correct the labels of the block.',
    see: 'https://github.com/hashicorp/hcl/blob/main/json/spec.md',
  },
  'hcl-expression': {
    rule: 'The text of an expression is not empty and stands on one line.',
    remedy: 'Write the expression on one line; put text of several lines into a string and add the expression to it.',
  },
  'hcl-reference': {
    rule: 'A reference is a chain of names, joined by dots, with indices in brackets, such as var.disks[0].storage or var.tags["env"].',
    remedy: 'Correct the path, or use Expression.raw for another kind of expression.',
  },
  'hcl-function': {
    rule: 'The name of a function is an identifier, such as jsonencode.',
    remedy: 'Pass the name without brackets and arguments; the arguments follow as values.',
  },
  'hcl-comment': {
    rule: 'A comment holds no control characters other than line breaks and tabs.',
    remedy: 'Leave these characters out of the comment.',
  },
});
