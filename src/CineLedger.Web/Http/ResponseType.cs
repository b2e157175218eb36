using CineLedger.Export;

namespace CineLedger.Web.Http;

/// <summary>The type of a response's body: one of the formats of tables, or an image.</summary>
/// <param name="Name">The name of the format, which is also the extension of a downloaded file.</param>
/// <param name="ContentType">The header <c>Content-Type</c>.</param>
public sealed record ResponseType(string Name, string ContentType)
{
    public static ResponseType Svg { get; } = new("svg", "image/svg+xml; charset=utf-8") { IsCompressible = true };

    public static ResponseType Png { get; } = new("png", "image/png");

    private static readonly ResponseType[] Tables =
    [
        .. Enum.GetValues<OutputFormat>().Select(OutputFormatInfo.Get)
            .Select(known => new ResponseType(known.Name, known.MediaType + known.MediaTypeParameters) { IsCompressible = !known.IsBinary, IsAttachment = known.IsBinary }),
    ];

    /// <summary>Whether compression makes the body smaller.</summary>
    public bool IsCompressible { get; private init; }

    /// <summary>Whether browsers save the body as a file instead of displaying it.</summary>
    public bool IsAttachment { get; private init; }

    public static ResponseType Get(OutputFormat format) => Tables[(int)format];
}
