#!/usr/bin/env bash
# Makes the distribution: program, own runtime, cache of loaded classes, unit files. Called by `./run dist`.
# dist.sh ROOT [FOLDER]: FOLDER, by default ROOT/target/dist, is emptied first.
set -euo pipefail
root=$1
dist=${2:-$root/target/dist}
version=$(sed -n 's#.*<version>\(.*\)</version>.*#\1#p' "$root/pom.xml" | head -1)
name=holdfast-$version
out=$dist/$name
rm -rf "$dist"
mkdir -p "$out/bin" "$out/lib"

cp "$root"/app/target/lib/*.jar "$out/lib/"
"$JAVA_HOME/bin/java" "$root/packaging/Slim.java" "$out/lib"
strip --strip-unneeded "$out"/lib/native/*.so
# one time stamp for all jars: the runtime may compare it with the one in the cache, and tar keeps it
find "$out/lib" -name '*.jar' -exec touch -d 2026-01-01T00:00:00Z {} +
(cd "$out/lib" && ls *.jar | LC_ALL=C sort >classpath)
install -m 755 "$root/packaging/launcher.sh" "$out/bin/holdfast"
cp -r "$root/packaging/systemd" "$root/packaging/proxy" "$root/packaging/firewall" "$out/"
install -m 755 "$root/packaging/install.sh" "$out/bin/install-service"
cp "$root/README.md" "$root/CHANGELOG.md" "$out/"
cp -r "$root/docs" "$out/docs"

# What the libraries ask for; java.desktop because Tomcat reads bean properties.
modules=java.base,java.desktop,java.instrument,java.logging,java.management,java.naming,java.security.jgss,java.sql,java.xml,jdk.management,jdk.net,jdk.unsupported,jdk.zipfs
unused=$(printf 'glob:**/%s,' 'libawt*.so' libfontmanager.so libfreetype.so libmlib_image.so liblcms.so \
  libsplashscreen.so libjavajpeg.so libjsound.so 'psfont*' jrt-fs.jar classlist)
"$JAVA_HOME/bin/jlink" --add-modules "$modules" \
  --strip-debug --no-header-files --no-man-pages --compress zip-9 --exclude-files "${unused%,}" --output "$out/runtime"
strip --strip-unneeded "$out/runtime/lib/server/libjvm.so"

# The training run: a second start, some requests, one stop. A first start would train on migrations and key making,
# which a server does once, and their classes would lie in the memory of every later start.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 700 "$work"
start_once() { # what becomes of the option that names the cache
  sed "s#-XX:AOTCache=[^ ]*#$1#" "$out/bin/holdfast" >"$out/bin/train"
  chmod 755 "$out/bin/train"
  "$out/bin/train" serve --state-dir "$work/state" --port 0 --address 127.0.0.1 >"$work/out" 2>&1 &
  pid=$!
  for _ in $(seq 600); do grep -q '^url ' "$work/out" && break; kill -0 $pid; sleep 0.1; done
  url=$(sed -n 's/^url //p' "$work/out" | head -1)
  for path in /api/ping /api/system/info /api/me /login /health/ready /api/environments; do
    curl -sk -o "$work/body" "$url$path" || true
  done
  kill -TERM $pid
  wait $pid || true
  rm -f "$out/bin/train"
}
start_once ""
start_once '-XX:AOTCacheOutput="$home/lib/holdfast.aot"'
[ -s "$out/lib/holdfast.aot" ] || { cat "$work/out" >&2; echo "no cache was written" >&2; exit 1; }
chmod 644 "$out/lib/holdfast.aot"

tar -C "$dist" --sort=name --owner=0 --group=0 --numeric-owner -czf "$dist/$name.tar.gz" "$name"
du -sh "$out" "$dist/$name.tar.gz"
