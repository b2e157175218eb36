using System.Net;
using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Sources.Http;

namespace CineLedger.Tests.Sources;

/// <summary>Where strangers may send this machine.</summary>
public sealed class PublicNetworkTests
{
    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::808:808")]
    public void The_public_internet_is_open(string address) => Assert.True(PublicNetwork.Has(IPAddress.Parse(address)));

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
    public void This_machine_its_network_and_what_is_reserved_are_not(string address) => Assert.False(PublicNetwork.Has(IPAddress.Parse(address)));

    [Theory]
    [InlineData("http://127.0.0.1:1/movies.zip")]
    [InlineData("http://localhost:1/movies.zip")]
    [InlineData("http://[::1]:1/movies.zip")]
    [InlineData("http://2130706433:1/movies.zip")]
    [InlineData("http://0x7f.1:1/movies.zip")]
    public async Task A_download_for_strangers_is_refused_at_the_connection_and_not_tried_again(string address)
    {
        var options = SourceOptions.Default with { PublicHostsOnly = true, RetryDelay = TimeSpan.FromHours(1) };
        var error = await Assert.ThrowsAsync<LedgerException>(() => SourceOpener.OpenAsync(address, options, TestContext.Current.CancellationToken));
        Assert.Contains("not an address of the public internet. Name a source on the public internet.", error.Message, StringComparison.Ordinal);
    }
}
