using System.Collections.Frozen;
using System.IO.Hashing;
using System.Reflection;
using CineLedger.Web.Http;

namespace CineLedger.Web.Dashboard.Assets;

/// <summary>
/// The styles, scripts, fonts and images of pages, embedded in the assembly. Their addresses contain a hash of their content, so browsers can cache them
/// permanently. They are read when the first page is requested.
/// </summary>
internal static class AssetStore
{
    public const string ChartScript = "echarts.min.js";

    private const string Prefix = "assets/";

    private static readonly Lazy<FrozenDictionary<string, Asset>> Assets = new(ReadAll);

    public static Asset? Find(string name) => Assets.Value.GetValueOrDefault(name);

    /// <summary>Returns the address of an asset: <c>/assets/HASH/NAME</c>.</summary>
    public static string GetAddress(string name) => Assets.Value[name].Address;

    private static FrozenDictionary<string, Asset> ReadAll()
    {
        var assembly = typeof(AssetStore).Assembly;
        var files = assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).Select(name => (Name: name[Prefix.Length..], Content: Read(assembly, name))).ToList();

        // Our files refer to each other, so they share one hash. The chart library has its own, so its address changes only with the library.
        var ours = new XxHash128();
        foreach (var (_, content) in files.Where(file => file.Name != ChartScript))
        {
            ours.Append(content);
        }

        var hash = Convert.ToHexStringLower(ours.GetCurrentHash());
        return files.ToFrozenDictionary(
            file => file.Name,
            file => new Asset(file.Name, file.Name == ChartScript ? Convert.ToHexStringLower(XxHash128.Hash(file.Content)) : hash, file.Content),
            StringComparer.Ordinal);
    }

    private static byte[] Read(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}

/// <summary>One file. Each compressed form is created when it is first requested.</summary>
internal sealed class Asset(string name, string hash, byte[] content)
{
    private readonly Lazy<byte[]> _brotli = new(() => ContentCodings.Compress(content, ContentCoding.Brotli));
    private readonly Lazy<byte[]> _gzip = new(() => ContentCodings.Compress(content, ContentCoding.Gzip));

    public string Hash { get; } = hash;

    public string Address { get; } = $"/assets/{hash}/{name}";

    public string ContentType { get; } = Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".woff2" => "font/woff2",
        var other => throw new NotSupportedException($"no content type is defined for assets with the extension {other}"),
    };

    /// <summary>Returns the body in the best accepted encoding. Files that are already compressed are not encoded.</summary>
    public (byte[] Body, string? Encoding) GetBody(string acceptEncoding)
    {
        var coding = ContentType == "font/woff2" ? ContentCoding.Identity : ContentCodings.Choose(acceptEncoding);
        var body = coding switch
        {
            ContentCoding.Brotli => _brotli.Value,
            ContentCoding.Gzip => _gzip.Value,
            _ => content,
        };
        return (body, ContentCodings.GetName(coding));
    }
}
