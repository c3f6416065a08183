#!/bin/sh
# Starts Holdfast with its own runtime. The cache of loaded classes halves the start; a test sees that it is used.
umask 0077
self=$(readlink -f "$0")
home=${self%/bin/*}
cp=
while read -r jar; do cp="$cp${cp:+:}$home/lib/$jar"; done <"$home/lib/classpath"
exec "$home/runtime/bin/java" -XX:+UseSerialGC -Xms16m -Xmx"${HOLDFAST_HEAP:-512m}" \
  -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20 -XX:-UsePerfData -XX:+DisableAttachMechanism \
  -XX:-CreateCoredumpOnCrash -XX:ErrorFile=/dev/null -XX:-HeapDumpOnOutOfMemoryError \
  -XX:AOTCache="$home/lib/holdfast.aot" ${JAVA_EXTRA:-} \
  --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
  -cp "$cp" holdfast.app.Main "$@"
