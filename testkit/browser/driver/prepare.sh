#!/usr/bin/env bash
# Makes FOLDER the driver that Playwright for Java talks to: the installed Node and playwright-core, linked.
#   prepare.sh FOLDER
set -euo pipefail
folder=${1:?usage: prepare.sh FOLDER}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
cd "$(dirname "$0")"

lock=$(sha256sum package-lock.json | cut -d' ' -f1)
if [ "$(cat node_modules/.lock-hash 2>/dev/null || true)" != "$lock" ]; then
  npm ci --ignore-scripts --no-audit --no-fund --prefer-offline --loglevel=error
  echo "$lock" > node_modules/.lock-hash
fi
ln -sfn "$(command -v node)" "$folder/node"
ln -sfn "$PWD/node_modules/playwright-core" "$folder/package"
