using System.Text.Json;
using System.Text.RegularExpressions;
using CineLedger.SystemTests.CommandLine;
using CineLedger.Tests.Support;
using CineLedger.Tests.Web;

namespace CineLedger.SystemTests.Deployment;

/// <summary>The monitoring configuration, checked by the programs that read it.</summary>
public sealed partial class MonitoringTests : IDisposable
{
    /// <summary>Metrics that CineLedger does not define: those of ASP.NET, the .NET runtime, Prometheus, Alertmanager and the machine.</summary>
    private static readonly string[] ForeignMetrics =
    [
        "http_server_request_duration_seconds", "dotnet_process_cpu_time_seconds_total", "dotnet_process_memory_working_set_bytes",
        "node_filesystem_", "alertmanager_notifications_failed_total", "up", "ALERTS",
    ];

    private readonly Workspace _workspace = new();

    private static string Promtool => DeployedFiles.Program("prometheus", "/usr/bin/promtool");

    private static IEnumerable<Dictionary<object, object>> Alerts =>
        from part in (List<object>)DeployedFiles.Yaml(DeployedFiles.Text("monitoring", "alerts.yml"))["groups"]
        from rule in (List<object>)((Dictionary<object, object>)part)["rules"]
        where ((Dictionary<object, object>)rule).ContainsKey("alert")
        select (Dictionary<object, object>)rule;

    [Fact]
    public async Task Prometheus_accepts_its_configuration_and_the_rules() =>
        Assert.Contains("SUCCESS", await DeployedFiles.RunSuccessfullyAsync(_workspace.Folder, Promtool, "check", "config", DeployedFiles.GetPath("monitoring", "prometheus.yml")), StringComparison.Ordinal);

    [Fact]
    public async Task Each_alert_fires_when_it_should_and_only_then() =>
        Assert.Contains("SUCCESS", await DeployedFiles.RunSuccessfullyAsync(_workspace.Folder, Promtool, "test", "rules", DeployedFiles.GetPath("monitoring", "alerts.test.yml")), StringComparison.Ordinal);

    [Fact]
    public async Task Alertmanager_accepts_its_configuration_and_routes_critical_alerts_at_once()
    {
        var amtool = DeployedFiles.Program("prometheus-alertmanager", "/usr/bin/amtool");
        var file = DeployedFiles.GetPath("monitoring", "alertmanager.yml");
        Assert.Contains("SUCCESS", await DeployedFiles.RunSuccessfullyAsync(_workspace.Folder, amtool, "check-config", file), StringComparison.Ordinal);
        foreach (var (labels, receiver) in (((string[], string)[])[
            (["alertname=CineLedgerDown", "severity=critical"], "on-call"),
            (["alertname=CineLedgerDataStale", "severity=warning"], "team"),
            (["alertname=Watchdog", "severity=none"], "heartbeat")]))
        {
            Assert.Equal(receiver, (await DeployedFiles.RunSuccessfullyAsync(_workspace.Folder, amtool, ["config", "routes", "test", "--config.file", file, .. labels])).Split('\n')[0]);
        }
    }

    [Fact]
    public void Each_alert_has_its_unit_test_its_severity_and_its_place_in_the_runbooks()
    {
        var tests = DeployedFiles.Text("monitoring", "alerts.test.yml");
        var anchors = File.ReadLines(Repository.GetPath("docs", "runbooks.md")).Where(line => line.StartsWith("## ", StringComparison.Ordinal))
            .Select(line => $"docs/runbooks.md#{line[3..].ToLowerInvariant().Replace(' ', '-')}").ToHashSet();
        Assert.NotEmpty(Alerts);
        foreach (var alert in Alerts)
        {
            var name = (string)alert["alert"];
            Assert.Matches($"(?m)alertname: {name}\n *exp_alerts:\n", tests);
            Assert.Contains((string)alert.Map("labels")["severity"], new[] { "critical", "warning", "none" });
            Assert.Contains((string)alert.Map("annotations")["runbook_url"], anchors);
        }
    }

    [Fact]
    public async Task Every_panel_query_is_valid_PromQL()
    {
        using var dashboard = JsonDocument.Parse(DeployedFiles.Text("monitoring", "grafana", "dashboards", "cineledger.json"));
        var panels = dashboard.RootElement.GetProperty("panels").EnumerateArray().Where(panel => panel.GetProperty("type").GetString() != "row").ToList();
        Assert.True(panels.Count > 15, $"only {panels.Count} panels");
        Assert.Equal(panels.Count, panels.Select(panel => panel.GetProperty("title").GetString()).Distinct().Count());
        var rules = panels.SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
            .Select(target => target.GetProperty("expr").GetString()!.Replace("$job", ".*", StringComparison.Ordinal))
            .Select((query, i) => $"  - record: panel{i}\n    expr: {JsonSerializer.Serialize(query)}\n");
        _workspace.Write("panels.yml", $"groups:\n- name: panels\n  rules:\n{string.Concat(rules)}");
        await DeployedFiles.RunSuccessfullyAsync(_workspace.Folder, Promtool, "check", "rules", "panels.yml");
    }

    [Fact]
    public void Alerts_and_panels_use_existing_metrics()
    {
        var documented = DocumentedTable.Rows("monitoring.md", "cineledger_").Select(row => row[0]).ToHashSet();
        var texts = Alerts.Select(alert => (string)alert["expr"])
            .Append(DeployedFiles.Text("monitoring", "grafana", "dashboards", "cineledger.json"))
            .Append(DeployedFiles.Text("monitoring", "alerts.test.yml"));
        var query = texts.SelectMany(text => MetricName().Matches(text)).Select(match => match.Value)
            .Where(name => !ForeignMetrics.Any(other => name.StartsWith(other, StringComparison.Ordinal)));
        Assert.NotEmpty(query);
        Assert.Equal([], query.Distinct().Where(name => !documented.Contains(name)));
    }

    [Fact]
    public void Grafana_is_given_its_data_source_and_its_dashboards_where_the_compose_file_puts_them()
    {
        var source = Assert.Single((List<object>)DeployedFiles.Yaml(DeployedFiles.Text("monitoring", "grafana", "provisioning", "datasources", "prometheus.yml"))["datasources"]);
        Assert.Equal("http://prometheus:9090", ((Dictionary<object, object>)source)["url"]);
        var provider = Assert.Single((List<object>)DeployedFiles.Yaml(DeployedFiles.Text("monitoring", "grafana", "provisioning", "dashboards", "cineledger.yml"))["providers"]);
        var grafana = DeployedFiles.Yaml(DeployedFiles.Text("compose", "compose.yaml")).Map("services").Map("grafana");
        Assert.Contains($"../monitoring/grafana/dashboards:{((Dictionary<object, object>)provider).Map("options")["path"]}:ro", grafana.Names("volumes"));
    }

    [Fact]
    public void The_Helm_chart_contains_the_same_alert_rules() => Assert.Equal(DeployedFiles.Text("monitoring", "alerts.yml"), DeployedFiles.Text("helm", "cineledger", "files", "alerts.yml"));

    public void Dispose() => _workspace.Dispose();

    [GeneratedRegex(@"\bcineledger_[a-z_]+(?=[{\[ )\r\n/])")]
    private static partial Regex MetricName();
}
