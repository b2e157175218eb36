using CineLedger.SystemTests.CommandLine;
using CineLedger.Tests.Support;

namespace CineLedger.SystemTests.Packaging;

/// <summary>The scripts that make a release verifiable: its signature, and the digests of images.</summary>
public sealed class ReleaseScriptTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task Signed_checksums_are_verified_with_the_public_key_and_changed_ones_are_not()
    {
        Assert.SkipUnless((await _workspace.RunShellAsync("command -v ssh-keygen")).ExitCode == 0, "OpenSSH is not installed.");
        var result = await _workspace.RunShellAsync($$"""
            set -e
            mkdir release && echo content > release/file && (cd release && sha256sum file > SHA256SUMS)
            ssh-keygen -q -t ed25519 -N '' -f key
            bash '{{Repository.GetPath("deploy/sign.sh")}}' key release
            echo "releases $(cat key.pub)" > signers
            cd release
            ssh-keygen -Y verify -f ../signers -I releases -n cineledger-release -s SHA256SUMS.sig < SHA256SUMS > /dev/null && sha256sum --check --quiet SHA256SUMS && echo verified
            sed -i 's/^./0/; s/^00/11/' SHA256SUMS
            ssh-keygen -Y verify -f ../signers -I releases -n cineledger-release -s SHA256SUMS.sig < SHA256SUMS > /dev/null 2>&1 || echo refused
            """);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(["verified", "refused"], result.OutputLines);
    }

    /// <summary>With a registry that knows one digest: a stub of docker in its place.</summary>
    [Fact]
    public async Task Images_are_pinned_by_digest_and_the_check_finds_those_that_are_not()
    {
        var result = await _workspace.RunShellAsync($$"""
            set -e
            cp -r '{{Repository.GetPath("deploy")}}' deploy
            mkdir bin && printf '#!/bin/sh\nprintf "sha256:%%064d\\n" 7\n' > bin/docker && chmod +x bin/docker
            PATH="$PWD/bin:$PATH" bash deploy/pin-images.sh > pinned
            bash deploy/pin-images.sh --check && wc -l < pinned
            PATH="$PWD/bin:$PATH" bash deploy/pin-images.sh > /dev/null && grep -rhoE '@sha256:[0-9]+' deploy | sort -u
            sed -i 's|\(image: .*postgres:15\)@.*|\1|' deploy/compose/compose.yaml
            bash deploy/pin-images.sh --check || echo unpinned
            """);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(["11", $"@sha256:{7:D64}", "unpinned"], result.OutputLines.Select(line => line.Trim()));
        Assert.Contains("deploy/compose/compose.yaml: postgres:15 is not pinned by digest", result.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _workspace.Dispose();
}
