using System.Security.Cryptography;
using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Web.Errors;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CineLedger.Web.Uploads;

/// <summary>
/// The files that callers have uploaded to this server. They are temporary files, deleted after they were loaded, one hour after they arrived, and when the
/// server stops; those of a killed server are deleted as <see cref="CineLedger.Files.Leftover"/>.
/// </summary>
internal sealed class UploadStore(WebOptions options, TimeProvider time, ILogger<UploadStore> logger) : IHostedService, IAsyncDisposable
{
    /// <summary>The number of uploads that are kept. Another one replaces the oldest.</summary>
    public const int MaxUploads = 4;

    private const int MaxNameLength = 200;

    /// <summary>How long an upload is kept.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>How long to wait before deleting an expired upload that a load is still reading.</summary>
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly List<Upload> _uploads = [];
    private readonly SemaphoreSlim _arriving = new(MaxUploads);

    /// <summary>Stores a file.</summary>
    /// <param name="content">The file.</param>
    /// <param name="name">Its name, as the sender gave it.</param>
    /// <param name="length">The length that the sender announces; null if unknown.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="ProblemException">Too many files are arriving.</exception>
    /// <exception cref="LedgerException">The file is too large or of another kind, or cannot be stored.</exception>
    public async Task<Upload> AddAsync(Stream content, string? name, long? length, CancellationToken cancellationToken)
    {
        if (!_arriving.Wait(0, CancellationToken.None))
        {
            throw Problems.QueueFull("uploads", seconds: 10);
        }

        try
        {
            var copy = await SourceCopy.CreateAsync(content, CleanName(name), length, options.Sources with { Logger = logger }, cancellationToken);
            var upload = new Upload(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), copy, time.GetUtcNow().UtcDateTime);
            upload.Expiry = time.CreateTimer(_ => _ = DeleteAsync(upload), null, Lifetime, RetryInterval);
            List<Upload> replaced;
            lock (_lock)
            {
                _uploads.Add(upload);
                replaced = [.. _uploads.Where(other => other != upload && !other.IsUsed).Take(Math.Max(0, _uploads.Count - MaxUploads))];
                _uploads.RemoveAll(replaced.Contains);
            }

            await DeleteAsync(replaced);
            return upload;
        }
        finally
        {
            _arriving.Release();
        }
    }

    /// <summary>Returns an upload that is still kept; null if there is none.</summary>
    public Upload? Find(string id)
    {
        lock (_lock)
        {
            return _uploads.Find(upload => upload.Id == id && upload.ExpiresAt > time.GetUtcNow().UtcDateTime);
        }
    }

    /// <summary>Returns an upload. Throws a <see cref="ProblemException"/> if this server does not have it.</summary>
    public Upload GetRequired(string id) => Find(id)
        ?? throw Problems.NotFound("this server does not have this upload: it was loaded, deleted or is older than an hour, or another server received it. Upload the file again.");

    /// <summary>Deletes an upload, unless a load is reading it. Returns whether it was deleted.</summary>
    public async Task<bool> DeleteAsync(Upload upload)
    {
        lock (_lock)
        {
            if (upload.IsUsed || !_uploads.Remove(upload))
            {
                return false;
            }
        }

        await DeleteAsync([upload]);
        return true;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        List<Upload> all;
        lock (_lock)
        {
            all = [.. _uploads];
            _uploads.Clear();
        }

        await DeleteAsync(all);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        _arriving.Dispose();
    }

    private static async Task DeleteAsync(IEnumerable<Upload> uploads)
    {
        foreach (var upload in uploads)
        {
            upload.Expiry?.Dispose();
            await upload.Copy.DisposeAsync();
        }
    }

    /// <summary>Returns the last part of a path, of limited length and without control characters.</summary>
    private static string CleanName(string? name)
    {
        var plain = DisplayText.RemoveControls(name ?? "").Split('/', '\\')[^1].Trim();
        return plain.Length == 0 ? "upload" : plain.Length <= MaxNameLength ? plain : plain[..MaxNameLength];
    }
}
