#!/bin/sh
# Makes the images in docs/images from a generated sample: the overview (dashboard.png), a year and an explanation, in windows of 1280 pixels, and companies.png, a chart.
# Needs chromium and the .NET SDK. Images show no real dataset, and the label that says so must be visible.
set -eu
cd "$(dirname "$0")/.."
port=${PORT:-5399}
unset PORT # With it, as in a container, the server requires keys.
folder=$(mktemp -d)
dotnet build -c Release -v quiet src/CineLedger.Cli
run() { dotnet src/CineLedger.Cli/bin/Release/net10.0/cineledger.dll "$@"; }
run sample --movies 5000 --ratings 0 --seed 7 -o "$folder/sample.zip"
run load "$folder/sample.zip" --store "$folder/sample.duckdb"
run chart companies --top 5 --from 1990 --to 2016 --width 900 --height 480 --store "$folder/sample.duckdb" --output docs/images/companies.png
dotnet src/CineLedger.Cli/bin/Release/net10.0/cineledger.dll serve --store "$folder/sample.duckdb" --urls "http://127.0.0.1:$port" &
server=$!
trap 'kill $server; rm -rf "$folder"' EXIT
for _ in $(seq 100); do curl -sf "http://127.0.0.1:$port/health/ready" > "$folder/ready" && break; sleep .2; done
curl -s "http://127.0.0.1:$port/" -H 'Accept: text/html' | grep -q 'Synthetic sample data' || { echo "screenshot.sh: the page does not say that its data is synthetic" >&2; exit 1; }
# As of a snapshot that is named, a page does not listen for newer ones: a stream that stays open would keep chromium waiting.
shoot() { # FILE HEIGHT ADDRESS [SWITCH]
  timeout 300 chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync \
    --user-data-dir="$folder/browser" --force-prefers-reduced-motion --hide-scrollbars --timeout=60000 --window-size="1280,$2" ${4:-} \
    --screenshot="$PWD/docs/images/$1.png" "http://127.0.0.1:$port$3" 2> "$folder/chromium.log" || { cat "$folder/chromium.log" >&2; exit 1; }
}
shoot dashboard 1150 '/?snapshot=1'
shoot year 1150 '/years/2010?snapshot=1'
shoot explanation 1150 '/movies?from=2010&to=2010&where=year%20is%20known&measure=revenue&snapshot=1' --force-dark-mode
ls -l docs/images
