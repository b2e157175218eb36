#!/usr/bin/env bash
# Rewrites THIRD-PARTY-NOTICES and the bill of materials, sbom.cdx.json, from the packages that the built command resolves. Needs no network once the packages are restored.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build tests/CineLedger.SystemTests -c Release --nologo -v quiet
CINELEDGER_WRITE_DOCS=1 dotnet tests/CineLedger.SystemTests/bin/Release/net10.0/CineLedger.SystemTests.dll -noColor -class CineLedger.SystemTests.Packaging.NoticesTests
