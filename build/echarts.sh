#!/usr/bin/env bash
# Rebuilds the chart library of the dashboard from the npm packages in build/echarts/package-lock.json and the parts listed in build/echarts/parts.js. Needs node and npm; the
# build of the product does not.
set -euo pipefail
cd "$(dirname "$0")/echarts"
npm ci --no-audit --no-fund --ignore-scripts
node bundle.mjs
rm -rf node_modules
