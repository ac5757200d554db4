#!/usr/bin/env bash
# Every gradient on the node backend, with a real binding of TensorFlow. The package's own install script downloads
# libtensorflow 2.9 from Google's storage; where that is out of reach, this builds the binding against the libtensorflow that
# comes with Python's package, which has the same C interface. It needs a Python 3.9 to 3.11 with venv, g++ and the headers
# of Node, and is no part of `npm test`, as it installs about a gigabyte.
#
#   tests/training/on-native.sh [python3.11]
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

"${1:-python3}" -m venv "$folder/python"
"$folder/python/bin/pip" install --quiet tensorflow-cpu==2.15.1
tensorflow=$(echo "$folder"/python/lib/python3*/site-packages/tensorflow)
headers=$(node -p 'require("node:path").resolve(process.execPath, "../../include/node")')

echo '{ "private": true }' >"$folder/package.json"
npm install --silent --ignore-scripts --prefix "$folder" @tensorflow/tfjs-node@4.22.0
binding=$folder/node_modules/@tensorflow/tfjs-node
mkdir -p "$binding/lib/napi-v8"
g++ -shared -fPIC -O2 -std=c++17 -DNAPI_VERSION=8 -I"$headers" -I"$tensorflow/include" -I"$binding" \
  "$binding/binding/tfjs_backend.cc" "$binding/binding/tfjs_binding.cc" -o "$binding/lib/napi-v8/tfjs_binding.node" \
  -L"$tensorflow" -l:libtensorflow_cc.so.2 -l:libtensorflow_framework.so.2 -Wl,-rpath,"$tensorflow"

result=$(node --import tsx tests/training/programs/compare-gradients.ts node "$folder")
echo "$result"
[[ $result == *'"wrong":[]'* ]]
