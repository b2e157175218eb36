using System.Text.RegularExpressions;
using CineLedger.SystemTests.CommandLine;

namespace CineLedger.SystemTests.Deployment;

/// <summary>nginx's own check of the configuration; <see cref="InstallationTests"/> test its behavior.</summary>
public sealed class ProxyTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Theory]
    [InlineData("nginx/nginx.conf")]
    [InlineData("swarm/nginx.conf")]
    public async Task Nginx_accepts_its_configuration(string path)
    {
        var nginx = DeployedFiles.Program("nginx-light", "/usr/sbin/nginx");

        // nginx resolves host names and opens its files during the check, so both are replaced.
        var text = Regex.Replace(DeployedFiles.Text(path.Split('/')), "server (node1|node2|api|loader):8080", "server 127.0.0.1:9").Replace("/tmp/", $"{_workspace.Folder}/", StringComparison.Ordinal);
        Assert.Contains("server 127.0.0.1:9", text, StringComparison.Ordinal);
        _workspace.Write("nginx.conf", text);
        Assert.Contains("test is successful", await DeployedFiles.RunSuccessfullyAsync(_workspace.Folder, nginx, "-t", "-p", _workspace.Folder, "-c", _workspace.GetPath("nginx.conf")), StringComparison.Ordinal);
    }

    public void Dispose() => _workspace.Dispose();
}
