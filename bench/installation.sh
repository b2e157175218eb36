#!/usr/bin/env bash
# The compose file's installation under load for a minute each: nodes restarted in turn, a node killed, the primary stopped; no request may
# fail, but at most those that the killed node was answering. Needs what test.sh installs. Takes about five minutes.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build -c Release tests/CineLedger.SystemTests --nologo -v quiet
CINELEDGER_TEST_ANSWERS="${1:-12000}" exec dotnet tests/CineLedger.SystemTests/bin/Release/net10.0/CineLedger.SystemTests.dll -noColor -showLiveOutput -class '*Deployment.InstallationTests'
