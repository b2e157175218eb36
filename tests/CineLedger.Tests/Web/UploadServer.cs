using CineLedger.Sources;
using CineLedger.Storage.Keys;
using CineLedger.Tests.Support;
using CineLedger.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CineLedger.Tests.Web;

/// <summary>A server for administrators, with a clock that tests advance and a folder of its own for uploads.</summary>
internal sealed class UploadServer : InProcessServer
{
    private SourceOptions? _sources;

    protected override bool IsAdministratorClient => true;

    protected override WebOptions Options => base.Options with { SourceFolder = Folder, Sources = Sources, CorsOrigins = ["https://listed.example"] };

    public SourceOptions Sources
    {
        get => _sources ??= SourceOptions.Default with { TemporaryFolder = UploadFolder };
        set => _sources = value;
    }

    public string UploadFolder => Directory.CreateDirectory(Path.Combine(Folder, "uploads")).FullName;

    public string[] TemporaryFiles => Directory.GetFiles(UploadFolder);

    public void Write(string name, MovieRow[] movies) => File.WriteAllText(Path.Combine(Folder, name), MovieFile.Text(movies));

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.UtcNow);

    /// <summary>Creates a key, and advances the clock until the server knows it.</summary>
    public async Task<string> CreateAppliedKeyAsync(KeyScopes scopes)
    {
        var (_, text) = await CreateKeyAsync(scopes);
        Time.Advance(TimeSpan.FromSeconds(3));
        return text;
    }

    public HttpClient CreateLocalClient() => CreateClient();

    protected override void Configure(WebApplicationBuilder builder) => builder.Services.AddSingleton<TimeProvider>(Time);
}
