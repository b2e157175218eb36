using CineLedger.Model;

namespace CineLedger.Sources;

/// <summary>A location in S3: one object, or several if the last part of the key contains a <c>*</c> or is empty.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="Key">The unescaped key.</param>
public sealed record S3Location(string Bucket, string Key)
{
    /// <summary>True for a key prefix that acts as a folder.</summary>
    public bool IsFolder => Key.Length == 0 || Key.EndsWith('/');

    /// <summary>True if the location can contain several objects.</summary>
    public bool MayContainSeveral => IsFolder || Key.Contains('*', StringComparison.Ordinal);

    /// <summary>The common prefix of all keys at this location.</summary>
    public string Prefix => Key.IndexOf('*', StringComparison.Ordinal) is >= 0 and var star ? Key[..star] : Key;

    /// <param name="text">The text after <c>s3://</c>.</param>
    /// <exception cref="UsageException">The bucket is missing, or a <c>*</c> occurs before the last part of the key.</exception>
    public static S3Location Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var (bucket, key) = slash < 0 ? (text, "") : (text[..slash], text[(slash + 1)..]);
        if (bucket.Length < 3 || !bucket.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_'))
        {
            throw new UsageException("The s3:// address has no valid bucket. Use s3://bucket/key, without user, password or host.");
        }

        if (key.LastIndexOf('*') >= 0 && key.IndexOf('*', StringComparison.Ordinal) < key.LastIndexOf('/'))
        {
            throw new UsageException($"s3://{bucket}/{key}: only the last part of a key may contain a '*'.");
        }

        return new S3Location(bucket, key);
    }

    public override string ToString() => $"s3://{Bucket}/{Key}";
}

/// <summary>Options for S3. Values that are null come from the environment and the AWS configuration files.</summary>
public sealed record S3Options
{
    /// <summary>The address of an S3-compatible server (MinIO, Ceph, R2 …); null for <c>AWS_ENDPOINT_URL_S3</c>, <c>AWS_ENDPOINT_URL</c> or AWS itself.</summary>
    public string? Endpoint { get; init; }

    /// <summary>The bucket's region; null for <c>AWS_REGION</c>, the profile's region, or us-east-1.</summary>
    public string? Region { get; init; }

    /// <summary>A profile from <c>~/.aws</c>; null for <c>AWS_PROFILE</c>, or the keys from the environment.</summary>
    public string? Profile { get; init; }

    /// <summary>Sends requests without credentials even if some are configured.</summary>
    public bool IsAnonymous { get; init; }
}
