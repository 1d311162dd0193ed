import type { BenignRule, Guard } from '../rule.ts';

const ONE: Guard = { kind: 'at-most', count: 1 };
/** Providers, readers or sinks of one process: few, more when a library brings its own. */
const FEW: Guard = { kind: 'pool', count: 20 };

const SEEN = 'test/fixtures/causes/benign/dumps';
const IGNORED = 'goleak ignore lists';

/** What tracing, metrics and logging keep. */
export const BENIGN_TELEMETRY: readonly BenignRule[] = [
  {
    id: 'B34',
    kind: 'benign',
    title: 'OpenCensus worker',
    states: ['select'],
    stacks: [{ top: ['go.opencensus.io/stats/view.(*worker).start'], createdBy: ['go.opencensus.io/stats/view.*'] }],
    guard: FEW,
    otherwise: null,
    meaning: 'collects measurements, one per process',
    sources: ['go.opencensus.io stats/view/worker.go', IGNORED, SEEN],
  },
  {
    id: 'B35',
    kind: 'benign',
    title: 'OpenTelemetry span processor',
    states: ['select'],
    stacks: [
      {
        top: ['go.opentelemetry.io/otel/sdk/trace.(*batchSpanProcessor).processQueue'],
        createdBy: ['go.opentelemetry.io/otel/sdk/trace.NewBatchSpanProcessor'],
      },
    ],
    guard: FEW,
    otherwise: 'L23',
    meaning: 'waits for spans to send, one per provider',
    sources: ['go.opentelemetry.io/otel/sdk trace/batch_span_processor.go', IGNORED, SEEN],
  },
  {
    id: 'B36',
    kind: 'benign',
    title: 'OpenTelemetry metric reader',
    states: ['select'],
    stacks: [
      {
        top: ['go.opentelemetry.io/otel/sdk/metric.(*PeriodicReader).run'],
        createdBy: ['go.opentelemetry.io/otel/sdk/metric.NewPeriodicReader'],
      },
    ],
    guard: FEW,
    otherwise: 'L23',
    meaning: 'waits for the next time to send metrics, one per reader',
    sources: ['go.opentelemetry.io/otel/sdk/metric periodic_reader.go', IGNORED, SEEN],
  },
  {
    id: 'B37',
    kind: 'benign',
    title: 'flusher of glog',
    states: ['select', 'chan receive'],
    stacks: [
      {
        top: ['github.com/golang/glog.(*loggingT).flushDaemon', 'github.com/golang/glog.(*fileSink).flushDaemon'],
        createdBy: ['github.com/golang/glog.*'],
      },
    ],
    guard: ONE,
    otherwise: null,
    meaning: 'writes the log out every few seconds, one per process',
    sources: ['github.com/golang/glog glog_file.go', IGNORED, SEEN],
  },
  {
    id: 'B38',
    kind: 'benign',
    title: 'flusher of klog',
    states: ['select', 'chan receive'],
    stacks: [
      {
        top: ['k8s.io/klog.(*loggingT).flushDaemon', 'k8s.io/klog.(*flushDaemon).run.func'],
        createdBy: ['k8s.io/klog.*'],
      },
    ],
    // Two major versions may be linked in.
    guard: { kind: 'at-most', count: 2 },
    otherwise: null,
    meaning: 'writes the log out every few seconds, one per process',
    sources: ['k8s.io/klog/v2 klog.go', IGNORED, SEEN],
  },
  {
    id: 'B39',
    kind: 'benign',
    title: 'buffered sink of zap',
    states: ['select'],
    stacks: [
      {
        top: ['go.uber.org/zap/zapcore.(*BufferedWriteSyncer).flushLoop'],
        createdBy: ['go.uber.org/zap/zapcore.(*BufferedWriteSyncer).initialize'],
      },
    ],
    guard: FEW,
    otherwise: null,
    meaning: 'writes the log out every few seconds, one per sink',
    sources: ['go.uber.org/zap zapcore/buffered_write_syncer.go', SEEN],
  },
  {
    id: 'B40',
    kind: 'benign',
    title: 'rotation of a log file',
    states: ['chan receive'],
    stacks: [
      {
        top: ['gopkg.in/natefinch/lumberjack.(*Logger).millRun', 'github.com/natefinch/lumberjack.(*Logger).millRun'],
        createdBy: ['*lumberjack.(*Logger).mill.func'],
      },
    ],
    guard: FEW,
    otherwise: 'L31',
    meaning: 'waits for the next rotation, one per log file',
    sources: ['gopkg.in/natefinch/lumberjack.v2 lumberjack.go', SEEN],
  },
  {
    id: 'B41',
    kind: 'benign',
    title: 'writer of seelog',
    states: ['cond'],
    stacks: [
      {
        frames: [['github.com/cihub/seelog.(*asyncLoopLogger).processQueue']],
        createdBy: ['github.com/cihub/seelog.NewAsyncLoopLogger'],
      },
    ],
    guard: FEW,
    otherwise: null,
    meaning: 'waits for messages to log, one per logger',
    sources: ['github.com/cihub/seelog behavior_asynclooplogger.go', SEEN],
  },
  {
    id: 'B55',
    kind: 'benign',
    title: 'clock of go-metrics',
    states: ['chan receive', 'select'],
    stacks: [
      {
        top: ['github.com/rcrowley/go-metrics.(*meterArbiter).tick'],
        createdBy: ['github.com/rcrowley/go-metrics.*'],
      },
    ],
    guard: ONE,
    otherwise: 'L34',
    meaning: 'moves all meters on every five seconds, one per process',
    sources: ['github.com/rcrowley/go-metrics meter.go', 'test/fixtures/corpus/syncthing-1.19.2', SEEN],
  },
  {
    id: 'B67',
    kind: 'benign',
    title: 'clock of VictoriaMetrics/metrics',
    states: ['sleep'],
    stacks: [
      {
        frames: [['time.Sleep'], ['github.com/VictoriaMetrics/metrics.summariesSwapCron']],
        createdBy: ['github.com/VictoriaMetrics/metrics.*'],
      },
    ],
    // One for each window length that summaries ask for.
    guard: FEW,
    otherwise: null,
    meaning: 'moves the windows of summaries on, one per window length',
    sources: ['github.com/VictoriaMetrics/metrics summary.go', 'test/fixtures/corpus/victoriametrics-1.145'],
  },
];
