using System.Text.RegularExpressions;
using CineLedger.SystemTests.CommandLine;

namespace CineLedger.SystemTests.Deployment;

/// <summary>nginx's own opinion of the configuration; how it behaves is seen in <see cref="InstallationTests"/>.</summary>
public sealed class ProxyTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Theory]
    [InlineData("nginx/nginx.conf")]
    [InlineData("swarm/nginx.conf")]
    public async Task Nginx_accepts_its_configuration(string path)
    {
        var nginx = DeployedFiles.Program("nginx-light", "/usr/sbin/nginx");

        // It looks names up when it reads them, and writes where it is told.
        var text = Regex.Replace(DeployedFiles.Text(path.Split('/')), "server (node1|node2|api):8080", "server 127.0.0.1:9").Replace("/tmp/", $"{_workspace.Folder}/", StringComparison.Ordinal);
        Assert.Contains("server 127.0.0.1:9", text, StringComparison.Ordinal);
        _workspace.Write("nginx.conf", text);
        Assert.Contains("test is successful", await DeployedFiles.RunSuccessfullyAsync(_workspace.Folder, nginx, "-t", "-p", _workspace.Folder, "-c", _workspace.GetPath("nginx.conf")), StringComparison.Ordinal);
    }

    public void Dispose() => _workspace.Dispose();
}
