#!/usr/bin/env bash
# Builds the interface into TARGET_DIR/web; does nothing when nothing changed.
#   build.sh TARGET_DIR         build
#   build.sh TARGET_DIR test    run the unit tests of the pure modules
set -euo pipefail
cd "$(dirname "$0")"
target=${1:?usage: build.sh TARGET_DIR [test]}
task=${2:-build}

node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' \
  || { echo "web: Node 20.19 or newer is needed, found $(node --version 2>/dev/null || echo none)" >&2; exit 1; }

lock=$(sha256sum package-lock.json | cut -d' ' -f1)
if [ "$(cat node_modules/.lock-hash 2>/dev/null || true)" != "$lock" ]; then
  npm ci --ignore-scripts --no-audit --no-fund --prefer-offline --loglevel=error
  echo "$lock" > node_modules/.lock-hash
fi

hash=$({ find src build -type f ! -name schema.ts ! -path 'src/i18n/texts/*' -print0; printf '%s\0' build.sh index.html package-lock.json package.json tsconfig.json vite.config.ts ../openapi.yaml; } \
  | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1)
mkdir -p "$target"
if [ "$(cat "$target/$task.hash" 2>/dev/null || true)" = "$hash" ]; then
  echo "web: $task is up to date"
  exit 0
fi
rm -f "$target/$task.hash"

node build/types.mjs
node build/texts.mjs
if [ "$task" = test ]; then
  node build/test.mjs "$target"
else
  bin=node_modules/.bin
  "$bin/tsc" --noEmit & types=$!
  "$bin/vite" build --outDir "$target/web" --emptyOutDir --manifest --logLevel warn & bundle=$!
  failed=0
  wait "$types" || failed=1
  wait "$bundle" || failed=1
  [ "$failed" = 0 ] || { echo "web: build failed" >&2; exit 1; }
  "$bin/oxlint" --quiet src build
  node build/lint.mjs
  node build/finish.mjs "$target/web"
  rm -rf "$target/web/.vite"
fi
echo "$hash" > "$target/$task.hash"
