using System.Security.Cryptography;
using System.Text.Json;
using CineLedger.SystemTests.CommandLine;
using k8s;
using k8s.Models;
using NJsonSchema;

namespace CineLedger.SystemTests.Deployment;

/// <summary>The Kubernetes manifests, parsed strictly into the types of the Kubernetes API: an unknown field is an error.</summary>
public sealed class ManifestTests : IDisposable
{
    /// <summary>Resource kinds defined by operators, which the client library has no types for.</summary>
    private static readonly string[] OperatorResources = ["ServiceMonitor", "PrometheusRule", "Cluster"];

    private readonly Workspace _workspace = new();

    private static IReadOnlyList<object> Objects(string text) =>
    [
        .. text.Split("\n---\n").Where(document => !OperatorResources.Any(kind => document.Contains($"\nkind: {kind}\n", StringComparison.Ordinal)))
            .SelectMany(document => KubernetesYaml.LoadAllFromString(document, strict: true)),
    ];

    private static string Rendered => DeployedFiles.Text("kubernetes", "cineledger.yaml");

    [Fact]
    public void The_plain_manifests_are_valid_and_complete()
    {
        var kinds = Objects(Rendered).Select(one => ((IKubernetesObject)one).Kind).Order(StringComparer.Ordinal);
        Assert.Equal(
            ["ConfigMap", "CronJob", "Deployment", "Deployment", "HorizontalPodAutoscaler", "Ingress", "Job", "NetworkPolicy", "PodDisruptionBudget", "Service", "Service", "ServiceAccount"], kinds);
        Assert.Contains("\nkind: ServiceMonitor\n", Rendered, StringComparison.Ordinal);
        Assert.Contains("\nkind: PrometheusRule\n", Rendered, StringComparison.Ordinal);
        Assert.ThrowsAny<Exception>(() => Objects(Rendered.Replace("minReplicas:", "minReplica:", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_pod_is_unprivileged_and_has_resource_limits()
    {
        var objects = Objects(Rendered);
        V1PodSpec[] pods =
        [
            .. objects.OfType<V1Deployment>().Select(one => one.Spec.Template.Spec), objects.OfType<V1Job>().Single().Spec.Template.Spec,
            objects.OfType<V1CronJob>().Single().Spec.JobTemplate.Spec.Template.Spec,
        ];
        foreach (var pod in pods)
        {
            Assert.True(pod.SecurityContext.RunAsNonRoot);
            Assert.Equal((1654, "RuntimeDefault"), (pod.SecurityContext.RunAsUser, pod.SecurityContext.SeccompProfile.Type));
            Assert.False(pod.AutomountServiceAccountToken);
            var container = Assert.Single(pod.Containers);
            Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
            Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
            Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
            Assert.True(container.Resources.Limits.ContainsKey("memory") && container.Resources.Requests.ContainsKey("cpu"));
            Assert.Contains(container.VolumeMounts, mount => mount.MountPath == "/tmp");
            Assert.DoesNotContain(container.Env, variable => variable.Name == "PGPASSWORD" && variable.Value is not null);
        }
    }

    [Fact]
    public void Nodes_are_replaced_without_a_gap_and_found_by_their_service()
    {
        var objects = Objects(Rendered);
        var deployment = Nodes(objects);
        var container = deployment.Spec.Template.Spec.Containers[0];
        Assert.Equal("0", deployment.Spec.Strategy.RollingUpdate.MaxUnavailable.Value);
        Assert.Equal(("/health/live", "/health/ready"), (container.LivenessProbe.HttpGet.Path, container.ReadinessProbe.HttpGet.Path));
        Assert.Equal(5, container.Lifecycle.PreStop.Sleep.Seconds);
        Assert.True(deployment.Spec.Template.Spec.TerminationGracePeriodSeconds > 5 + 30);
        var labels = deployment.Spec.Template.Metadata.Labels;
        foreach (var selector in (IDictionary<string, string>[])[
            Service(objects).Spec.Selector, deployment.Spec.Selector.MatchLabels, objects.OfType<V1PodDisruptionBudget>().Single().Spec.Selector.MatchLabels,
            objects.OfType<V1NetworkPolicy>().Single().Spec.PodSelector.MatchLabels, deployment.Spec.Template.Spec.TopologySpreadConstraints[0].LabelSelector.MatchLabels])
        {
            Assert.All(selector, label => Assert.Equal(label.Value, labels[label.Key]));
        }

        // Jobs and the loader have the ledger's labels too, but are not nodes, so no request to the nodes may reach them.
        Assert.NotEqual("api", objects.OfType<V1Deployment>().Single(one => one != deployment).Spec.Template.Metadata.Labels["app.kubernetes.io/component"]);
        Assert.False(Service(objects).Spec.Selector
            .All(label => objects.OfType<V1Job>().Single().Spec.Template.Metadata.Labels.TryGetValue(label.Key, out var value) && value == label.Value));
        Assert.Equal(deployment.Metadata.Name, objects.OfType<V2HorizontalPodAutoscaler>().Single().Spec.ScaleTargetRef.Name);
        Assert.Null(deployment.Spec.Replicas);
    }

    [Fact]
    public void The_load_job_runs_alone_and_is_not_retried_when_that_cannot_help()
    {
        var job = Objects(Rendered).OfType<V1CronJob>().Single().Spec;
        Assert.Equal("Forbid", job.ConcurrencyPolicy);
        Assert.Equal([2, 3], job.JobTemplate.Spec.PodFailurePolicy.Rules[0].OnExitCodes.Values.Select(code => (int)code));
        Assert.Equal("Never", job.JobTemplate.Spec.Template.Spec.RestartPolicy);
    }

    [Theory]
    [InlineData("values.yaml", "{}")]
    [InlineData("values.yaml", """{"cloudNativePG":{"enabled":true,"instances":3},"api":{"public":true,"replicas":3,"autoscaling":{"enabled":false}}}""")]
    [InlineData("values.yaml", """{"image":{"digest":"sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}}""")]
    [InlineData("values.schema.json", """{"image":{"digest":"latest"}}""")]
    [InlineData("values.yaml", """{"store":{"address":"postgres://a@b/c","password":"p"},"load":{"existingClaim":"datasets","source":"/srv/datasets/movies.zip"}}""")]
    [InlineData("values.schema.json", """{"stores":{"address":"postgres://a@b/c"}}""")]
    [InlineData("values.schema.json", """{"api":{"replicas":"two"}}""")]
    [InlineData("values.schema.json", """{"store":{"address":"movies.duckdb"}}""")]
    [InlineData("values.schema.json", """{"load":{"temporarySize":"plenty"}}""")]
    public async Task Values_are_checked_by_their_schema(string validate, string values)
    {
        var schema = await JsonSchema.FromJsonAsync(DeployedFiles.Text("helm", "cineledger", "values.schema.json"), TestContext.Current.CancellationToken);
        Assert.Equal(validate == "values.yaml", schema.Validate(values).Count == 0);
    }

    [Fact]
    public async Task All_chart_values_are_valid_and_documented()
    {
        var schema = await JsonSchema.FromJsonAsync(DeployedFiles.Text("helm", "cineledger", "values.schema.json"), TestContext.Current.CancellationToken);
        foreach (var path in (string[][])[["helm", "cineledger", "values.yaml"], ["kubernetes", "values.yaml"]])
        {
            var json = new YamlDotNet.Serialization.SerializerBuilder().JsonCompatible().Build()
                .Serialize(new YamlDotNet.Serialization.DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build()
                    .Deserialize<object>(DeployedFiles.Text(path)));
            Assert.Empty(schema.Validate(json));
        }

        using var known = JsonDocument.Parse(DeployedFiles.Text("helm", "cineledger", "values.schema.json"));
        var values = DeployedFiles.Yaml(DeployedFiles.Text("helm", "cineledger", "values.yaml"));
        Assert.Equal(known.RootElement.GetProperty("properties").EnumerateObject().Select(property => property.Name).Where(name => name != "global")
            .Order(StringComparer.Ordinal), values.Keys.Cast<string>().Order(StringComparer.Ordinal));
    }

    /// <summary>Renders with Go's template engine and sprig, as helm does: Debian packages both, but not helm.</summary>
    [Fact]
    public async Task The_chart_renders_the_plain_manifests_and_valid_ones_with_other_values()
    {
        DeployedFiles.Program("golang-1.19-go golang-github-masterminds-sprig-dev", "/usr/lib/go-1.19/bin/go", "/usr/bin/helm");
        Assert.Equal(Rendered, await RenderAsync());
        _workspace.Write("other.yaml", "cloudNativePG: { enabled: true }\nstore: {}\napi: { public: true, cors: ['https://movies.example'], autoscaling: { enabled: false } }\nload: { source: /srv/datasets/movies.zip, existingClaim: datasets }\nnetworkPolicy: { enabled: false }\n");
        var objects = Objects(await RenderAsync(_workspace.GetPath("other.yaml")));
        Assert.Equal(2, Nodes(objects).Spec.Replicas);
        Assert.Contains("--public", Nodes(objects).Spec.Template.Spec.Containers[0].Args);
        Assert.Equal("postgres://cineledger_api@cineledger-db-ro,cineledger-db-rw/movies", objects.OfType<V1ConfigMap>().Single().Data["CINELEDGER_READ_STORE"]);
        Assert.Equal("cineledger-db-app", objects.OfType<V1Job>().Single().Spec.Template.Spec.Containers[0].Env.Single(variable => variable.Name == "PGPASSWORD").ValueFrom.SecretKeyRef.Name);
        var secrets = objects.OfType<V1Secret>().ToDictionary(secret => secret.Metadata.Name, secret => secret.StringData);
        Assert.Equal(("cineledger_api", "cineledger_load"), (secrets["cineledger-api"]["username"], secrets["cineledger-load"]["username"]));
        Assert.NotEqual(secrets["cineledger-api"]["password"], secrets["cineledger-load"]["password"]);
        Assert.Equal("datasets", objects.OfType<V1CronJob>().Single().Spec.JobTemplate.Spec.Template.Spec.Volumes.Single(volume => volume.Name == "datasets").PersistentVolumeClaim.ClaimName);
    }

    [Fact]
    public void No_two_parts_share_a_login_or_a_secret()
    {
        var objects = Objects(Rendered);
        var nodes = Nodes(objects).Spec.Template.Spec.Containers[0];
        var loader = objects.OfType<V1Deployment>().Single(one => one.Metadata.Name == "cineledger-loader").Spec.Template.Spec.Containers[0];
        var load = objects.OfType<V1CronJob>().Single().Spec.JobTemplate.Spec.Template.Spec.Containers[0];
        var init = objects.OfType<V1Job>().Single().Spec.Template.Spec.Containers[0];
        Assert.Equal(["cineledger-api", "cineledger-load", "cineledger-load", "cineledger-owner"], new[] { nodes, loader, load, init }.Select(Secret));
        Assert.Equal("postgres://cineledger_api@db1,db2/movies", objects.OfType<V1ConfigMap>().Single().Data["CINELEDGER_STORE"]);
        Assert.Null(loader.EnvFrom);
        Assert.Equal(
            ["postgres://cineledger_load@db1/movies", "postgres://cineledger_load@db1/movies", "postgres://cineledger@db1/movies"],
            new[] { loader, load, init }.Select(container => container.Env.Single(variable => variable.Name == "CINELEDGER_STORE").Value));
        Assert.Equal(["init", "--roles"], init.Args);
        var paths = objects.OfType<V1Ingress>().Single().Spec.Rules[0].Http.Paths;
        Assert.Equal(
            ["/api/v1/loads cineledger-loader", "/api/v1/webhooks cineledger-loader", "/ cineledger"], paths.Select(path => $"{path.Path} {path.Backend.Service.Name}"));
        var annotations = objects.OfType<V1Ingress>().Single().Metadata.Annotations;
        Assert.Equal(("on", "64"), (annotations["nginx.ingress.kubernetes.io/proxy-buffering"], annotations["nginx.ingress.kubernetes.io/limit-connections"]));

        static string Secret(V1Container container) => container.Env.Single(variable => variable.Name == "PGPASSWORD").ValueFrom.SecretKeyRef.Name;
    }

    [Theory]
    [InlineData("store: { address: 'postgres://a@h/m', loadAddress: 'postgres://b@h/m', ownerAddress: 'postgres://a@h/m' }", "the same login")]
    [InlineData("store: { address: 'postgres://a@h/m', loadAddress: 'postgres://a@h/m', ownerAddress: 'postgres://b@h/m' }", "the same login")]
    [InlineData("store: { address: 'postgres://a@h/m', ownerAddress: 'postgres://b@h/m' }", "store.loadAddress is empty")]
    [InlineData("store: { address: 'postgres://a@h/m', loadAddress: 'postgres://b@h/m' }", "store.ownerAddress is empty")]
    public async Task The_chart_refuses_nodes_that_log_in_as_another_part(string values, string reason)
    {
        DeployedFiles.Program("golang-1.19-go golang-github-masterminds-sprig-dev", "/usr/lib/go-1.19/bin/go", "/usr/bin/helm");
        _workspace.Write("values.yaml", values);
        await using var process = StartRendering(_workspace.GetPath("values.yaml"));
        var result = await process.WaitAsync();
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
    }

    private static V1Deployment Nodes(IReadOnlyList<object> objects) => objects.OfType<V1Deployment>().Single(one => one.Metadata.Name == "cineledger");

    private static V1Service Service(IReadOnlyList<object> objects) => objects.OfType<V1Service>().Single(one => one.Metadata.Name == "cineledger");

    private CineLedgerProcess StartRendering(params string[] values) => CineLedgerProcess.StartOther(
        _workspace.Folder, "bash", [DeployedFiles.GetPath("kubernetes", "render.sh"), .. values], null,
        new Dictionary<string, string> { ["GOCACHE"] = Path.Combine(Path.GetTempPath(), $"cineledger-go-{Convert.ToHexString(SHA256.HashData("chart"u8))[..8]}") });

    private async Task<string> RenderAsync(params string[] values)
    {
        await using var process = StartRendering(values);
        var result = await process.WaitAsync();
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Output;
    }

    public void Dispose() => _workspace.Dispose();
}
