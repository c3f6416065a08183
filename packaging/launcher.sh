#!/bin/sh
# Starts Holdfast with its own runtime. The cache of loaded classes halves the start; a test sees that it is used.
umask 0077
self=$(readlink -f "$0")
home=${self%/bin/*}
cp=
while read -r jar; do cp="$cp${cp:+:}$home/lib/$jar"; done <"$home/lib/classpath"
# Memory is given back to the machine: two arenas instead of eight per processor, trimmed every ten seconds; a heap that
# shrinks; small object headers; soft references dropped after a minute. docs/performance.md has the figures.
export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-2}"
exec "$home/runtime/bin/java" -XX:+UseSerialGC -Xms16m -Xmx"${HOLDFAST_HEAP:-512m}" \
  -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20 -XX:-ShrinkHeapInSteps -XX:+UseCompactObjectHeaders \
  -XX:TrimNativeHeapInterval=10000 -XX:SoftRefLRUPolicyMSPerMB=100 -XX:-UsePerfData -XX:+DisableAttachMechanism \
  -XX:-CreateCoredumpOnCrash -XX:ErrorFile=/dev/null -XX:-HeapDumpOnOutOfMemoryError \
  -XX:AOTCache="$home/lib/holdfast.aot" ${JAVA_EXTRA:-} \
  -Djava.library.path="$home/lib/native" -Dorg.sqlite.lib.path="$home/lib/native" \
  -Dcom.amazon.corretto.crypto.provider.useExternalLib=true \
  --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
  -cp "$cp" holdfast.app.Main "$@"
