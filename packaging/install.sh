#!/usr/bin/env bash
# Installs an unpacked distribution, or replaces an older one: /opt/holdfast, /etc/holdfast, the user and the unit. Run as root.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
[ "$(id -u)" = 0 ] || { echo "run this as root: sudo $0" >&2; exit 1; }
getent passwd holdfast >/dev/null || useradd --system --home-dir /var/lib/holdfast --shell /usr/sbin/nologin holdfast

# The program is swapped whole: no jar of an older version stays behind. Time stamps are kept: the cache of classes compares them.
if [ "$here" != /opt/holdfast ]; then
  rm -rf /opt/holdfast.new /opt/holdfast.old
  mkdir -p /opt
  cp -r --no-preserve=ownership --preserve=timestamps,mode "$here" /opt/holdfast.new
  [ ! -e /opt/holdfast ] || mv /opt/holdfast /opt/holdfast.old
  mv /opt/holdfast.new /opt/holdfast
  rm -rf /opt/holdfast.old
fi
chown -R root:root /opt/holdfast
chmod -R go-w /opt/holdfast
chmod 755 /opt/holdfast

install -d -m 750 -g holdfast /etc/holdfast
[ -e /etc/holdfast/holdfast.yaml ] || printf 'port: 443\n' >/etc/holdfast/holdfast.yaml
chown root:holdfast /etc/holdfast/holdfast.yaml
chmod 640 /etc/holdfast/holdfast.yaml
install -m 644 /opt/holdfast/systemd/holdfast.service /etc/systemd/system/holdfast.service
if [ -d /run/systemd/system ]; then systemctl daemon-reload; fi
echo "start it with: systemctl enable --now holdfast"
