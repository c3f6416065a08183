#!/bin/sh
# Closes everything but HTTPS (and SSH for you). Give source networks as arguments to narrow HTTPS.
set -e
ufw default deny incoming
ufw default allow outgoing
ufw allow OpenSSH
if [ $# -eq 0 ]; then
  ufw allow 443/tcp
else
  for source in "$@"; do ufw allow from "$source" to any port 443 proto tcp; done
fi
ufw enable
