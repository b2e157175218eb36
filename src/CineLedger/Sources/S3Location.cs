using CineLedger.Model;

namespace CineLedger.Sources;

/// <summary>A place in S3: one object, or several where the last part of the key has a <c>*</c> or is empty.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="Key">The key as it is, nothing escaped in it.</param>
public sealed record S3Location(string Bucket, string Key)
{
    /// <summary>Whether it names all that begins alike, as a folder does, rather than one object.</summary>
    public bool IsFolder => Key.Length == 0 || Key.EndsWith('/');

    /// <summary>Whether it may name several objects.</summary>
    public bool IsMany => IsFolder || Key.Contains('*', StringComparison.Ordinal);

    /// <summary>What all its keys begin with.</summary>
    public string Prefix => Key.IndexOf('*', StringComparison.Ordinal) is >= 0 and var star ? Key[..star] : Key;

    /// <param name="text">What follows <c>s3://</c>.</param>
    /// <exception cref="UsageException">There is no bucket in it, or a <c>*</c> where none may be.</exception>
    public static S3Location Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var (bucket, key) = slash < 0 ? (text, "") : (text[..slash], text[(slash + 1)..]);
        if (bucket.Length < 3 || !bucket.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_'))
        {
            throw new UsageException("The s3:// address names no bucket. Write s3://bucket/key, without user, password or host.");
        }

        if (key.LastIndexOf('*') >= 0 && key.IndexOf('*', StringComparison.Ordinal) < key.LastIndexOf('/'))
        {
            throw new UsageException($"s3://{bucket}/{key}: only the last part of a key may hold a '*'.");
        }

        return new S3Location(bucket, key);
    }

    public override string ToString() => $"s3://{Bucket}/{Key}";
}

/// <summary>How S3 is reached. What is null here is taken from the environment and the shared files of AWS' own tools.</summary>
public sealed record S3Options
{
    /// <summary>The address of a server that speaks S3 (MinIO, Ceph, R2 …); null for <c>AWS_ENDPOINT_URL_S3</c>, <c>AWS_ENDPOINT_URL</c> or AWS itself.</summary>
    public string? Endpoint { get; init; }

    /// <summary>The bucket's region; null for <c>AWS_REGION</c>, the profile's, or us-east-1.</summary>
    public string? Region { get; init; }

    /// <summary>A profile of <c>~/.aws</c>; null for <c>AWS_PROFILE</c>, or the keys of the environment.</summary>
    public string? Profile { get; init; }

    /// <summary>Asks without credentials even where there are some.</summary>
    public bool IsAnonymous { get; init; }
}
