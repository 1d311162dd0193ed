/** A sentence for people; parts with `show` are numbers or names that lead to what they count. */
export type SentenceOf<Show> = readonly (string | { readonly text: string; readonly show: Show })[];

/** The text of a sentence, without what its parts lead to. */
export function textOf(sentence: SentenceOf<unknown>): string {
  return sentence.map((part) => (typeof part === 'string' ? part : part.text)).join('');
}
