using System.Collections.Frozen;
using System.IO.Hashing;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using CineLedger.Web.Http;

namespace CineLedger.Web.Dashboard.Assets;

/// <summary>
/// The styles, scripts, fonts and images of pages, bundled by the build (build/Assets.targets) and embedded in the assembly. Their addresses contain a hash of their
/// content, so browsers can cache them permanently. They are read when the first page is requested.
/// </summary>
internal static class AssetStore
{
    private const string Prefix = "assets/";
    private const string Compressed = ".br";

    private static readonly Lazy<FrozenDictionary<string, Asset>> Assets = new(ReadAll);

    public static Asset? Find(string name) => Assets.Value.GetValueOrDefault(name);

    /// <summary>Returns the address of an asset: <c>/assets/HASH/NAME</c>.</summary>
    public static string GetAddress(string name) => Assets.Value[name].Address;

    /// <summary>The script that pages contain: it runs before the first paint, so a request for it would delay every page.</summary>
    public static string ThemeScript { get; } = Encoding.UTF8.GetString(Assets.Value["theme.js"].Content);

    /// <summary>The hash that a content security policy names to allow <see cref="ThemeScript"/>.</summary>
    public static string ThemeScriptHash { get; } = $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(ThemeScript)))}'";

    private static FrozenDictionary<string, Asset> ReadAll()
    {
        var assembly = typeof(AssetStore).Assembly;
        var files = assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .ToDictionary(name => name[Prefix.Length..], name => Read(assembly, name), StringComparer.Ordinal);

        // The style sheet refers to the fonts by their names, so these files share one hash. Each script has its own: most releases leave some of them unchanged.
        var shared = new XxHash128();
        foreach (var (name, content) in files.Where(file => !IsScript(file.Key)))
        {
            shared.Append(content);
        }

        var hash = Convert.ToHexStringLower(shared.GetCurrentHash());
        return files.Where(file => !file.Key.EndsWith(Compressed, StringComparison.Ordinal)).ToFrozenDictionary(
            file => file.Key,
            file => new Asset(
                file.Key, IsScript(file.Key) ? Convert.ToHexStringLower(XxHash128.Hash(file.Value)) : hash, file.Value, files.GetValueOrDefault(file.Key + Compressed)),
            StringComparer.Ordinal);
    }

    private static bool IsScript(string name) => Path.GetExtension(name) == ".js";

    private static byte[] Read(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}

/// <summary>One file. A compressed form that the build did not create is created when it is first requested.</summary>
internal sealed class Asset(string name, string hash, byte[] content, byte[]? compressed)
{
    private readonly Lazy<byte[]> _brotli = new(() => compressed ?? ContentCodings.Compress(content, ContentCoding.Brotli));
    private readonly Lazy<byte[]> _gzip = new(() => ContentCodings.Compress(content, ContentCoding.Gzip));

    public byte[] Content => content;

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
