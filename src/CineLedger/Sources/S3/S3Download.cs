using System.IO.Enumeration;
using System.IO.Hashing;
using System.Text;
using Amazon.S3.Model;
using CineLedger.Model;
using CineLedger.Sources.Http;

namespace CineLedger.Sources.S3;

/// <summary>Downloads objects from S3. The assemblies of the AWS client are loaded only when a method of this class is called.</summary>
internal static class S3Download
{
    /// <summary>Downloads one object; see <see cref="Download.RunAsync"/>.</summary>
    /// <param name="required">The entity tag of the only acceptable version; null to accept any.</param>
    public static async Task<Download?> RunAsync(
        S3Location place, string? knownVersion, string? required, SourceOptions options, CancellationToken cancellationToken)
    {
        using var connection = S3Connection.Open(options);
        return await Download.RunAsync(
            place.ToString(), options, file => new S3Transfer(connection, place, HttpVersion.Parse(knownVersion), required, file, options), cancellationToken);
    }

    /// <summary>Lists the objects at a location in the order of their keys. In a folder, only files with names of the dataset are listed.</summary>
    /// <exception cref="LedgerException">The objects cannot be listed, or there are none.</exception>
    public static async Task<IReadOnlyList<ListedObject>> ListAsync(S3Location place, SourceOptions options, CancellationToken cancellationToken)
    {
        using var connection = S3Connection.Open(options);
        var tries = 0;
        var found = new List<S3Object>();
        try
        {
            await DownloadRetry.CreatePipeline(options, place.ToString()).ExecuteAsync(
                async stop =>
                {
                    tries++;
                    found.Clear();
                    await ListAsync(connection, place, found, options, stop);
                },
                cancellationToken);
        }
        catch (DownloadFailure failure)
        {
            throw new LedgerException(Download.Describe(place.ToString(), tries, failure), failure);
        }

        ListedObject[] items = [.. found.Where(item => IsMatch(place, item.Key)).Select(item => new ListedObject(place with { Key = item.Key }, item.ETag, item.Size ?? 0))];
        return items.Length > 0 ? items : throw new LedgerException(
            $"{place}: no object of the dataset found{(found.Count > 0 ? $"; the first of {found.Count} is {found[0].Key}" : "")}. Check the key, which is case-sensitive.");
    }

    /// <summary>Returns one version for several objects, which changes when any of them changes.</summary>
    public static string CombineVersions(IEnumerable<ListedObject> items) => Convert.ToHexStringLower(
        XxHash128.Hash(Encoding.UTF8.GetBytes(string.Join('\n', items.Select(item => FormattableString.Invariant($"{item.Place.Key} {item.ETag} {item.Bytes}"))))));

    private static async Task ListAsync(S3Connection connection, S3Location place, List<S3Object> found, SourceOptions options, CancellationToken cancellationToken)
    {
        // Subfolders are ignored, as on disk.
        var request = new ListObjectsV2Request { BucketName = place.Bucket, Prefix = place.Prefix, Delimiter = "/" };
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            do
            {
                silence.CancelAfter(options.ConnectTimeout + options.StallTimeout);
                var page = await connection.Client.ListObjectsV2Async(request, silence.Token);
                found.AddRange(page.S3Objects ?? []);
                request.ContinuationToken = page.IsTruncated == true ? page.NextContinuationToken : null;
            }
            while (request.ContinuationToken is not null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw DownloadFailure.FromTimeout($"the server did not respond within {(options.ConnectTimeout + options.StallTimeout).TotalSeconds:0.#} s");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw S3Errors.FromException(e, place, connection.Principal);
        }
    }

    private static bool IsMatch(S3Location place, string key) => place.IsFolder
        ? DatasetFiles.Recognize(key) is not null
        : FileSystemName.MatchesSimpleExpression(place.Key, key, ignoreCase: false);
}

/// <summary>A listed object.</summary>
internal sealed record ListedObject(S3Location Place, string ETag, long Bytes);
