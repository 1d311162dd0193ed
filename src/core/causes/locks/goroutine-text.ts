import { type Arguments, parseArguments } from './arguments.ts';

/** A frame with what the model does not keep. */
export interface TextFrame {
  /** As printed, without arguments. */
  readonly function: string;
  readonly args: Arguments;
  /** As printed; empty when the frame names none. */
  readonly file: string;
  /** 0 when the frame names none. */
  readonly line: number;
}

/** A stack after `[originating from goroutine 7]:` (GODEBUG=tracebackancestors, Go 1.11). */
export interface AncestorText {
  readonly id: number;
  readonly frames: readonly TextFrame[];
}

/** What the text of one goroutine says beyond the columns of the model. */
export interface GoroutineText {
  /** Innermost first, without the creator. */
  readonly frames: readonly TextFrame[];
  /** Nearest first: the creator, its creator, and so on. */
  readonly ancestors: readonly AncestorText[];
}

/** `	/app/main.go:36 +0x51 fp=0xc0… sp=0xc0… pc=0x…`; the file may hold spaces and colons. */
const FILE_LINE = /^\s+(.*):(\d+)(?: \+0x[0-9a-f]+)?(?: [fs]p=0x[0-9a-f]+| pc=0x[0-9a-f]+)*\s*$/;
/** `main.(*Server).run(0xc000010000, {0x1?, 0x2})`: a name without blanks, arguments without parentheses. */
const CALL = /^([^\s].*?)\(([^()]*)\)\s*$/;
const ANCESTOR = /^\[originating from goroutine (\d+)\]:/;
const CREATED_BY = 'created by ';

/**
 * Reads the text of one goroutine as the runtime prints it (runtime/traceback.go): header, calls with a file line below
 * each, `created by`, ancestors. Lines of other shapes are passed over, so a cut text gives what it has.
 */
export function parseGoroutineText(text: string): GoroutineText {
  const frames: TextFrame[] = [];
  const ancestors: { id: number; frames: TextFrame[] }[] = [];
  let into: TextFrame[] | null = frames;
  for (const raw of text.split('\n')) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    const ancestor = ANCESTOR.exec(line);
    if (ancestor !== null) {
      into = [];
      ancestors.push({ id: Number(ancestor[1]), frames: into });
      continue;
    }
    if (line.startsWith(CREATED_BY)) {
      // Ancestors of one print their creator as a call of its own stack.
      into = null;
      continue;
    }
    if (into === null) continue;
    const file = FILE_LINE.exec(line);
    const last = into.at(-1);
    if (file !== null) {
      if (last !== undefined && last.line === 0) {
        into[into.length - 1] = { ...last, file: file[1] ?? '', line: Number(file[2]) };
      }
      continue;
    }
    const call = CALL.exec(line);
    const name = call?.[1] ?? '';
    if (call !== null && !/\s/.test(name)) {
      into.push({ function: name, args: parseArguments(call[2] ?? ''), file: '', line: 0 });
    }
  }
  return { frames, ancestors };
}

/** Whether the function is a method with a pointer receiver, whose first argument is the receiver. */
export function pointerReceiver(functionName: string): string | null {
  const method = /^(.*?\.\(\*[^()]*\))\.[^/]*$/.exec(functionName);
  // Closures inside a method take no receiver of their own: `main.(*T).run.func1`.
  if (method === null || /\.(?:func|gowrap|deferwrap)\d+/.test(functionName.slice(method[1]?.length ?? 0))) return null;
  return method[1] ?? null;
}
