#!/usr/bin/env bash
# Runs the sample incident and writes four dumps to the folder named by the first argument. Takes about 12 minutes.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
out="$(mkdir -p "${1:?folder for the dumps}" && cd "$1" && pwd)"
bin="$(mktemp -d)"
trap 'kill "${busd:-}" "${ordersd:-}" "${load:-}" 2>/dev/null || true; rm -rf "$bin"' EXIT

(cd "$here" && go build -trimpath -o "$bin/" ./cmd/...)
unset GODEBUG

dump() {
  curl --fail --silent --show-error 'http://127.0.0.1:6060/debug/pprof/goroutine?debug=2' \
    -o "$out/ordersd-$(date -u +%Y-%m-%dT%H-%M-%SZ)-$1.txt"
}

"$bin/busd" & busd=$!
"$bin/ordersd" & ordersd=$!
sleep 95
dump before
"$bin/ordersload" -rate 40 -for 6m & load=$!
sleep 120
dump load
sleep 210
dump load-later
wait "$load"
sleep 200
dump after
