import { packageOf } from './function-name.ts';

/**
 * How far a function is from code that somebody wrote for a purpose. `core`: the runtime, locks, the poller and system
 * calls; where a goroutine parks. `carrier`: standard-library reads and writes that only pass bytes on, so that waiting
 * in them says nothing about who waits (`net.(*conn).Read`, `bufio.(*Reader).fill`). `none`: a place worth naming.
 */
export type Plumbing = 'none' | 'carrier' | 'core';

const CORE_PACKAGES =
  /^(?:runtime|sync|sync\/atomic|syscall|internal\/(?:runtime|sync|poll|syscall)(?:\/.*)?|runtime\/internal\/.*|(?:vendor\/)?golang\.org\/x\/sys\/.*)$/;

/** Single functions that park: linked into their packages from the runtime, or one step above it. */
const CORE_FUNCTIONS = new Set([
  'panic',
  'time.Sleep',
  'os/signal.signal_recv',
  'reflect.rselect',
  'reflect.chanrecv',
  'reflect.chansend',
  'reflect.chansend0',
]);
/** `net.runtime_pollWait`, `net.(*pollDesc).wait`, `net.(*fdMutex).rwlock`: today's internal/poll, to Go 1.8. */
const CORE_SHAPES = /^net\.(?:runtime_poll|\(\*(?:pollDesc|fdMutex)\)\.)/;

/**
 * `net`'s and `os`'s shells around a descriptor; readers and writers that wrap another one. `io.(*pipe)` is left out: a
 * pipe waits for its own other end.
 */
const CARRIER_SHAPES = [
  /^net\.\(\*(?:netFD|conn|TCPConn|UDPConn|UnixConn|IPConn|TCPListener|UnixListener|Buffers|sysDialer)\)\.(?:Read|Write|read|write|Accept|accept|ok$|readFrom|writeTo|connect|dial)/,
  /^net\.(?:genericReadFrom|genericWriteTo|tcpConnWithoutReadFrom|tcpConnWithoutWriteTo)/,
  /^os\.\(\*File\)\.(?:Read|Write|read|write|pread|pwrite|Sync)/,
  /^os\.(?:genericReadFrom|genericWriteTo|fileWithoutReadFrom|fileWithoutWriteTo)/,
  /^bufio\.\(?\*?(?:Reader|Writer|ReadWriter|Scanner)\)?\./,
  /^io\.(?:Copy|copy|Read(?:Full|AtLeast|All)$|WriteString$|\(\*(?:LimitedReader|teeReader|SectionReader|multiReader|multiWriter)\)\.|(?:nopCloser|nopCloserWriterTo|discard)\.|MultiReader)/,
  /^bytes\.\(\*(?:Buffer|Reader)\)\.(?:ReadFrom|WriteTo)/,
  /^crypto\/tls\.\(\*(?:atLeastReader|Conn)\)\.(?:Read|Write|read|write|flush)/,
];

/** Takes a function as printed, or normalised: the answer is the same. */
export function plumbingOf(functionName: string): Plumbing {
  if (CORE_FUNCTIONS.has(functionName)) return 'core';
  if (CORE_PACKAGES.test(packageOf(functionName))) return 'core';
  if (CORE_SHAPES.test(functionName)) return 'core';
  return CARRIER_SHAPES.some((shape) => shape.test(functionName)) ? 'carrier' : 'none';
}

/** True for frames a reader looking for the waiting place skips. */
export function isPlumbing(functionName: string): boolean {
  return plumbingOf(functionName) !== 'none';
}

/** First elements of the standard library's import paths, Go 1.0 to 1.27. A module path may lack a dot, so no dot is no proof. */
const STANDARD = new Set(
  `archive arena bufio bytes cmp compress container context crypto database debug embed encoding errors expvar flag fmt
  go hash html image index internal io iter log maps math mime net os path plugin reflect regexp runtime simd slices
  sort strconv strings structs sync syscall testing text time unicode unique unsafe vendor weak`.split(/\s+/),
);

/** True for functions of Go's own library. False for `main`, other modules and C. */
export function isStandardLibrary(functionName: string): boolean {
  if (functionName === 'panic') return true;
  const path = packageOf(functionName);
  const slash = path.indexOf('/');
  return STANDARD.has(slash < 0 ? path : path.slice(0, slash));
}

/** Frames that every parked goroutine of a kind shares, above the function that asked to park. */
const PARKING =
  /^runtime\.(?:gopark|goparkunlock|goyield|mcall|park_m|systemstack|netpollblock|chan(?:send|recv)\d?|selectgo|selectnb\w+|block|semacquire\d?|notetsleepg?|notesleep|futexsleep|futex|coroswitch\w*|entersyscall\w*|\(\*scavengerState\)\.(?:park|sleep)|\(\*cleanupQueue\)\.dequeue)$|^(?:sync|internal\/sync|internal\/poll|net)\.runtime_\w+$/;

/** True for the frames above the one that gives a stack of nothing but plumbing its name. */
export function isParking(functionName: string): boolean {
  return PARKING.test(functionName);
}

/** `runtime.goexit` and `runtime.main` under a stack, runtime helpers within it: a plain traceback prints none of them. */
const HIDDEN = /^(?:runtime\.[a-z(_]|internal\/runtime\/|runtime\/internal\/)/;

/** True for runtime frames that debug=2 leaves out (runtime/traceback.go, showframe) and other forms print. */
export function isHiddenRuntime(functionName: string): boolean {
  return HIDDEN.test(functionName) && functionName !== 'runtime.gopanic';
}

/** True for frames trimmed from the inner end of a stack wherever forms of one moment must match. */
export function isLeadingRuntime(functionName: string): boolean {
  return (
    functionName === 'panic' ||
    functionName.startsWith('runtime.') ||
    functionName.startsWith('internal/runtime/') ||
    functionName.startsWith('runtime/internal/')
  );
}
