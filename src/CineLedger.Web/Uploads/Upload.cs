using CineLedger.Sources;

namespace CineLedger.Web.Uploads;

/// <summary>A file that a caller has uploaded to this server, to be checked and loaded.</summary>
/// <param name="id">The ID, which cannot be guessed.</param>
/// <param name="copy">The file.</param>
/// <param name="uploadedAt">When it arrived.</param>
internal sealed class Upload(string id, SourceCopy copy, DateTime uploadedAt)
{
    private int _users;

    public string Id => id;

    public SourceCopy Copy => copy;

    /// <summary>The file's name, as the sender gave it.</summary>
    public string Name => copy.Name;

    public DateTime UploadedAt => uploadedAt;

    public DateTime ExpiresAt => uploadedAt + UploadStore.Lifetime;

    /// <summary>Deletes the file when it has expired.</summary>
    public ITimer? Expiry { get; set; }

    /// <summary>Whether a load is reading the file.</summary>
    public bool IsUsed => Volatile.Read(ref _users) > 0;

    /// <summary>Keeps the file until <see cref="EndUse"/>, even if it expires.</summary>
    public void BeginUse() => Interlocked.Increment(ref _users);

    public void EndUse() => Interlocked.Decrement(ref _users);
}

/// <summary>An upload in a response. Times are UTC.</summary>
/// <param name="Id">The ID of the upload.</param>
/// <param name="Name">The file's name.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="UploadedAt">When it arrived.</param>
/// <param name="ExpiresAt">When it is deleted.</param>
internal sealed record UploadView(string Id, string Name, long Bytes, DateTime UploadedAt, DateTime ExpiresAt)
{
    public static UploadView Create(Upload upload) => new(upload.Id, upload.Name, upload.Copy.Bytes, upload.UploadedAt, upload.ExpiresAt);
}
