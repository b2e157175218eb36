#!/usr/bin/env bash
# Signs the checksums of a release with an SSH key, which every system with OpenSSH can verify (docs/deployment.md).
#   deploy/sign.sh KEY [FOLDER]      KEY: a private key, or a public one whose private key is in the agent or on a token
set -euo pipefail
key=${1:?name the key}
folder=${2:-artifacts/release}
rm -f "$folder/SHA256SUMS.sig"
ssh-keygen -Y sign -q -f "$key" -n cineledger-release "$folder/SHA256SUMS"
