using System.IO.Enumeration;
using System.Text.Json;
using CineLedger.Model;
using CineLedger.Sources.S3;

namespace CineLedger.Sources;

/// <summary>Opens several sources in parallel, up to a limit that suits networks and disks.</summary>
internal static class SourceParts
{
    private const int MaxConcurrency = 4;

    /// <summary>Opens all addresses, or returns null if each of them still has its known version.</summary>
    /// <param name="addresses">Two or more addresses.</param>
    /// <param name="knownVersion">A version created by <see cref="CombineVersions"/>; null to open unconditionally.</param>
    public static async Task<Dataset?> OpenIfChangedAsync(
        IReadOnlyList<string> addresses, string? knownVersion, SourceOptions options, CancellationToken cancellationToken)
    {
        var parsedAddresses = addresses.Select(SourceAddress.Parse).ToList();
        var displayName = JoinDisplayNames(parsedAddresses);
        if (parsedAddresses.Count(place => place.DisplayName == SourceAddress.StandardInput) > 1)
        {
            throw new UsageException("standard input can be read only once: give '-' once.");
        }

        var known = ReadVersion(knownVersion, addresses.Count);
        var progress = new CombinedProgress(options.Progress, addresses.Count);
        var members = await OpenAllAsync(
            addresses, (address, i, stop) => SourceOpener.OpenIfChangedAsync(address, known?[i], options with { Progress = progress.ForPart(i) }, stop), cancellationToken);
        if (members.All(member => member is null))
        {
            return null;
        }

        // If one source has changed, the others are needed too.
        try
        {
            var missing = await OpenAllAsync(
                [.. members.Select((member, i) => member is null ? addresses[i] : null)],
                async (address, i, stop) => address is null ? null : await SourceOpener.OpenAsync(address, options with { Progress = progress.ForPart(i) }, stop),
                cancellationToken);
            return Combine(displayName, [.. members.Select((member, i) => member ?? missing[i]!)]);
        }
        catch
        {
            await DisposeAsync(members);
            throw;
        }
    }

    /// <summary>Joins several addresses into one display name.</summary>
    public static string JoinDisplayNames(IEnumerable<SourceAddress> places) => string.Join(" + ", places.Select(place => place.DisplayName));

    /// <summary>Opens the files of a folder that match a pattern in the last part of the path.</summary>
    public static async Task<Dataset?> OpenPatternAsync(string pattern, string? knownVersion, SourceOptions options, CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(pattern) is { Length: > 0 } named ? named : ".";
        var name = Path.GetFileName(pattern);
        string[] paths;
        try
        {
            paths = [.. Directory.EnumerateFiles(folder).Where(path => FileSystemName.MatchesSimpleExpression(name, Path.GetFileName(path), ignoreCase: false))
                .Select(path => folder == "." ? Path.GetFileName(path) : path).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LedgerException($"{pattern}: cannot be read. {e.Message.TrimEnd('.')}. Check the folder and its permissions.", e);
        }
        if (paths.Length == 0)
        {
            throw new LedgerException($"{pattern}: no such file. Check the pattern and the working directory.");
        }

        var version = FileStamp.Combine(paths.Select(path => (Path.GetFileName(path), FileStamp.Create(path))));
        if (version == knownVersion)
        {
            return null;
        }

        var members = await OpenAllAsync(paths, async (path, _, stop) => await SourceOpener.OpenAsync(path, options, stop), cancellationToken);
        return await DisposeOnFailureAsync(members!, () => new PartsDataset(pattern, members!) { Address = pattern, Version = version });
    }

    /// <summary>Opens the S3 objects in a folder, or those whose keys match a pattern.</summary>
    public static async Task<Dataset?> OpenObjectsAsync(S3Location place, string? knownVersion, SourceOptions options, CancellationToken cancellationToken)
    {
        var items = await S3Download.ListAsync(place, options, cancellationToken);
        var version = S3Download.CombineVersions(items);
        if (version == knownVersion)
        {
            return null;
        }

        var progress = new CombinedProgress(options.Progress, items.Count);
        var members = await OpenAllAsync(
            items,
            async (item, i, stop) =>
            {
                // The listed versions are required; otherwise the version above would be wrong.
                var download = (await S3Download.RunAsync(item.Place, null, item.ETag, options with { Progress = progress.ForPart(i) }, stop))!;
                return await SourceOpener.OpenSpoolAsync(download.File, item.Place.ToString(), download.Version, item.Place.Key, stop);
            },
            cancellationToken);
        return await DisposeOnFailureAsync(members!, () => new PartsDataset(place.ToString(), members!) { Address = place.ToString(), Version = version });
    }

    /// <summary>Returns the versions of several sources as one text; null if one of them has none.</summary>
    private static string? CombineVersions(IReadOnlyList<Dataset> members) => members.All(member => member.Version is not null)
        ? JsonSerializer.Serialize([.. members.Select(member => member.Version!)], SourceJson.Default.StringArray)
        : null;

    private static PartsDataset Combine(string displayName, IReadOnlyList<Dataset> members) =>
        new(displayName, members) { Address = displayName, Version = CombineVersions(members), Options = members[0].Options };

    private static string[]? ReadVersion(string? text, int count)
    {
        if (text is not ['[', '"', ..])
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(text, SourceJson.Default.StringArray) is { } versions && versions.Length == count ? versions : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Opens all sources. If one fails, the others are closed and the first failure is thrown.</summary>
    private static async Task<Dataset?[]> OpenAllAsync<T>(
        IReadOnlyList<T> places, Func<T, int, CancellationToken, Task<Dataset?>> open, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var throttle = new SemaphoreSlim(MaxConcurrency);
        var opened = new Dataset?[places.Count];
        Exception? first = null;
        await Task.WhenAll(places.Select(async (place, i) =>
        {
            try
            {
                await throttle.WaitAsync(stop.Token);
                try
                {
                    opened[i] = await open(place, i, stop.Token);
                }
                finally
                {
                    throttle.Release();
                }
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref first, e, null);
                await stop.CancelAsync();
            }
        }));
        if (first is null)
        {
            return opened;
        }

        await DisposeAsync(opened);
        cancellationToken.ThrowIfCancellationRequested();
        System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);
        return opened;
    }

    private static async Task<Dataset> DisposeOnFailureAsync(Dataset?[] members, Func<Dataset> make)
    {
        try
        {
            return make();
        }
        catch
        {
            await DisposeAsync(members);
            throw;
        }
    }

    private static async Task DisposeAsync(IEnumerable<Dataset?> members)
    {
        foreach (var member in members)
        {
            if (member is not null)
            {
                await member.DisposeAsync();
            }
        }
    }

    /// <summary>Adds up the progress of several downloads.</summary>
    private sealed class CombinedProgress(IProgress<SourceProgress>? whole, int count)
    {
        private readonly SourceProgress[] _parts = new SourceProgress[count];

        public IProgress<SourceProgress>? ForPart(int part) => whole is null ? null : new PartProgress(this, part);

        private void Report(int part, SourceProgress value)
        {
            lock (_parts)
            {
                _parts[part] = value;
                whole!.Report(new SourceProgress(_parts.Sum(one => one.Bytes), _parts.All(one => one.Total is not null) ? _parts.Sum(one => one.Total) : null));
            }
        }

        private sealed class PartProgress(CombinedProgress progress, int part) : IProgress<SourceProgress>
        {
            public void Report(SourceProgress value) => progress.Report(part, value);
        }
    }
}
