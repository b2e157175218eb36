#!/usr/bin/env bash
# Builds a release in artifacts/release: the command as one file for each platform, the .NET tool, the bill of materials, and their checksums.
#   deploy/release.sh [RID…]       default: linux-x64 linux-arm64 win-x64 osx-arm64
# CINELEDGER_SIGNING_KEY names an SSH key that signs the checksums; without it they are not signed.
# The version comes from the tag (v1.2.3), so tag first. SOURCE_DATE_EPOCH, by default the commit's time, is the time of the files in the archives.
set -euo pipefail
cd "$(dirname "$0")/.."

rids=("$@")
[ "${#rids[@]}" -gt 0 ] || rids=(linux-x64 linux-arm64 win-x64 osx-arm64)
out=artifacts/release
build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT
rm -rf "$out"
mkdir -p "$out"
time=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}

# The locked packages, compared by hash, also fill the folder from which each platform's build takes them.
dotnet restore src/CineLedger.Cli --locked-mode --nologo -v quiet
deploy/pin-images.sh --check || echo "deploy/release.sh: warning: run deploy/pin-images.sh before images are built from this version." >&2

dotnet pack src/CineLedger.Cli -c Release -o "$out" --nologo -v quiet
package=$(basename "$(ls "$out"/CineLedger.*.nupkg)" .nupkg)
version=${package#CineLedger.}

for rid in "${rids[@]}"; do
    # The file includes DuckDB's and Skia's libraries, which are unpacked when a version first runs on a machine.
    dotnet publish src/CineLedger.Cli -c Release -r "$rid" -o "$build/$rid" --nologo -v quiet \
        -p:PublishSingleFile=true -p:IncludeNativeLibrariesForSelfExtract=true -p:DebugType=none -p:PublishDocumentationFiles=false \
        -p:ContinuousIntegrationBuild=true
    folder="cineledger-$version-$rid"
    mkdir "$build/$folder"
    cp README.md CHANGELOG.md LICENSE THIRD-PARTY-NOTICES "$build/$folder/"
    case $rid in
        win-*)
            cp "$build/$rid/cineledger.exe" "$build/$folder/"
            (cd "$build" && find "$folder" -exec touch -d "@$time" {} + && zip -q -X -r "$OLDPWD/$out/$folder.zip" "$folder")
            ;;
        *)
            cp "$build/$rid/cineledger" "$build/$folder/"
            tar -C "$build" --sort=name --mtime="@$time" --owner=0 --group=0 --numeric-owner -c "$folder" | gzip -n -9 >"$out/$folder.tar.gz"
            ;;
    esac
    rm -rf "${build:?}/$rid" "${build:?}/$folder"
done

# The same components in every archive. The version is the only part that the repository's file lacks.
sed "0,/\"name\": \"cineledger\"/s//\"name\": \"cineledger\",\n      \"version\": \"$version\"/" sbom.cdx.json >"$out/cineledger-$version.cdx.json"

(cd "$out" && sha256sum -- * >SHA256SUMS)
cat "$out/SHA256SUMS"
if [ -n "${CINELEDGER_SIGNING_KEY:-}" ]; then
    deploy/sign.sh "$CINELEDGER_SIGNING_KEY" "$out"
else
    echo "deploy/release.sh: warning: SHA256SUMS is not signed, because CINELEDGER_SIGNING_KEY is not set." >&2
fi
