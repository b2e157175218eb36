using CineLedger.Loading;
using CineLedger.Sources;

namespace CineLedger.Web.Loads;

/// <summary>Reports progress immediately and in order, unlike <see cref="Progress{T}"/>.</summary>
internal sealed class LoadProgressReporter(Action<LoadProgressView> report) : IProgress<LoadProgress>, IProgress<SourceProgress>
{
    public void Report(LoadProgress value) => report(new("loading", value.File, value.Records, value.BytesRead, value.BytesTotal));

    public void Report(SourceProgress value) => report(new("fetching", null, 0, value.Bytes, value.Total));
}
