/** A field of the language, for completion and help. */
export interface Field {
  readonly name: string;
  readonly says: string;
  readonly example: string;
}

/** All fields, in the order in which they are offered. */
export const FIELDS: readonly Field[] = [
  { name: 'state', says: 'how it waits, as the dump prints it', example: 'state:"chan send"' },
  { name: 'func', says: 'a function of its stack', example: 'func:publish' },
  { name: 'file', says: 'a file of its stack, with or without a line', example: 'file:publish.go:88' },
  { name: 'pkg', says: 'the package of a function of its stack', example: 'pkg:net/http' },
  { name: 'created', says: 'the function that created it', example: 'created:main.start' },
  { name: 'label', says: 'a label; with its key as label.KEY', example: 'label.tenant:acme' },
  { name: 'wait', says: 'printed wait', example: 'wait:>10m' },
  { name: 'name', says: 'the name of its group, as it is listed', example: 'name:publish' },
  { name: 'count', says: 'goroutines of its group', example: 'count:>100' },
  { name: 'id', says: 'goroutine ids', example: 'id:7,12..40' },
  { name: 'cause', says: 'id or family of the likely cause, or none', example: 'cause:send' },
  { name: 'mark', says: 'expected, suspect, done, or none', example: 'mark:suspect' },
];

/** Names that mean the same as a field. */
export const ALIASES: Readonly<Record<string, string>> = {
  function: 'func',
  fn: 'func',
  package: 'pkg',
  by: 'created',
  createdby: 'created',
  labels: 'label',
  goroutine: 'id',
};
