import { describe, expect, test } from 'vitest';
import {
  displayFunction,
  foldTypeArguments,
  normaliseFunctionName,
  packageOf,
  parseFunctionName,
  shortPackage,
} from '../../../src/core/group/function-name.ts';

// Symbols as real dumps of Go 1.17 to 1.27 print them.
describe('parseFunctionName', () => {
  test.each([
    ['main.main', 'main', '', 'main'],
    ['main.(*Server).run.func1', 'main', '(*Server)', 'run.func1'],
    ['net/http.(*connReader).startBackgroundRead.gowrap2', 'net/http', '(*connReader)', 'startBackgroundRead.gowrap2'],
    ['net/http.HandlerFunc.ServeHTTP', 'net/http', '', 'HandlerFunc.ServeHTTP'],
    ['gopkg.in/odd%2ev2.(*Watcher).loop', 'gopkg.in/odd.v2', '(*Watcher)', 'loop'],
    ['example.com/a%22b%zz.f', 'example.com/a"b%zz', '', 'f'],
    ['example.com/%ff%fe.f', 'example.com/%ff%fe', '', 'f'],
    ['main.a+b%20c', 'main', '', 'a+b%20c'],
    ['main.(*Set[...]).Wait.1', 'main', '(*Set[...])', 'Wait.1'],
    ['main.(*List[go.shape.chan<- func(int) error]).Each', 'main', '(*List[...])', 'Each'],
    ['iter.Pull2[go.shape.string,go.shape.int].func1', 'iter', '', 'Pull2[...].func1'],
    ['pkg.Box[...].Conv[...]', 'pkg', '', 'Box[...].Conv[...]'],
    ['panic', '', '', 'panic'],
    ['pthread_cond_wait', '', '', 'pthread_cond_wait'],
    ['std::run(x.y)', '', '', 'std::run(x.y)'],
    ['', '', '', ''],
  ])('splits %s', (symbol, packagePath, receiver, name) => {
    expect(parseFunctionName(symbol)).toEqual({ packagePath, receiver, name });
  });
});

describe('foldTypeArguments', () => {
  test.each([
    ['Map[go.shape.int,go.shape.[]string]', 'Map[...]'],
    ['(*Set[go.shape.struct { main.a int },go.shape.map[string]main.Set[int,int]]).Wait', '(*Set[...]).Wait'],
    ['Box[int].Conv[string]', 'Box[...].Conv[...]'],
    ['open[int', 'open[int'],
    ['plain', 'plain'],
  ])('folds %s', (name, folded) => {
    expect(foldTypeArguments(name)).toBe(folded);
  });
});

describe('normaliseFunctionName', () => {
  test.each([
    ['main.main.func10', 'main.main.func'],
    ['main.labelled.func1.1', 'main.labelled.func'],
    ['main.nested.func1.1.1.1', 'main.nested.func'],
    ['go.lsp.dev/jsonrpc2.(*conn).Go.gowrap1', 'go.lsp.dev/jsonrpc2.(*conn).Go.func'],
    ['main.run.deferwrap2', 'main.run.func'],
    ['main.run·dwrap·3', 'main.run.func'],
    ['main.rangeFunc-range1-range1', 'main.rangeFunc.func'],
    ['main.rangeFunc.func2-range3', 'main.rangeFunc.func'],
    ['main.T.Method-fm', 'main.T.Method'],
    ['main.glob..func1', 'main.init.func'],
    ['main.init.func1', 'main.init.func'],
    ['main.init.0', 'main.init'],
    ['example.com/Under_Score-Pkg.init.0.func1', 'example.com/Under_Score-Pkg.init.func'],
    [
      'github.com/caddyserver/caddy/v2/cmd.init.1.func2.WrapCommandFuncForCobra.1',
      'github.com/caddyserver/caddy/cmd.init.func.WrapCommandFuncForCobra.func',
    ],
    [
      'github.com/caddyserver/caddy/v2.(*AdminConfig).newAdminHandler.func1.instrumentHandlerCounter.1',
      'github.com/caddyserver/caddy.(*AdminConfig).newAdminHandler.func.instrumentHandlerCounter.func',
    ],
    ['main.main.gowrap6.(*Set[...]).Wait.1', 'main.main.func.(*Set[...]).Wait.func'],
    ['iter.Pull[go.shape.int].func2', 'iter.Pull[...].func'],
    ['gopkg.in/yaml%2ev3.Unmarshal', 'gopkg.in/yaml.Unmarshal'],
    ['gopkg.in/yaml.v3/internal.parse', 'gopkg.in/yaml/internal.parse'],
    ['github.com/acme/kit@v1.4.2/run.Run', 'github.com/acme/kit/run.Run'],
    ['k8s.io/api/core/v1.(*Pod).Marshal', 'k8s.io/api/core/v1.(*Pod).Marshal'],
    ['runtime.gopanic', 'panic'],
    ['panic', 'panic'],
    // Not closures: a function and a method that happen to be called so, digits inside words.
    ['main.func1', 'main.func1'],
    ['main.(*T).func1', 'main.(*T).func1'],
    ['main.worker2', 'main.worker2'],
    ['crypto/sha256.block', 'crypto/sha256.block'],
    ['main.Step1.run', 'main.Step1.run'],
  ])('makes %s into %s', (symbol, normalised) => {
    expect(normaliseFunctionName(symbol)).toBe(normalised);
  });

  test('a release later, the same code keeps its name', () => {
    expect(normaliseFunctionName('example.com/shop/v2/orders.(*Queue[...]).take.func2.1')).toBe(
      normaliseFunctionName('example.com/shop/v3/orders.(*Queue[go.shape.int]).take.gowrap1'),
    );
  });
});

describe('names for people', () => {
  test.each([
    ['github.com/caddyserver/caddy/v2.trapSignalsPosix.func1', 'caddy.trapSignalsPosix.func1'],
    ['net/http.(*persistConn).readLoop', 'http.(*persistConn).readLoop'],
    ['gopkg.in/odd%2ev2.Watcher.Value', 'odd.Watcher.Value'],
    ['k8s.io/api/core/v1.(*Pod).Marshal', 'core/v1.(*Pod).Marshal'],
    ['main.MapReduce[go.shape.float64,go.shape.string]', 'main.MapReduce[...]'],
    ['runtime.gopanic', 'panic'],
    ['non-Go function', 'non-Go function'],
  ])('shows %s as %s', (symbol, shown) => {
    expect(displayFunction(symbol)).toBe(shown);
  });

  test('packages lose version suffixes', () => {
    expect(packageOf('github.com/thejerf/suture/v4.(*Supervisor).Serve')).toBe('github.com/thejerf/suture');
    expect(packageOf('panic')).toBe('');
    expect(shortPackage('example.com/orders/v2')).toBe('orders');
  });
});
