using System.Net;
using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Sources.Http;

namespace CineLedger.Tests.Sources;

/// <summary>Tests which addresses this machine may connect to at a remote caller's request.</summary>
public sealed class PublicNetworkTests
{
    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::808:808")]
    public void Public_addresses_are_public(string address) => Assert.True(PublicNetwork.Contains(IPAddress.Parse(address)));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.9.10")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("168.63.129.16")]
    [InlineData("100.64.0.1")]
    [InlineData("100.100.100.200")]
    [InlineData("192.0.0.192")]
    [InlineData("198.18.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::7f00:1")]
    [InlineData("fe80::1")]
    [InlineData("fc00::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("ff02::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2001:0:4136:e378::1")]
    [InlineData("2001:db8::1")]
    public void Loopback_private_and_reserved_addresses_are_not_public(string address) => Assert.False(PublicNetwork.Contains(IPAddress.Parse(address)));

    [Theory]
    [InlineData("http://127.0.0.1:1/movies.zip")]
    [InlineData("http://localhost:1/movies.zip")]
    [InlineData("http://[::1]:1/movies.zip")]
    [InlineData("http://2130706433:1/movies.zip")]
    [InlineData("http://0x7f.1:1/movies.zip")]
    public async Task A_download_from_a_private_address_is_refused_at_connect_and_not_retried(string address)
    {
        var options = SourceOptions.Default with { RequiresPublicHosts = true, RetryDelay = TimeSpan.FromHours(1) };
        var error = await Assert.ThrowsAsync<LedgerException>(() => SourceOpener.OpenAsync(address, options, TestContext.Current.CancellationToken));
        Assert.Contains("not an address of the public internet. Use a source on the public internet.", error.Message, StringComparison.Ordinal);
    }
}
