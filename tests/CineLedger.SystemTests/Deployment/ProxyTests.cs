using System.Text.RegularExpressions;
using CineLedger.SystemTests.CommandLine;

namespace CineLedger.SystemTests.Deployment;

/// <summary>nginx's own opinion of the configuration; how it behaves is seen in <see cref="InstallationTests"/>.</summary>
public sealed class ProxyTests : IDisposable
{
    private readonly Desk _desk = new();

    [Theory]
    [InlineData("nginx/nginx.conf")]
    [InlineData("swarm/nginx.conf")]
    public async Task Nginx_takes_its_configuration(string path)
    {
        var nginx = DeployedFiles.Program("nginx-light", "/usr/sbin/nginx");

        // It looks names up when it reads them, and writes where it is told.
        var text = Regex.Replace(DeployedFiles.Text(path.Split('/')), "server (node1|node2|api):8080", "server 127.0.0.1:9").Replace("/tmp/", $"{_desk.Folder}/", StringComparison.Ordinal);
        Assert.Contains("server 127.0.0.1:9", text, StringComparison.Ordinal);
        _desk.Write("nginx.conf", text);
        Assert.Contains("test is successful", await DeployedFiles.GoodAsync(_desk.Folder, nginx, "-t", "-p", _desk.Folder, "-c", _desk.PathOf("nginx.conf")), StringComparison.Ordinal);
    }

    public void Dispose() => _desk.Dispose();
}
