#!/usr/bin/env bash
# Pins the images in deploy/ by digest: name:tag becomes name:tag@sha256:…, so that a registry cannot replace what a tag names. Needs access to the registries, and docker
# (with buildx) or skopeo.
#   deploy/pin-images.sh            writes the current digests of all tags, also of pinned ones
#   deploy/pin-images.sh --check    needs no network: lists what is not pinned, and fails if there is any
set -euo pipefail
cd "$(dirname "$0")"

files=(Dockerfile compose/compose.yaml swarm/stack.yaml helm/cineledger/values.yaml)
# A Dockerfile's FROM, and image: with an optional YAML anchor. Our own image (cineledger, or a variable) is pinned where it is pushed to: image.digest in the chart.
find_images() {
    sed -nE -e 's/^FROM (--[^ ]+ )*([^ $]+).*/\2/p' -e 's/^ *image: (&[a-z]+ )?([^ $*&]+\/[^ ]+|[a-z]+:[^ ]+)$/\2/p' "$1" | grep -v '^cineledger' || true
}

if [ "${1:-}" = --check ]; then
    status=0
    for file in "${files[@]}"; do
        for image in $(find_images "$file"); do
            [[ $image == *@sha256:* ]] || { echo "deploy/$file: $image is not pinned by digest" >&2; status=1; }
        done
    done
    exit "$status"
fi

get_digest() {
    if command -v skopeo >/dev/null; then
        skopeo inspect --no-tags --raw "docker://$1" | sha256sum | sed 's/ .*//; s/^/sha256:/'
    else
        docker buildx imagetools inspect "$1" --format '{{.Manifest.Digest}}'
    fi
}

for file in "${files[@]}"; do
    for image in $(find_images "$file"); do
        tag=${image%%@*}
        digest=$(get_digest "$tag")
        [[ $digest =~ ^sha256:[0-9a-f]{64}$ ]] || { echo "deploy/pin-images.sh: $tag has no digest: '$digest'" >&2; exit 1; }
        sed -i -E "s#${image//./\\.}( |\$)#$tag@$digest\1#" "$file"
        echo "$tag $digest"
    done
done
