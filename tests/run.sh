#!/usr/bin/env bash
# Runs every test there is, those against foreign peers included, on a machine that has the .NET SDK.
# What else is needed (Node.js, npm, openssl; the peers' packages) is installed when missing.
# The last line is "N passed, N failed"; the exit code says the same.
set -uo pipefail
exec </dev/null

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
interop=$root/tests/Interop
results=$root/artifacts/test-results
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en DEBIAN_FRONTEND=noninteractive

# Says what went wrong before any test could be counted.
give_up() {
  echo "$1" >&2
  echo "0 passed, 1 failed"
  exit 1
}

# Runs a command quietly; its output is shown only when it fails.
quietly() {
  local log code
  log=$(mktemp)
  "$@" >"$log" 2>&1
  code=$?
  [ $code -eq 0 ] || cat "$log" >&2
  rm -f "$log"
  return $code
}

install_packages() {
  local become=()
  [ "$(id -u)" -eq 0 ] || become=(sudo -n)
  quietly "${become[@]}" apt-get update -q && quietly "${become[@]}" apt-get install -y -q --no-install-recommends "$@"
}

install_missing() {
  command -v node >/dev/null || install_packages nodejs || give_up "Node.js could not be installed."
  command -v npm >/dev/null || install_packages npm || give_up "npm could not be installed."
  command -v openssl >/dev/null || install_packages openssl || give_up "openssl could not be installed."
  node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)' ||
    give_up "The foreign peers need Node.js 20 or later; this is $(node --version)."
}

# Installs the packages of one folder of peers, unless its lock file is that of the last time.
install_peers() {
  local peers=$interop/$1
  cmp -s "$peers/package-lock.json" "$peers/node_modules/.installed-lock.json" && return
  (cd "$peers" && quietly npm ci --no-audit --no-fund) || give_up "The packages of tests/Interop/$1 could not be installed."
  cp "$peers/package-lock.json" "$peers/node_modules/.installed-lock.json"
}

# Sum of one attribute over the counters of all reports.
total() {
  cat "$results"/*.trx 2>/dev/null | grep -o '<Counters [^>]*>' | sed "s/.* $1=\"\([0-9]*\)\".*/\1/" | awk '{ sum += $1 } END { print sum + 0 }'
}

install_missing
install_peers peers
install_peers push-peers
cd "$root" || exit 1

echo "== build"
dotnet build GdsSuite.sln --tl:off -v q || give_up "The solution does not build."

echo "== foreign peers against each other"
peers_code=0
for peers in peers push-peers; do
  (cd "$interop/$peers" && quietly node --test --test-concurrency=1 selftest/) || peers_code=1
done

echo "== tests"
rm -rf "$results"
GDSSUITE_FOREIGN_PEERS=1 dotnet test --solution GdsSuite.sln --no-build --no-progress \
  --results-directory "$results" --report-xunit-trx --ignore-exit-code 8
tests_code=$?

passed=$(total passed)
failed=$(total failed)
skipped=$(total notExecuted)
if [ "$tests_code" -ne 0 ] && [ "$failed" -eq 0 ]; then
  echo "A test project ended with code $tests_code without naming a failed test." >&2
  failed=1
fi
if [ "$((passed + failed))" -eq 0 ]; then
  echo "No test ran." >&2
  failed=1
fi
if [ "$peers_code" -ne 0 ]; then
  echo "The foreign peers do not work with each other on this machine." >&2
  failed=$((failed + 1))
fi
[ "$skipped" -eq 0 ] || echo "$skipped skipped"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
