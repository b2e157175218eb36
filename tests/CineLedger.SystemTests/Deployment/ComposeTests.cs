using System.Text.RegularExpressions;

namespace CineLedger.SystemTests.Deployment;

/// <summary>The compose file and the swarm stack: their parts refer only to what exists, and run with as few privileges as possible.</summary>
public sealed partial class ComposeTests
{
    private static readonly Dictionary<object, object> Compose = DeployedFiles.Yaml(DeployedFiles.Text("compose", "compose.yaml"));
    private static readonly Dictionary<object, object> Stack = DeployedFiles.Yaml(DeployedFiles.Text("swarm", "stack.yaml"));

    public static TheoryData<string> Files => ["compose/compose.yaml", "swarm/stack.yaml"];

    private static IEnumerable<(string Name, Dictionary<object, object> Service)> Services(Dictionary<object, object> file) =>
        file.Map("services").Select(service => ((string)service.Key, (Dictionary<object, object>)service.Value));

    [Fact]
    public void Every_file_of_the_installation_exists() => Assert.Equal(
        ["alertmanager", "db1", "db2", "first-load", "grafana", "init", "loader", "mail", "nginx", "node-exporter", "node1", "node2", "prometheus"],
        Services(Compose).Select(service => service.Name).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Files))]
    public void Secrets_volumes_networks_and_configurations_are_declared(string path)
    {
        var file = DeployedFiles.Yaml(DeployedFiles.Text(path.Split('/')));
        foreach (var (name, service) in Services(file))
        {
            foreach (var kind in (string[])["secrets", "networks", "configs"])
            {
                Assert.All(service.Names(kind), used => Assert.True(file.Map(kind).ContainsKey(used), $"{name}: {used} is not declared under {kind}"));
            }

            var volumes = service.GetValueOrDefault("volumes") as List<object> ?? [];
            foreach (var source in volumes.OfType<string>().Select(volume => volume.Split(':')[0]).Where(source => NamedVolume().IsMatch(source)))
            {
                Assert.True(file.Map("volumes").ContainsKey(source), $"{name}: volume {source} is not declared");
            }
        }
    }

    [Fact]
    public void Files_that_are_mounted_are_in_the_repository()
    {
        var mounted = Services(Compose).SelectMany(service => service.Service.Names("volumes")).Select(volume => volume.Split(':')[0])
            .Where(source => source.StartsWith("./", StringComparison.Ordinal) || source.StartsWith("../", StringComparison.Ordinal)).ToList();
        Assert.True(mounted.Count > 8);
        Assert.All(mounted, source => Assert.True(Path.Exists(Path.GetFullPath(source, DeployedFiles.GetPath("compose"))), source));
        Assert.All(Stack.Map("configs").Values.Cast<Dictionary<object, object>>(), config => Assert.True(File.Exists(Path.GetFullPath((string)config["file"], DeployedFiles.GetPath("swarm")))));
    }

    [Fact]
    public void Services_that_others_wait_for_have_a_health_check()
    {
        foreach (var (name, service) in Services(Compose))
        {
            foreach (var (other, how) in service.Map("depends_on"))
            {
                var awaited = Compose.Map("services").Map((string)other);
                Assert.True(awaited.Count > 0, $"{name} waits for {other}, which does not exist");
                if ((string)((Dictionary<object, object>)how)["condition"] == "service_healthy")
                {
                    Assert.True(awaited.Map("healthcheck").ContainsKey("test"), $"{name} waits for {other}, which has no health check");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_command_runs_unprivileged_on_a_read_only_file_system(string path)
    {
        var ours = Services(DeployedFiles.Yaml(DeployedFiles.Text(path.Split('/')))).Where(service => ((string)service.Service["image"]).Contains("CINELEDGER_IMAGE", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(ours);
        foreach (var (_, service) in ours)
        {
            Assert.Equal("true", service["read_only"]);
            Assert.Equal(["ALL"], service.Names("cap_drop"));
            Assert.Equal("40s", service["stop_grace_period"]);
        }
    }

    [Fact]
    public void Every_container_has_limits_and_no_capability()
    {
        foreach (var (name, service) in Services(Compose))
        {
            Assert.True(service.ContainsKey("mem_limit") && service.ContainsKey("pids_limit") && service.Map("ulimits").ContainsKey("nofile"), name);
            Assert.Equal(["ALL"], service.Names("cap_drop"));
            Assert.Equal(["no-new-privileges:true"], service.Names("security_opt"));
            Assert.False(service.ContainsKey("cap_add") || service.ContainsKey("privileged") || service.ContainsKey("pid") || service.ContainsKey("network_mode"), name);
            Assert.DoesNotContain(service.Names("volumes"), volume => volume.StartsWith('/'));
        }

        foreach (var (name, service) in Services(Stack))
        {
            var limits = service.Map("deploy").Map("resources").Map("limits");
            Assert.True(limits.ContainsKey("memory") && limits.ContainsKey("pids") && service.Map("ulimits").ContainsKey("nofile"), name);
            Assert.Equal(["ALL"], service.Names("cap_drop"));
        }
    }

    [Fact]
    public void Each_service_gets_the_secrets_of_its_own_login_only()
    {
        var used = Services(Compose).Where(service => service.Service.ContainsKey("secrets")).ToDictionary(service => service.Name, service => string.Join(' ', service.Service.Names("secrets")));
        Assert.Equal(
            new Dictionary<string, string>
            {
                // Creates all roles when it first starts.
                ["db1"] = "postgres_password owner_password load_password api_password replication_password",
                ["db2"] = "replication_pgpass",
                ["init"] = "owner_pgpass",
                ["first-load"] = "load_pgpass",
                ["loader"] = "load_pgpass",
                ["node1"] = "api_pgpass",
                ["node2"] = "api_pgpass",
                ["grafana"] = "grafana_password",
            },
            used);
        Assert.Equal(("api_pgpass", "load_pgpass"), (Assert.Single(Stack.Map("services").Map("api").Names("secrets")), Assert.Single(Stack.Map("services").Map("loader").Names("secrets"))));
        foreach (var (name, service) in Services(Compose).Where(service => service.Service.ContainsKey("secrets")))
        {
            Assert.Equal("${SECRETS_GROUP:?run ./secrets.sh first}", Assert.Single(service.Names("group_add")));
            var login = service.Map("environment").GetValueOrDefault("CINELEDGER_STORE") as string;
            Assert.True(login is null || login.StartsWith($"postgres://{(name is "init" ? "cineledger" : name.StartsWith("node", StringComparison.Ordinal) ? "cineledger_api" : "cineledger_load")}@", StringComparison.Ordinal), $"{name}: {login}");
        }
    }

    [Fact]
    public void No_file_contains_a_secret_and_only_nginx_is_exposed()
    {
        foreach (var file in (string[])["compose/compose.yaml", "swarm/stack.yaml", "compose/postgres/init.sh", "compose/postgres/standby.sh"])
        {
            Assert.DoesNotMatch("(?i)(password|secret)[a-z_]*: *[\"']?[a-z0-9]{6,}[\"']?$", DeployedFiles.Text(file.Split('/')).Replace("_FILE", "", StringComparison.Ordinal).Replace("/run/secrets", "", StringComparison.Ordinal));
        }

        var open = Services(Compose).SelectMany(service => service.Service.Names("ports").Select(port => (service.Name, port)))
            .Where(at => !at.port.StartsWith("127.0.0.1:", StringComparison.Ordinal));
        Assert.Equal([("nginx", "${CINELEDGER_ADDRESS:-127.0.0.1:8080}:8080")], open);
    }

    [Fact]
    public void Swarm_nodes_are_replaced_one_by_one_and_rolled_back_on_failure()
    {
        var update = Stack.Map("services").Map("api").Map("deploy").Map("update_config");
        Assert.Equal(("1", "start-first", "rollback"), (update["parallelism"], update["order"], update["failure_action"]));
    }

    [GeneratedRegex("^[a-z][a-z0-9-]*$")]
    private static partial Regex NamedVolume();
}
