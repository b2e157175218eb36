// The parts of Apache ECharts that the dashboard uses. A chart that needs another one fails in the browser: add it here and run ../echarts.sh.
import { init, use } from "echarts/core";
import { BarChart, HeatmapChart, LineChart, ScatterChart } from "echarts/charts";
import { GridComponent, LegendScrollComponent, TooltipComponent, VisualMapPiecewiseComponent } from "echarts/components";
import { LabelLayout } from "echarts/features";
import { CanvasRenderer, SVGRenderer } from "echarts/renderers";

use([
  BarChart, HeatmapChart, LineChart, ScatterChart, GridComponent, LegendScrollComponent, TooltipComponent, VisualMapPiecewiseComponent, LabelLayout, CanvasRenderer, SVGRenderer,
]);

export { init };
