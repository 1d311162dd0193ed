/** Numbers objects in the order in which they are first seen, so that a wish can say which one it is about; 0 is for null. */
export function numberObjects(): (one: object | null) => number {
  let made = 0;
  const numbers = new WeakMap<object, number>();
  return (one) => {
    if (one === null) return 0;
    const known = numbers.get(one) ?? ++made;
    numbers.set(one, known);
    return known;
  };
}
