#!/usr/bin/env bash
# Puts the compose file's installation under load for about a minute per part: nodes restarted in turn, a node killed, the primary stopped. No
# request may fail except those that the killed node was processing. Needs the packages that test.sh installs. Takes about five minutes.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build -c Release tests/CineLedger.SystemTests --nologo -v quiet
CINELEDGER_TEST_ANSWERS="${1:-12000}" exec dotnet tests/CineLedger.SystemTests/bin/Release/net10.0/CineLedger.SystemTests.dll -noColor -showLiveOutput -class '*Deployment.InstallationTests'
